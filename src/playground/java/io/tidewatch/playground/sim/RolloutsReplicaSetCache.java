package io.tidewatch.playground.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Rollouts controller's own cache of ReplicaSets, which v1.7.2 can leave stale (argo-rollouts#4047).
 *
 * <p>The fault, once armed for a Rollout, takes effect at its next scaling: of the versions that the watch brings, the
 * last one of the step is overwritten by the one before it. From then on the cache holds that old copy, however right
 * the live object is, until the next write to the ReplicaSet. A second fault keeps it stale in spite of writes by
 * others, until its pods change or the controller itself scales.
 */
final class RolloutsReplicaSetCache {
    private final KindCache live;
    private final Set<ObjectKey> armed = new HashSet<>();
    private final Set<ObjectKey> deaf = new HashSet<>();
    private final Map<ObjectKey, Copy> copies = new HashMap<>();

    RolloutsReplicaSetCache(KindCache live) {
        this.live = live;
    }

    /** The next scaling of this Rollout's ReplicaSets ends with a stale copy in the cache. */
    synchronized void arm(ObjectKey rollout) {
        armed.add(rollout);
    }

    /** Annotations no longer heal a stale copy of this Rollout's ReplicaSets. */
    synchronized void ignoreWatch(ObjectKey rollout, boolean ignore) {
        if (ignore) {
            deaf.add(rollout);
        } else {
            deaf.remove(rollout);
        }
    }

    /** A restart of the controller lists everything anew. */
    synchronized void relist() {
        copies.clear();
        armed.clear();
        deaf.clear();
    }

    /** The Rollout's ReplicaSets as this cache holds them. Reads the live ones first: the watch locks the other way. */
    List<RsCopy> ownedBy(Live rollout) {
        List<Live> owned = live.all().stream()
                .filter(one -> one.controllerUid(Kind.ROLLOUT)
                        .filter(rollout.uid()::equals)
                        .isPresent())
                .toList();
        return owned.stream().map(this::held).toList();
    }

    private synchronized RsCopy held(Live current) {
        Copy copy = copies.get(current.key());
        return new RsCopy(copy == null ? current : copy.seenBy(current));
    }

    /** The controller has written a size; {@code reply} is what the server answered. */
    synchronized void scaled(Live reply) {
        copies.remove(reply.key());
        if (armed.remove(rolloutOf(reply))) {
            copies.put(reply.key(), new Copy(reply));
        }
    }

    /** The watch has brought a version of a ReplicaSet, or its end. */
    synchronized void watched(Live version) {
        Copy copy = copies.get(version.key());
        if (copy == null) {
            return;
        }
        if (!version.uid().equals(copy.held.uid()) || copy.isHealedBy(version, deaf.contains(rolloutOf(version)))) {
            copies.remove(version.key());
        } else {
            copy.follow(version);
        }
    }

    private static ObjectKey rolloutOf(Live replicaSet) {
        return new ObjectKey(
                replicaSet.key().namespace(),
                replicaSet.controllerName(Kind.ROLLOUT).orElse(""));
    }

    /** The last version before the step's end; stale once the step has ended. */
    private static final class Copy {
        private Live held;
        private String overwritten = "";
        private String countsAtEnd = "";
        private boolean stale;

        Copy(Live reply) {
            this.held = reply;
        }

        Live seenBy(Live current) {
            return stale ? held : current;
        }

        boolean isHealedBy(Live version, boolean deaf) {
            boolean other = !version.resourceVersion().equals(overwritten);
            return stale
                    && other
                    && (!deaf
                            || version.generation() != held.generation()
                            || !counts(version).equals(countsAtEnd));
        }

        private static String counts(Live version) {
            RsCopy copy = new RsCopy(version);
            return copy.replicas() + "/" + copy.ready() + "/" + copy.available();
        }

        void follow(Live version) {
            if (stale || version.generation() < held.generation()) {
                return;
            }
            if (new RsCopy(version).isSettled()) {
                stale = true;
                overwritten = version.resourceVersion();
                countsAtEnd = counts(version);
            } else {
                held = version;
            }
        }
    }
}
