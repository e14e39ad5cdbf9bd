package io.tidewatch.proof;

import static io.tidewatch.proof.Raw.at;
import static io.tidewatch.proof.Raw.count;
import static io.tidewatch.proof.Raw.isTrue;
import static io.tidewatch.proof.Raw.text;
import static io.tidewatch.proof.RawChain.available;
import static io.tidewatch.proof.RawChain.has;
import static io.tidewatch.proof.RawChain.spec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What docs/diagnosis.md demands of a Deployment, a StatefulSet or any other workload, beside the autoscaler. */
final class RawWorkloadProof {

    private final RawChain chain;
    private final List<String> lacks = new ArrayList<>();

    RawWorkloadProof(RawChain chain) {
        this.chain = chain;
    }

    List<String> lacking(String state, Instant now) {
        need(!state.equals("StaleStatus") && !state.equals("ConvergedAborted"), state + " of a " + chain.kind);
        switch (chain.kind) {
            case "Deployment" -> deployment(state);
            case "StatefulSet" -> statefulSet(state, now);
            default ->
                chain.workload
                        .filter(found -> at(found, "status", "replicas") != null)
                        .ifPresent(found ->
                                need(count(0, found, "status", "replicas") == chain.replicas(), "status.replicas"));
        }
        return lacks;
    }

    private void need(boolean holds, String what) {
        if (!holds) {
            lacks.add(what);
        }
    }

    private Object workload() {
        return chain.workload.orElseThrow();
    }

    private void observed(Object object) {
        double generation = Raw.generation(object, "metadata", "generation");
        double seen = Raw.generation(object, "status", "observedGeneration");
        need(seen >= generation || Double.isNaN(generation), text(object, "kind") + " that is not observed");
    }

    private void deployment(String state) {
        double replicas = chain.replicas();
        observed(workload());
        chain.sets().forEach(this::observed);
        double sum = chain.sets().stream().mapToDouble(RawChain::available).sum();
        boolean isPaused = isTrue(workload(), "spec", "paused");
        need(isPaused == state.equals("ConvergedPaused"), "paused " + isPaused);
        List<Object> withPods = chain.sets().stream()
                .filter(set -> spec(set) != 0 || has(set) != 0)
                .toList();
        if (state.equals("Converged") && replicas > 0) {
            need(withPods.size() == 1, "pods of " + withPods.size() + " ReplicaSets");
            withPods.forEach(set -> need(
                    spec(set) == replicas && has(set) == replicas && available(set) == replicas,
                    "the ReplicaSet has " + available(set)));
        }
        need(sum >= replicas - mayBeDown(state), "available " + sum);
        for (Object set : chain.sets()) {
            long serving = chain.pods(set).stream().filter(this::serves).count();
            need(serving >= available(set) || replicas == 0, "ready pods " + serving + " of " + available(set));
            need(told(set) == replicas || spec(set) == 0 || replicas == 0, "desired-replicas of a ReplicaSet");
        }
    }

    private static double told(Object set) {
        return Raw.countIn(text(set, "metadata", "annotations", "deployment.kubernetes.io/desired-replicas"));
    }

    private double mayBeDown(String state) {
        if (state.equals("Converged")) {
            return 0;
        }
        String written = text(workload(), "spec", "strategy", "rollingUpdate", "maxUnavailable");
        if (text(workload(), "spec", "strategy", "type").equals("Recreate")) {
            return 0;
        }
        if (written.isEmpty()) {
            return Math.floor(chain.replicas() / 4);
        }
        double number = Raw.countIn(written.replace("%", ""));
        return written.endsWith("%") ? Math.floor(chain.replicas() * number / 100) : number;
    }

    private boolean serves(Object pod) {
        return Raw.says(pod, "Ready", "True") && at(pod, "metadata", "deletionTimestamp") == null;
    }

    private void statefulSet(String state, Instant now) {
        observed(workload());
        double start = count(0, workload(), "spec", "ordinals", "start");
        double end = (start > 0 ? start : 0) + chain.replicas();
        double seconds = count(0, workload(), "spec", "minReadySeconds");
        List<Object> pods = chain.pods(workload()).stream()
                .filter(pod -> at(pod, "metadata", "deletionTimestamp") == null)
                .filter(pod -> !Double.isNaN(ordinal(pod)))
                .toList();
        long serving = pods.stream()
                .filter(this::serves)
                .filter(pod -> !(seconds > 0)
                        || Raw.condition(pod, "Ready")
                                .flatMap(ready -> Raw.instant(at(ready, "lastTransitionTime")))
                                .filter(since ->
                                        !since.plusSeconds((long) seconds).isAfter(now))
                                .isPresent())
                .count();
        double mayBeDown = state.equals("Converged") ? 0 : Math.max(1, share());
        need(serving >= chain.replicas() - mayBeDown, "available " + serving);
        need(pods.stream().noneMatch(pod -> ordinal(pod) >= end), "pods above the last ordinal");
        need(state.equals("Converged") || state.equals("ConvergedUpdating"), state);
        need(chain.replicas() == 0 || isRolledOut(pods, start) == state.equals("Converged"), "the pods' revisions");
    }

    /** A partition counts from the first ordinal; with OnDelete nothing is on its way. */
    private boolean isRolledOut(List<Object> pods, double start) {
        String current = text(workload(), "status", "currentRevision");
        String update = text(workload(), "status", "updateRevision");
        double partition = count(0, workload(), "spec", "updateStrategy", "rollingUpdate", "partition");
        double from = (start > 0 ? start : 0) + (partition > 0 ? partition : 0);
        return current.isEmpty()
                || update.isEmpty()
                || current.equals(update)
                || text(workload(), "spec", "updateStrategy", "type").equals("OnDelete")
                || pods.stream()
                        .filter(pod -> ordinal(pod) >= from)
                        .allMatch(pod -> update.equals(text(pod, "metadata", "labels", "controller-revision-hash")));
    }

    /** Of pods that an update may take down; 0 where nothing readable is written. */
    private double share() {
        String written = text(workload(), "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        double number = Raw.countIn(written.replace("%", ""));
        if (Double.isNaN(number)) {
            return 0;
        }
        return written.endsWith("%") ? Math.floor(chain.replicas() * number / 100) : number;
    }

    private double ordinal(Object pod) {
        return RawChain.ordinal(workload(), pod);
    }
}
