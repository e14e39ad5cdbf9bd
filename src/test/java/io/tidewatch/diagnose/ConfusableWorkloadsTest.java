package io.tidewatch.diagnose;

import static io.tidewatch.diagnose.CaseDump.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dumps of real Deployments, StatefulSets and HPAs in pairs that differ in one fact, and so in the answer. */
class ConfusableWorkloadsTest {

    /**
     * @param dump a golden case of {@code namespace/checkout}
     * @param first the answer to the dump as it is: state, hop, causes, notes
     * @param change the one fact
     * @param second the answer after it
     */
    private record Pair(
            String name,
            String dump,
            String namespace,
            int desired,
            String at,
            String first,
            UnaryOperator<CaseDump> change,
            String second) {

        void check() {
            assertThat(answer(CaseDump.of(dump))).as("the dump as it is").isEqualTo(first);
            assertThat(answer(change.apply(CaseDump.of(dump)))).as(name).isEqualTo(second);
            assertThat(second).isNotEqualTo(first);
        }

        private String answer(CaseDump asked) {
            Diagnosis diagnosis = asked.ask(namespace, "checkout", desired, at);
            return diagnosis.state().word()
                    + diagnosis.hop().map(Hop::word).map(hop -> " at " + hop).orElse("")
                    + words(" ", diagnosis.causes().stream().map(Cause::word).toList())
                    + words(
                            " noting ",
                            diagnosis.notes().stream().map(Note::word).toList());
        }

        private static String words(String before, List<String> words) {
            return words.isEmpty() ? "" : before + String.join(", ", words);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPairIsToldApart() {
        return Stream.of(updates(), ordinals(), controllers(), numbers())
                .flatMap(List::stream)
                .map(pair -> DynamicTest.dynamicTest(pair.name(), pair::check));
    }

    private static List<Pair> updates() {
        return List.of(
                new Pair(
                        "a paused update / one that goes on",
                        "deployment-paused-mid-update",
                        "v-deployment-paused-mid",
                        8,
                        "2026-11-30T05:57:48Z",
                        "ConvergedPaused",
                        dump -> dump.setWhere("Deployment", named("checkout"), "spec.paused", false),
                        "ConvergedUpdating"),
                new Pair(
                        "pods that an update may take down / more than that",
                        "deployment-paused-mid-update",
                        "v-deployment-paused-mid",
                        8,
                        "2026-11-30T05:57:48Z",
                        "ConvergedPaused",
                        dump -> dump.setWhere(
                                "ReplicaSet", named("checkout-77bbb99dcd"), "status.availableReplicas", 1),
                        "Waiting at Pod"),
                new Pair(
                        "an update whose pods do not come / a controller that has not seen it",
                        "deployment-rolling-up",
                        "v-deployment-rolling",
                        8,
                        "2026-11-30T05:56:58Z",
                        "Waiting at Pod NotReady",
                        dump -> dump.setWhere("Deployment", named("checkout"), "status.observedGeneration", 2),
                        "Waiting at Deployment NotReady, WorkloadControllerNotFollowing"),
                new Pair(
                        "a broken revision / a revision that was undone",
                        "deployment-broken-update",
                        "w-deployment-broken",
                        8,
                        "2026-11-28T20:08:46Z",
                        "AvailabilityLag at Pod ImagePull noting BrokenRevisionTakesCapacity",
                        dump -> dump.setWhere(
                                "Deployment",
                                named("checkout"),
                                "metadata.annotations[deployment.kubernetes.io/revision]",
                                "1"),
                        "AvailabilityLag at Pod ImagePull"),
                new Pair(
                        "two revisions on purpose / an update in flight",
                        "statefulset-partition",
                        "w-sts-partition",
                        7,
                        "2026-11-28T19:54:54Z",
                        "Converged",
                        dump -> dump.set("StatefulSet", "spec.updateStrategy.rollingUpdate.partition", 0),
                        "ConvergedUpdating"),
                new Pair(
                        "pods that wait for a person / an update in flight",
                        "statefulset-on-delete",
                        "v-statefulset-on-delete",
                        7,
                        "2026-11-30T05:58:41Z",
                        "Converged",
                        dump -> dump.set("StatefulSet", "spec.updateStrategy.type", "RollingUpdate"),
                        "ConvergedUpdating"));
    }

    private static List<Pair> ordinals() {
        return List.of(
                new Pair(
                        "a stuck ordinal / a slow start",
                        "statefulset-stuck-ordinal",
                        "w-sts-stuck",
                        8,
                        "2026-11-28T20:09:22Z",
                        "AvailabilityLag at Pod NotReady, OrdinalBlocked",
                        dump -> young(dump, "checkout-5", "2026-11-28T20:08:00Z"),
                        "Waiting at Pod NotReady, OrdinalBlocked"),
                new Pair(
                        "an ordinal that holds others / pods that wait for nobody",
                        "statefulset-stuck-ordinal",
                        "w-sts-stuck",
                        8,
                        "2026-11-28T20:09:22Z",
                        "AvailabilityLag at Pod NotReady, OrdinalBlocked",
                        dump -> dump.set("StatefulSet", "spec.podManagementPolicy", "Parallel"),
                        "AvailabilityLag at Pod NotReady"),
                new Pair(
                        "a stuck ordinal / a controller that makes no pod",
                        "statefulset-stuck-ordinal",
                        "w-sts-stuck",
                        8,
                        "2026-11-28T20:09:22Z",
                        "AvailabilityLag at Pod NotReady, OrdinalBlocked",
                        dump -> ready(dump, "checkout-5"),
                        "AvailabilityLag at StatefulSet WorkloadControllerNotFollowing"),
                new Pair(
                        "pods above the last ordinal that stay / that go",
                        "statefulset-down-held",
                        "v-statefulset-down-stuck-2",
                        5,
                        "2026-11-30T06:20:02Z",
                        "AvailabilityLag at StatefulSet CrashLoop",
                        dump -> dump.setWhere(
                                "Pod",
                                object -> named("checkout-5")
                                        .or(named("checkout-6"))
                                        .test(object),
                                "metadata.deletionTimestamp",
                                "2026-11-30T06:05:00Z"),
                        "AvailabilityLag at Pod CrashLoop"));
    }

    private static List<Pair> controllers() {
        return List.of(
                new Pair(
                        "a paused Deployment / a controller that has not seen it",
                        "deployment-paused-commit",
                        "v-deployment-paused-commit",
                        8,
                        "2026-11-30T05:56:56Z",
                        "ConvergedPaused",
                        dump -> dump.setWhere("Deployment", named("checkout"), "status.observedGeneration", 1),
                        "Waiting at Deployment WorkloadControllerNotFollowing"),
                new Pair(
                        "a quota / a number that the controller has not passed on",
                        "deployment-quota",
                        "v-deployment-quota",
                        8,
                        "2026-11-30T06:11:35Z",
                        "AvailabilityLag at ReplicaSet QuotaExceeded",
                        dump -> dump.set(
                                "ReplicaSet", "metadata.annotations[deployment.kubernetes.io/desired-replicas]", "6"),
                        "AvailabilityLag at Deployment QuotaExceeded, WorkloadControllerNotFollowing"),
                new Pair(
                        "a quota / an admission webhook",
                        "deployment-quota",
                        "v-deployment-quota",
                        8,
                        "2026-11-30T06:11:35Z",
                        "AvailabilityLag at ReplicaSet QuotaExceeded",
                        dump -> dump.condition(
                                "ReplicaSet",
                                "ReplicaFailure",
                                "True",
                                "FailedCreate",
                                "admission webhook \"guard\" denied the request: image is not signed",
                                "2026-11-30T05:56:14Z"),
                        "AvailabilityLag at ReplicaSet AdmissionDenied"),
                new Pair(
                        "a quota / a quota that is over",
                        "deployment-quota",
                        "v-deployment-quota",
                        8,
                        "2026-11-30T06:11:35Z",
                        "AvailabilityLag at ReplicaSet QuotaExceeded",
                        dump -> dump.condition("ReplicaSet", "ReplicaFailure", "False", "", "", "2026-11-30T05:56:14Z"),
                        "AvailabilityLag at ReplicaSet"));
    }

    private static List<Pair> numbers() {
        return List.of(
                new Pair(
                        "a claim that is not bound / a node that is full",
                        "statefulset-claim-pending",
                        "v-statefulset-claim",
                        5,
                        "2026-11-30T06:14:05Z",
                        "AvailabilityLag at Pod VolumePending, OrdinalBlocked",
                        dump -> unscheduled(dump, "checkout-3", "0/3 nodes are available: 3 Insufficient cpu."),
                        "AvailabilityLag at Pod Unschedulable, OrdinalBlocked"),
                new Pair(
                        "pods that are too young to count / pods that count",
                        "deployment-min-ready",
                        "v-deployment-min-ready-2",
                        8,
                        "2026-11-30T06:04:39Z",
                        "Waiting at Pod",
                        dump -> dump.set("ReplicaSet", "status.availableReplicas", 8),
                        "Converged"),
                new Pair(
                        "metrics that fail / load",
                        "hpa-alone-down",
                        "v-hpa-lowered",
                        5,
                        "2026-11-30T06:00:47Z",
                        "Converged noting MetricsFailingHoldReplicas",
                        dump -> dump.condition(
                                "HorizontalPodAutoscaler",
                                "ScalingActive",
                                "True",
                                "ValidMetricFound",
                                "",
                                "2026-11-30T06:00:18Z"),
                        "Converged noting LoadHoldsReplicas"),
                new Pair(
                        "a widget that made all / all but one",
                        "widget-up",
                        "v-widget",
                        8,
                        "2026-11-30T06:01:06Z",
                        "Converged noting PodsNotFollowed",
                        dump -> dump.set("Widget", "status.replicas", 7),
                        "Waiting at Pod noting PodsNotFollowed"));
    }

    private static CaseDump young(CaseDump dump, String pod, String since) {
        return readiness(dump.setWhere("Pod", named(pod), "metadata.creationTimestamp", since), pod, "False", since);
    }

    private static CaseDump ready(CaseDump dump, String pod) {
        return readiness(dump, pod, "True", "2026-11-28T19:53:30Z");
    }

    private static CaseDump unscheduled(CaseDump dump, String pod, String message) {
        return dump.setWhere(
                "Pod",
                named(pod),
                "status.conditions",
                List.of(Map.of(
                        "type", "PodScheduled",
                        "status", "False",
                        "reason", "Unschedulable",
                        "message", message,
                        "lastTransitionTime", "2026-11-30T05:58:36Z")));
    }

    private static CaseDump readiness(CaseDump dump, String pod, String status, String since) {
        return dump.setWhere(
                "Pod",
                named(pod),
                "status.conditions",
                List.of(Map.of(
                        "type",
                        "Ready",
                        "status",
                        status,
                        "reason",
                        "ContainersNotReady",
                        "lastTransitionTime",
                        since)));
    }
}
