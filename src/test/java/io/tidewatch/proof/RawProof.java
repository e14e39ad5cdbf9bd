package io.tidewatch.proof;

import static io.tidewatch.proof.Raw.at;
import static io.tidewatch.proof.Raw.count;
import static io.tidewatch.proof.Raw.isTrue;
import static io.tidewatch.proof.Raw.text;
import static io.tidewatch.proof.RawChain.available;
import static io.tidewatch.proof.RawChain.has;
import static io.tidewatch.proof.RawChain.ready;
import static io.tidewatch.proof.RawChain.spec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Which pieces of the evidence that docs/diagnosis.md demands for a state the raw objects do not show; empty when all
 * of it is there. For Converged and its kin, and for StaleStatus.
 */
public final class RawProof {
    private static final int GRACE_SECONDS = 30;

    private final RawChain chain;
    private final double wanted;
    private final List<String> lacks = new ArrayList<>();

    private RawProof(List<Map<String, Object>> objects, String namespace, String name, int wanted) {
        this.chain = new RawChain(objects, namespace, name);
        this.wanted = wanted;
    }

    /**
     * @param state the word that was answered
     * @param now when it was asked
     */
    public static List<String> lacking(
            List<Map<String, Object>> objects, String namespace, String name, int wanted, String state, Instant now) {
        RawProof proof = new RawProof(objects, namespace, name, wanted);
        proof.check(state, now);
        return proof.lacks;
    }

    private void check(String state, Instant now) {
        boolean isFollowed = RawChain.FOLLOWED.contains(chain.kind);
        if (isFollowed ? chain.workload.isEmpty() : chain.hpa.isEmpty()) {
            lacks.add("no " + chain.kind);
            return;
        }
        autoscaler();
        if (chain.rollout.isEmpty()) {
            lacks.addAll(new RawWorkloadProof(chain).lacking(state, now));
            return;
        }
        observed();
        replicaSets();
        if (chain.isPromoted()) {
            promoted(now);
        } else {
            updating();
        }
        pods();
        boolean agree = countersAgree();
        if (state.equals("StaleStatus")) {
            need(!agree, "the counters agree");
            time(now);
        } else {
            need(agree, "the counters disagree");
            flavour(state);
        }
    }

    private void need(boolean holds, String what) {
        if (!holds) {
            lacks.add(what);
        }
    }

    private void autoscaler() {
        double replicas = chain.replicas();
        double floor = wanted;
        if (chain.scaledObject.isPresent()) {
            Object found = chain.scaledObject.get();
            double min = count(0, found, "spec", "minReplicaCount");
            need(min >= wanted, "minReplicaCount " + min);
            floor = min;
            need(chain.hpa.isPresent(), "no HPA");
            Object annotations = at(found, "metadata", "annotations");
            need(at(annotations, "autoscaling.keda.sh/paused-replicas") == null, "paused-replicas");
            need(
                    at(annotations, "autoscaling.keda.sh/paused") == null
                            || text(annotations, "autoscaling.keda.sh/paused").matches("0|f|F|false|False|FALSE"),
                    "paused");
        }
        if (chain.hpa.isPresent()) {
            double min = count(Double.NaN, chain.hpa.get(), "spec", "minReplicas");
            double due = chain.scaledObject.isEmpty() && min == 0 ? floor : Math.max(1, floor);
            need(chain.scaledObject.isPresent() ? min == due : min >= due, "HPA minimum " + min);
            need(
                    replicas == 0 || count(0, chain.hpa.get(), "status", "desiredReplicas") == replicas,
                    "HPA wants another number");
        }
        need(replicas >= floor, "spec.replicas " + replicas);
    }

    private void observed() {
        Object rollout = chain.rollout.orElseThrow();
        need(
                isObserved(text(chain.status(), "observedGeneration"), at(rollout, "metadata", "generation")),
                "generation");
        need(
                !isTrue(chain.status(), "controllerPause")
                        || !Raw.list(chain.status(), "pauseConditions").isEmpty(),
                "unpausing");
        need(!Raw.says(rollout, "InvalidSpec", "True"), "InvalidSpec");
    }

    private static boolean isObserved(String observed, Object generation) {
        if (observed.isEmpty()
                || (generation != null && !(generation instanceof Integer || generation instanceof Long))) {
            return !observed.isEmpty();
        }
        long asked = generation == null ? 0 : ((Number) generation).longValue();
        return !observed.matches("-?\\d{1,18}") || Long.parseLong(observed) >= asked;
    }

    private void replicaSets() {
        need(chain.replicas() == 0 || !chain.sets().isEmpty(), "no ReplicaSet");
        for (Object set : chain.sets()) {
            double generation = Raw.generation(set, "metadata", "generation");
            double seen = Raw.generation(set, "status", "observedGeneration");
            need(seen >= generation || Double.isNaN(generation), "a ReplicaSet that is not observed");
        }
        Stream.of("currentPodHash", "stableRS")
                .map(field -> text(chain.status(), field))
                .flatMap(hash -> chain.set(hash).stream())
                .filter(set -> spec(set) != 0)
                .forEach(set -> need(told(set) == chain.replicas() || isPreviewLeftBehind(set), "desired-replicas"));
    }

    private static double told(Object set) {
        return Raw.countIn(text(set, "metadata", "annotations", "rollout.argoproj.io/desired-replicas"));
    }

    /** The active ReplicaSet of a blue-green update was given the number, and the preview keeps another (argo-rollouts#4200). */
    private boolean isPreviewLeftBehind(Object set) {
        String active = text(chain.status(), "blueGreen", "activeSelector");
        return chain.isBlueGreen()
                && !chain.isPromoted()
                && !isTrue(chain.status(), "abort")
                && RawChain.hash(set).equals(text(chain.status(), "currentPodHash"))
                && !active.equals(RawChain.hash(set))
                && !Double.isNaN(told(set))
                && chain.set(active)
                        .filter(serving -> told(serving) == chain.replicas())
                        .isPresent();
    }

    private void promoted(Instant now) {
        String current = text(chain.status(), "currentPodHash");
        double replicas = chain.replicas();
        Optional<Object> set = chain.set(current);
        need(set.isPresent() || replicas == 0, "no current ReplicaSet");
        set.ifPresent(found -> need(
                spec(found) == replicas && has(found) == replicas && available(found) == replicas,
                "the current ReplicaSet has " + available(found)));
        if (chain.isBlueGreen()) {
            need(text(chain.status(), "blueGreen", "activeSelector").equals(current), "active service");
            boolean preview = !text(chain.rollout.orElseThrow(), "spec", "strategy", "blueGreen", "previewService")
                    .isEmpty();
            need(
                    !preview
                            || text(chain.status(), "blueGreen", "previewSelector")
                                    .equals(current),
                    "preview service");
        }
        boolean basic = !chain.isBlueGreen() && !isRouted();
        chain.sets().stream()
                .filter(one -> !RawChain.hash(one).equals(current))
                .filter(one -> spec(one) != 0 || has(one) != 0)
                .forEach(one -> need(
                        !basic
                                && Raw.instant(at(one, "metadata", "annotations", "scale-down-deadline"))
                                        .filter(now.minusSeconds(GRACE_SECONDS)::isBefore)
                                        .isPresent(),
                        "leftovers"));
    }

    private boolean isRouted() {
        return at(chain.rollout.orElseThrow(), "spec", "strategy", "canary", "trafficRouting") instanceof Map<?, ?> map
                && !map.isEmpty();
    }

    private void updating() {
        chain.sets()
                .forEach(set ->
                        need(has(set) == spec(set) && available(set) == spec(set), "a ReplicaSet that is not settled"));
        double replicas = chain.replicas();
        if (chain.isBlueGreen()) {
            String active = text(chain.status(), "blueGreen", "activeSelector");
            need(
                    replicas == 0
                            || chain.set(active)
                                    .filter(one -> available(one) == replicas)
                                    .isPresent(),
                    "active");
        } else if (isRouted()
                && !isTrue(chain.rollout.orElseThrow(), "spec", "strategy", "canary", "dynamicStableScale")) {
            String stable = text(chain.status(), "stableRS");
            need(
                    replicas == 0
                            || chain.set(stable)
                                    .filter(one -> available(one) >= replicas)
                                    .isPresent(),
                    "stable");
        } else if (!isTrue(chain.rollout.orElseThrow(), "spec", "strategy", "canary", "dynamicStableScale")) {
            need(sum(RawChain::available) >= replicas - maxUnavailable(), "available " + sum(RawChain::available));
        }
    }

    private double maxUnavailable() {
        String written = text(chain.rollout.orElseThrow(), "spec", "strategy", "canary", "maxUnavailable");
        if (written.isEmpty()) {
            return Math.floor(chain.replicas() / 4);
        }
        double number = Raw.countIn(written.replace("%", ""));
        return written.endsWith("%") ? Math.floor(chain.replicas() * number / 100) : number;
    }

    private double sum(ToDoubleFunction<Object> of) {
        return chain.sets().stream().mapToDouble(of).sum();
    }

    private void pods() {
        for (Object set : chain.sets()) {
            long serving = chain.pods(set).stream()
                    .filter(pod -> Raw.says(pod, "Ready", "True"))
                    .filter(pod -> at(pod, "metadata", "deletionTimestamp") == null)
                    .count();
            need(serving >= available(set) || chain.replicas() == 0, "ready pods " + serving + " of " + available(set));
        }
    }

    /** HPAReplicas of a routed canary counts all pods or the stable ones, by version: it proves nothing. */
    private boolean countersAgree() {
        Optional<Object> active =
                chain.isBlueGreen() ? chain.set(text(chain.status(), "blueGreen", "activeSelector")) : Optional.empty();
        List<Object> serving = active.map(List::of).orElse(chain.sets());
        List<Object> current = chain.sets().stream()
                .filter(one -> RawChain.hash(one).equals(text(chain.status(), "currentPodHash")))
                .toList();
        boolean isHpaReplicasOpen =
                isRouted() && !isTrue(chain.rollout.orElseThrow(), "spec", "strategy", "canary", "dynamicStableScale");
        return (isHpaReplicasOpen || says("HPAReplicas", serving.stream().mapToDouble(RawChain::has)))
                && says("replicas", chain.sets().stream().mapToDouble(RawChain::has))
                && says("updatedReplicas", current.stream().mapToDouble(RawChain::has))
                && says("readyReplicas", serving.stream().mapToDouble(one -> ready(one)))
                && says("availableReplicas", serving.stream().mapToDouble(RawChain::available));
    }

    private boolean says(String counter, DoubleStream live) {
        return count(0, chain.status(), counter) == live.sum();
    }

    private void flavour(String state) {
        Object rollout = chain.rollout.orElseThrow();
        boolean aborted = isTrue(chain.status(), "abort");
        boolean paused = isTrue(rollout, "spec", "paused")
                || !Raw.list(chain.status(), "pauseConditions").isEmpty();
        switch (state) {
            case "Converged" -> {
                need(!aborted, "aborted");
                need(!paused, "paused");
                need(chain.isPromoted() || chain.replicas() == 0, "not promoted");
            }
            case "ConvergedPaused" -> need(paused, "not paused");
            case "ConvergedAborted" -> need(aborted, "not aborted");
            default -> need(!aborted && !paused, "paused or aborted");
        }
    }

    /** No trace of a change within the grace, and one trace at least that tells since when all stands still. */
    private void time(Instant now) {
        Instant latest = now.minusSeconds(GRACE_SECONDS);
        need(changes().noneMatch(latest::isBefore), "the ReplicaSets changed within the grace");
        boolean scaled = scalings().findAny().isPresent();
        boolean reacted = Raw.says(chain.rollout.orElseThrow(), "Available", "False") || isTimedOut();
        need(scaled || reacted, "no proof of time");
    }

    private boolean isTimedOut() {
        return Raw.condition(chain.rollout.orElseThrow(), "Progressing")
                .filter(one -> text(one, "status").equals("False")
                        && text(one, "reason").equals("ProgressDeadlineExceeded"))
                .isPresent();
    }

    private Stream<Instant> changes() {
        Stream<Object> objects =
                chain.sets().stream().flatMap(set -> Stream.concat(Stream.of(set), chain.pods(set).stream()));
        Stream<Instant> own = objects.flatMap(object -> Stream.concat(
                Stream.concat(Raw.instant(at(object, "metadata", "creationTimestamp")).stream(), fieldTimes(object)),
                Raw.conditionTimes(object)));
        return Stream.concat(own, scalings());
    }

    private static Stream<Instant> fieldTimes(Object object) {
        return Raw.list(object, "metadata", "managedFields").stream()
                .flatMap(entry -> Raw.instant(at(entry, "time")).stream());
    }

    /** Events of scaling, the HPA's last one, and what wrote the ReplicaSets. */
    private Stream<Instant> scalings() {
        Stream<Instant> hpa =
                chain.hpa.stream().flatMap(found -> Raw.instant(at(found, "status", "lastScaleTime")).stream());
        Stream<Instant> fields = chain.sets().stream().flatMap(RawProof::fieldTimes);
        Stream<Instant> rollout = events(chain.rollout.orElseThrow(), List.of("ScalingReplicaSet"));
        Stream<Instant> sets =
                chain.sets().stream().flatMap(set -> events(set, List.of("SuccessfulCreate", "SuccessfulDelete")));
        return Stream.of(hpa, fields, rollout, sets).flatMap(times -> times);
    }

    private Stream<Instant> events(Object about, List<String> reasons) {
        String uid = text(about, "metadata", "uid");
        String kind = text(about, "kind");
        return chain.objects("Event").stream()
                .filter(event -> reasons.contains(text(event, "reason")))
                .filter(event -> text(event, "involvedObject", "kind").equals(kind))
                .filter(event -> !uid.isEmpty() && Objects.equals(uid, text(event, "involvedObject", "uid")))
                .flatMap(event -> Stream.of("lastTimestamp", "eventTime", "firstTimestamp")
                        .flatMap(field -> Raw.instant(at(event, field)).stream()));
    }
}
