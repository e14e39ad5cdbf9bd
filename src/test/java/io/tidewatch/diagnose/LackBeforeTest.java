package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.ownership.BeforeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lacked before a step is never put down to the step, and what lacks since the step always is. */
class LackBeforeTest {

    private static final String LATE = "2026-11-23T17:31:28Z";
    private static final int STORIES = Integer.getInteger("tidewatch.before.stories", 400);
    private static final Instant START = Instant.parse("2026-11-23T16:00:00Z");
    private static final Instant STEP = Instant.parse("2026-11-23T17:00:00Z");
    private static final Instant THEN = Instant.parse("2026-11-23T17:20:00Z");

    /** Of eight pods two find no node since 17:15:43. */
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                                | 8..20 | 17:15:42 | -
        AvailabilityLag Unschedulable, 2 of 6 missing    | 8..20 | 17:15:40 | this was already so before the step at 17:15:40 UTC
        AvailabilityLag Unschedulable, 3 of 6 missing    | 8..20 | 17:15:40 | this was already so before the step at 17:15:40 UTC
        Waiting Unschedulable, 1 of 6 missing            | 8..20 | 17:15:40 | 1 of the 2 missing pods was missing already before the step at 17:15:40 UTC
        AvailabilityLag ImagePull, 2 of 6 missing        | 8..20 | 17:15:40 | -
        Waiting, 2 of 6 missing                          | 8..20 | 17:15:40 | -
        Waiting, 2 of 8 missing                          | 8..20 | 17:20:00 | this was already so before the step at 17:20:00 UTC
        AvailabilityLag ImagePull, 2 of 8 missing        | 8..20 | 17:20:00 | this was already so before the step at 17:20:00 UTC
        AvailabilityLag ImagePull, 1 of 8 missing        | 8..20 | 17:20:00 | 1 of the 2 missing pods was missing already before the step at 17:20:00 UTC
        AvailabilityLag Unschedulable, 2 of 6 missing    | 8..20 | 17:00:00 | -
        AvailabilityLag Unschedulable, 2 of 6 missing    | 7..20 | 17:15:40 | -
        two of six pods                                  | 8..20 | 17:15:40 | -
        """)
    void whatTheAnnotationAndThePodsProve(String before, String applied, String at, String sentence) {
        CaseDump dump = CaseDump.of("unschedulable")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", applied)
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied-at]", "2026-11-23T" + at + "Z")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/before]", before);

        Diagnosis diagnosis = dump.ask("x-unschedulable", "checkout", 8, LATE);

        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        if (sentence == null) {
            assertThat(diagnosis.notes()).doesNotContain(Note.LACKED_BEFORE_STEP);
            assertThat(diagnosis.summary()).doesNotContain("before the step");
        } else {
            assertThat(diagnosis.notes()).contains(Note.LACKED_BEFORE_STEP);
            assertThat(diagnosis.summary()).endsWith("; " + sentence);
            assertThat(diagnosis.evidence())
                    .anySatisfy(
                            shown -> assertThat(shown.field()).isEqualTo("metadata.annotations[tidewatch.io/before]"));
        }
    }

    /** An annotation that somebody restored from saved YAML proves nothing. */
    @Test
    void theAnnotationOfAnotherManagerDoesNotCount() {
        Map<String, Object> annotations = new HashMap<>();
        List.of("applied", "applied-at", "before").forEach(key -> annotations.put("f:tidewatch.io/" + key, Map.of()));
        CaseDump dump = CaseDump.of("unschedulable")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", "8..20")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied-at]", "2026-11-23T17:15:40Z")
                .set(
                        "ScaledObject",
                        "metadata.annotations[tidewatch.io/before]",
                        "Waiting Unschedulable, 2 of 6 missing")
                .set(
                        "ScaledObject",
                        "metadata.managedFields",
                        List.of(Map.of(
                                "manager",
                                "velero",
                                "operation",
                                "Update",
                                "fieldsV1",
                                Map.of("f:metadata", Map.of("f:annotations", annotations)))));

        assertThat(dump.ask("x-unschedulable", "checkout", 8, LATE).notes()).doesNotContain(Note.LACKED_BEFORE_STEP);
    }

    /**
     * Random nights: pods that lack before the step, some of which recover, pods of the step that lack, and pods that fail later. What is
     * remembered is what {@link BeforeRecord} makes of the diagnosis before the step.
     */
    @Test
    void aLackFromBeforeTheStepIsNeverPutDownToItAndALackOfTheStepAlwaysIs() {
        Random random = new Random(20261130);
        int whole = 0;
        int none = 0;
        for (int i = 0; i < STORIES; i++) {
            int replicas = 2 + random.nextInt(5);
            int more = 1 + random.nextInt(3);
            List<Pod> before = new ArrayList<>();
            for (int pod = 0; pod < replicas; pod++) {
                before.add(Pod.random(random, pod, START));
            }
            List<Pod> after = new ArrayList<>();
            before.forEach(pod -> after.add(pod.lacks() && random.nextInt(3) == 0 ? pod.recovered() : pod));
            for (int pod = replicas; pod < replicas + more; pod++) {
                after.add(Pod.random(random, pod, STEP.plusSeconds(20)));
            }
            Diagnosis then = dump(before, replicas).ask("x-unschedulable", "checkout", replicas, STEP.toString());
            long lackedBefore = before.stream().filter(Pod::lacks).count();
            Optional<BeforeRecord> record = record(then, replicas);
            assertThat(record.isPresent()).as("%s", before).isEqualTo(lackedBefore > 0);

            CaseDump dump = dump(after, replicas + more)
                    .set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", (replicas + more) + "..50")
                    .set("ScaledObject", "metadata.annotations[tidewatch.io/applied-at]", STEP.toString())
                    .set(
                            "ScaledObject",
                            "metadata.annotations[tidewatch.io/before]",
                            record.map(BeforeRecord::text).orElse(null));
            Diagnosis now = dump.ask("x-unschedulable", "checkout", replicas + more, THEN.toString());
            String story = before + " → " + after + ": " + now.summary();
            long missing = after.stream().filter(Pod::lacks).count();
            long stillLacking = after.stream()
                    .filter(pod -> pod.lacks() && pod.since().isBefore(STEP))
                    .count();
            boolean isNoted = now.notes().contains(Note.LACKED_BEFORE_STEP);

            if (missing > 0 && missing == stillLacking) {
                assertThat(now.summary()).as(story).contains("; this was already so before the step");
                whole++;
            }
            if (stillLacking > 0) {
                assertThat(isNoted).as(story).isTrue();
            }
            if (missing > lackedBefore) {
                assertThat(now.summary()).as(story).doesNotContain("this was already so");
            }
            boolean isNewCause = record.flatMap(BeforeRecord::cause)
                    .filter(now.causes()::contains)
                    .isEmpty();
            if (lackedBefore == 0 || (stillLacking == 0 && isNewCause)) {
                assertThat(isNoted).as(story).isFalse();
                none++;
            }
        }
        assertThat(whole).isGreaterThan(STORIES / 20);
        assertThat(none).isGreaterThan(STORIES / 20);
    }

    private static Optional<BeforeRecord> record(Diagnosis then, int replicas) {
        int available = then.live().orElseThrow().availableReplicas();
        return available < replicas
                ? Optional.of(new BeforeRecord(then.state(), then.cause(), replicas - available, replicas))
                : Optional.empty();
    }

    /** @param trouble "" where it serves */
    private record Pod(int number, Instant since, String trouble) {

        static Pod random(Random random, int number, Instant since) {
            int kind = random.nextInt(5);
            return new Pod(number, since, kind == 0 ? "Unschedulable" : kind == 1 ? "ImagePull" : "");
        }

        boolean lacks() {
            return !trouble.isEmpty();
        }

        Pod recovered() {
            return new Pod(number, STEP.plusSeconds(10), "");
        }

        Map<String, Object> object() {
            String at = since.toString();
            Map<String, Object> status = new HashMap<>();
            Map<String, Object> spec = new HashMap<>();
            if (trouble.equals("Unschedulable")) {
                status.put("phase", "Pending");
                status.put(
                        "conditions",
                        List.of(Map.of(
                                "type", "PodScheduled",
                                "status", "False",
                                "reason", "Unschedulable",
                                "message", "0/1 nodes are available: 1 Insufficient cpu.",
                                "lastTransitionTime", at)));
            } else {
                boolean ready = trouble.isEmpty();
                spec.put("nodeName", "n1");
                status.put("phase", ready ? "Running" : "Pending");
                status.put(
                        "conditions",
                        List.of(
                                Map.of("type", "PodScheduled", "status", "True", "lastTransitionTime", at),
                                Map.of("type", "Ready", "status", ready ? "True" : "False", "lastTransitionTime", at)));
                status.put(
                        "containerStatuses",
                        List.of(Map.of(
                                "name",
                                "c",
                                "image",
                                "app:1",
                                "ready",
                                ready,
                                "restartCount",
                                0,
                                "state",
                                ready
                                        ? Map.of("running", Map.of("startedAt", at))
                                        : Map.of(
                                                "waiting",
                                                Map.of("reason", "ImagePullBackOff", "message", "no such image")))));
            }
            Map<String, Object> meta = new HashMap<>();
            meta.put("namespace", "x-unschedulable");
            meta.put("name", "checkout-76bd97b56f-" + number);
            meta.put("uid", "pod-" + number);
            meta.put(
                    "creationTimestamp",
                    (number < 100 && since.isAfter(STEP.plusSeconds(15)) ? since : START).toString());
            meta.put("labels", Map.of("rollouts-pod-template-hash", "76bd97b56f"));
            meta.put(
                    "ownerReferences",
                    List.of(Map.of(
                            "kind", "ReplicaSet",
                            "name", "checkout-76bd97b56f",
                            "uid", "b86dc0b9-e1eb-4620-b50e-a1d27ccabb40",
                            "controller", true)));
            Map<String, Object> pod = new HashMap<>();
            pod.put("apiVersion", "v1");
            pod.put("kind", "Pod");
            pod.put("metadata", meta);
            pod.put("spec", spec);
            pod.put("status", status);
            return pod;
        }
    }

    /** The chain with these pods, whose minimum and replicas are what is asked for. */
    private static CaseDump dump(List<Pod> pods, int replicas) {
        int available = (int) pods.stream().filter(pod -> !pod.lacks()).count();
        CaseDump dump = CaseDump.of("unschedulable")
                .without("Pod")
                .without("Event")
                .set("ScaledObject", "spec.minReplicaCount", replicas)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", replicas)
                .set("HorizontalPodAutoscaler", "status.desiredReplicas", replicas)
                .set("HorizontalPodAutoscaler", "status.currentReplicas", replicas)
                .set(
                        "HorizontalPodAutoscaler",
                        "status.lastScaleTime",
                        STEP.plusSeconds(15).toString())
                .set("Rollout", "spec.replicas", replicas)
                .set("Rollout", "status.replicas", replicas)
                .set("Rollout", "status.HPAReplicas", replicas)
                .set("Rollout", "status.updatedReplicas", replicas)
                .set("Rollout", "status.readyReplicas", available)
                .set("Rollout", "status.availableReplicas", available)
                .set("ReplicaSet", "spec.replicas", replicas)
                .set("ReplicaSet", "metadata.annotations[rollout.argoproj.io/desired-replicas]", "" + replicas)
                .set("ReplicaSet", "status.replicas", replicas)
                .set("ReplicaSet", "status.readyReplicas", available)
                .set("ReplicaSet", "status.availableReplicas", available);
        pods.forEach(pod -> dump.objects.add(pod.object()));
        return dump;
    }
}
