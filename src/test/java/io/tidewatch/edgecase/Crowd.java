package io.tidewatch.edgecase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.MovedClock;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Incident;
import io.tidewatch.observe.Dump;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many targets of one schedule, as values: what is written to them, and how far KEDA has come. Baseline 1, and 2 in the window. */
final class Crowd {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final MovedClock clock;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Instance tidewatch;

    Crowd(int size, Instant begins) {
        clock = new MovedClock(begins);
        IntStream.rangeClosed(1, size)
                .mapToObj("t%04d"::formatted)
                .forEach(name -> members.put(name, new Member(name, begins)));
        tidewatch = new Instance(
                clock,
                () -> new Dump(
                                members.values().stream()
                                        .flatMap(member -> member.objects().stream())
                                        .toList(),
                                List.of(),
                                Set.of("Event", "Deployment", "Lease", "ResourceQuota", "LimitRange"))
                        .read(clock.instant()),
                this::write,
                false,
                Map.of());
        tidewatch.read(Instance.commit("3f2c1ab", files(), begins));
    }

    void leapTo(Instant then) {
        clock.moveTo(then);
    }

    void pass() {
        tidewatch.pass();
    }

    /** @return how many were written in each pass; passes follow one another while anything is left to write */
    List<Integer> passUntilAllAreWritten() {
        List<Integer> written = new ArrayList<>();
        do {
            written.add(tidewatch.pass().outcomes().size());
        } while (written.get(written.size() - 1) > 0);
        return written;
    }

    /** The first few of those that were written have their HPA's minimum and their pods. */
    void kedaFollowsUpTo(int many) {
        members.values().stream()
                .filter(member -> member.writes > 0)
                .limit(many)
                .filter(member -> member.pods != member.minimum)
                .forEach(member -> member.follow(clock.instant()));
    }

    Set<Integer> writesOfEach() {
        return members.values().stream().map(member -> member.writes).collect(Collectors.toSet());
    }

    List<Incident> opened() {
        return tidewatch.opened();
    }

    Set<State> states() {
        return members.keySet().stream()
                .map(name -> tidewatch.diagnosis(new Target("shop", name)).state())
                .collect(Collectors.toSet());
    }

    private Outcome write(Action action) {
        Action.SetMinReplicas set = (Action.SetMinReplicas) action;
        Member member = members.get(set.target().name());
        member.write(set, clock.instant());
        return new Outcome.Done(action, clock.instant(), Integer.toString(member.version));
    }

    private Map<String, String> files() {
        String scaledObjects =
                members.keySet().stream().map(name -> """
                        apiVersion: keda.sh/v1alpha1
                        kind: ScaledObject
                        metadata: {name: %1$s, namespace: shop, labels: {tier: web}}
                        spec:
                          scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: %1$s}
                          minReplicaCount: 1
                          maxReplicaCount: 20
                          triggers: [{type: metrics-api, metadata: {url: "http://x/", valueLocation: j, targetValue: "1"}}]
                        """.formatted(name)).collect(Collectors.joining("---\n"));
        return new TreeMap<>(Map.of("scaledobjects.yaml", scaledObjects, "schedule.yaml", """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: crowd, namespace: shop}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: Asia/Seoul
                  windows: [{name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 2}]
                  preflight: 0s
                """));
    }

    /** One target with its chain of objects, which are made anew where they change. */
    private static final class Member {

        private final String name;
        private final List<Map<String, Object>> chain = new ArrayList<>();
        private Map<String, Object> scaledObject = Map.of();
        private int minimum = 1;
        private int pods;
        private int writes;
        private int version = 1;

        Member(String name, Instant at) {
            this.name = name;
            this.scaledObject = scaledObject(Map.of());
            follow(at);
        }

        List<Map<String, Object>> objects() {
            List<Map<String, Object>> objects = new ArrayList<>(chain);
            objects.add(scaledObject);
            return objects;
        }

        void write(Action.SetMinReplicas set, Instant at) {
            writes++;
            version++;
            minimum = set.to();
            Map<?, ?> metadata = (Map<?, ?>) set.body().get("metadata");
            Map<String, Object> annotations = new LinkedHashMap<>();
            ((Map<?, ?>) metadata.get("annotations"))
                    .forEach((key, value) -> annotations.put(String.valueOf(key), value));
            annotations.replace("tidewatch.io/applied-at", at.toString());
            scaledObject = scaledObject(annotations);
        }

        void follow(Instant at) {
            pods = minimum;
            chain.clear();
            chain.add(read(HPA, at));
            chain.add(read(ROLLOUT, at));
            chain.add(read(REPLICA_SET, at));
            IntStream.rangeClosed(1, pods).forEach(pod -> chain.add(read(POD.replace("%pod%", "" + pod), at)));
        }

        private Map<String, Object> scaledObject(Map<String, Object> annotations) {
            Map<String, Object> object = read(SCALED_OBJECT, Instant.EPOCH);
            Map<String, Object> metadata = new LinkedHashMap<>();
            ((Map<?, ?>) object.get("metadata")).forEach((key, value) -> metadata.put(String.valueOf(key), value));
            metadata.put("annotations", annotations);
            object.put("metadata", metadata);
            return object;
        }

        private Map<String, Object> read(String text, Instant at) {
            try {
                return JSON.readValue(
                        text.replace('\'', '"')
                                .replace("%name%", name)
                                .replace("%min%", Integer.toString(minimum))
                                .replace("%version%", Integer.toString(version))
                                .replace("%at%", at.toString()),
                        OBJECT);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final String SCALED_OBJECT = """
            {'apiVersion': 'keda.sh/v1alpha1', 'kind': 'ScaledObject',
             'metadata': {'name': '%name%', 'namespace': 'shop', 'uid': 'so-%name%', 'resourceVersion': '%version%',
              'generation': %version%, 'labels': {'tier': 'web'}},
             'spec': {'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '%name%'},
              'minReplicaCount': %min%, 'maxReplicaCount': 20, 'triggers': [{'type': 'metrics-api', 'metadata': {}}]},
             'status': {'hpaName': 'keda-hpa-%name%', 'conditions': [
              {'type': 'Ready', 'status': 'True', 'reason': 'ScaledObjectReady'},
              {'type': 'Active', 'status': 'True', 'reason': 'ScalerActive'}]}}""";

    private static final String HPA = """
            {'apiVersion': 'autoscaling/v2', 'kind': 'HorizontalPodAutoscaler',
             'metadata': {'name': 'keda-hpa-%name%', 'namespace': 'shop', 'uid': 'hpa-%name%'},
             'spec': {'minReplicas': %min%, 'maxReplicas': 20,
              'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '%name%'}},
             'status': {'currentReplicas': %min%, 'desiredReplicas': %min%, 'lastScaleTime': '%at%', 'conditions': [
              {'type': 'AbleToScale', 'status': 'True', 'reason': 'ReadyForNewScale'},
              {'type': 'ScalingActive', 'status': 'True', 'reason': 'ValidMetricFound'},
              {'type': 'ScalingLimited', 'status': 'True', 'reason': 'TooFewReplicas'}]}}""";

    private static final String ROLLOUT = """
            {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout',
             'metadata': {'name': '%name%', 'namespace': 'shop', 'uid': 'ro-%name%', 'generation': 1},
             'spec': {'replicas': %min%, 'selector': {'matchLabels': {'app': '%name%'}}, 'strategy': {'canary': {}},
              'template': {'metadata': {'labels': {'app': '%name%'}},
               'spec': {'containers': [{'name': 'app', 'image': 'app:1'}]}}},
             'status': {'observedGeneration': '1', 'phase': 'Healthy', 'currentPodHash': 'abc', 'stableRS': 'abc',
              'HPAReplicas': %min%, 'replicas': %min%, 'updatedReplicas': %min%, 'readyReplicas': %min%,
              'availableReplicas': %min%, 'selector': 'app=%name%', 'blueGreen': {}, 'canary': {}}}""";

    private static final String REPLICA_SET = """
            {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet',
             'metadata': {'name': '%name%-abc', 'namespace': 'shop', 'uid': 'rs-%name%', 'generation': 1,
              'ownerReferences': [{'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '%name%',
               'uid': 'ro-%name%', 'controller': true}],
              'labels': {'app': '%name%', 'rollouts-pod-template-hash': 'abc'},
              'annotations': {'rollout.argoproj.io/desired-replicas': '%min%'}},
             'spec': {'replicas': %min%, 'selector': {'matchLabels': {'app': '%name%'}}},
             'status': {'observedGeneration': 1, 'replicas': %min%, 'readyReplicas': %min%,
              'availableReplicas': %min%}}""";

    private static final String POD = """
            {'apiVersion': 'v1', 'kind': 'Pod',
             'metadata': {'name': '%name%-abc-%pod%', 'namespace': 'shop', 'uid': 'pod-%name%-%pod%',
              'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'name': '%name%-abc',
               'uid': 'rs-%name%', 'controller': true}],
              'labels': {'app': '%name%', 'rollouts-pod-template-hash': 'abc'}},
             'spec': {'nodeName': 'n1', 'containers': [{'name': 'app', 'image': 'app:1'}]},
             'status': {'phase': 'Running', 'conditions': [{'type': 'PodScheduled', 'status': 'True'},
              {'type': 'Ready', 'status': 'True', 'lastTransitionTime': '%at%'}]}}""";
}
