package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.KindWatch.Surroundings;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.ControllerView;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.PodView;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches what targets are made of, and answers from memory. Namespaces come and go with definitions; ReplicaSets and pods
 * are asked for by the label that Argo Rollouts puts on them. One watch for each kind and namespace: a watch for each object
 * would be thousands, and what other objects there are in a namespace of ours is few and kept trimmed.
 *
 * <p>An informer that cannot list (the API server is away, a CRD is absent, a right is missing) tries again with backoff;
 * until it has, its kind is missing from the state. Each trouble is said once, however many informers meet it, until all
 * are well again.
 */
public final class ClusterCaches implements AutoCloseable {

    private static final Selection OF_ROLLOUTS = Selection.labelled("rollouts-pod-template-hash");

    private final WatchTroubles troubles;
    private final Contact contact;
    private final Heartbeat heartbeat;
    private final KindWatch<Whole<ScaledObjectView>> scaledObjects;
    private final KindWatch<Whole<RolloutView>> rollouts;
    private final KindWatch<HpaView> hpas;
    private final KindWatch<ReplicaSetView> replicaSets;
    private final KindWatch<PodView> pods;
    private final KindWatch<ControllerView> controllers;
    private final CloserLook closer;
    private volatile Set<String> controllerNamespaces = Set.of();

    /** Says what is not heard of any more, and has it looked at. */
    private record Heard(WatchTroubles troubles, Runnable look) implements Contact.Listener {

        @Override
        public void unanswered(Throwable why) {
            troubles.unanswered(why);
        }

        @Override
        public void refused(Watched.Collection what, int code) {
            troubles.refused(what.kind().kind(), what.namespace(), code);
        }

        @Override
        public void changed() {
            look.run();
        }
    }

    /** Reports what the API server answers, or that it does not, and has it looked at. */
    private record Beats(WatchTroubles troubles, Runnable look) implements Heartbeat.Listener {

        @Override
        public void lost(Throwable why) {
            troubles.unanswered(why);
            look.run();
        }

        @Override
        public void reachableAgain() {
            look.run();
        }

        @Override
        public void answered(ApiServerProbe.Answer answer) {
            troubles.answered(answer);
        }
    }

    /**
     * @param clock tells when a version reached us
     * @param changed called after each change, from an informer's thread
     * @param said told, once, of what cannot be watched and why, and of its end
     */
    public ClusterCaches(
            KubernetesClient client, Readers readers, Clock clock, Runnable changed, Consumer<String> said) {
        this(client, readers, clock, changed, said, Heartbeat.Pace.DEFAULT);
    }

    /** @param pace of the questions whether the API server is there */
    ClusterCaches(
            KubernetesClient client,
            Readers readers,
            Clock clock,
            Runnable changed,
            Consumer<String> said,
            Heartbeat.Pace pace) {
        this.troubles = new WatchTroubles(client.getMasterUrl().toString(), said);
        this.contact = Contact.of(client, clock);
        contact.listen(new Heard(troubles, changed));
        Surroundings around = new Surroundings(client, new RawObjects(client)::of, clock, changed, troubles, contact);
        this.scaledObjects =
                new KindWatch<>(Kinds.SCALED_OBJECT, Selection.ALL, Whole.reader(readers.scaledObjects()), around);
        this.rollouts = new KindWatch<>(Kinds.ROLLOUT, Selection.ALL, Whole.reader(readers.rollouts()), around);
        this.hpas = new KindWatch<>(Kinds.HPA, Selection.ALL, readers.hpas(), around);
        this.replicaSets = new KindWatch<>(Kinds.REPLICA_SET, OF_ROLLOUTS, readers.replicaSets(), around);
        this.pods = new KindWatch<>(Kinds.POD, OF_ROLLOUTS, readers.pods(), around);
        this.controllers = new KindWatch<>(Kinds.DEPLOYMENT, Selection.ALL, readers.controllers(), around);
        this.closer = new CloserLook(readers, around);
        this.heartbeat = new Heartbeat(new ReadyzProbe(client, pace.patience()), pace, new Beats(troubles, changed));
        heartbeat.start();
    }

    /** Watches the chain in these namespaces from now on, and in no other. */
    public void watch(Set<String> namespaces) {
        chain().forEach(kind -> kind.watch(namespaces));
    }

    /** Watches the Deployments of controllers, whose versions are advised on. */
    public void watchControllers(Set<String> namespaces) {
        controllerNamespaces = Set.copyOf(namespaces);
        controllers.watch(namespaces);
    }

    /**
     * Watches Events where targets lag, and the Leases of the controllers for as long as any does. While nothing is heard
     * no target can be told to lag, and these may be the very watches that tell of it: they stay as they are.
     */
    public void lookCloser(Set<String> lagging) {
        if (!isLost()) {
            closer.at(lagging, controllerNamespaces);
        }
    }

    /** The ScaledObjects that are known now. */
    public List<ScaledObjectView> scaledObjects() {
        return scaledObjects.all().stream().map(Whole::view).toList();
    }

    /** Whether nobody will let us see the ScaledObjects of a namespace. */
    public boolean mayNotSeeScaledObjectsOf(String namespace) {
        return scaledObjects.isForbidden(namespace);
    }

    /** Whether all ScaledObjects that there are in a namespace are known. */
    public boolean knowsScaledObjectsOf(String namespace) {
        return scaledObjects.isThere(namespace);
    }

    /**
     * What is known now.
     *
     * @param declared the objects that are wanted whole
     */
    public ClusterState state(Set<ObjectKey> declared, Instant now) {
        Optional<Instant> heardUntil = contact.heardUntil();
        boolean lost = isLost();
        if (!lost
                && contact.isEveryWatchThrough()
                && Stream.concat(kinds(), closer.kinds()).allMatch(KindWatch::isWell)) {
            troubles.over();
        }
        return new ClusterState(
                now,
                scaledObjects(),
                hpas.all(),
                rollouts.all().stream().map(Whole::view).toList(),
                replicaSets.all(),
                pods.all(),
                closer.knownEvents(),
                Optional.of(closer.eventsSeenIn()),
                controllers.all(),
                lost || heardUntil.isPresent() ? List.of() : closer.knownLeases(),
                declaredAmong(declared),
                missing(lost),
                missingIn(),
                heardUntil);
    }

    private boolean isLost() {
        return heartbeat.isLost() || contact.isLost();
    }

    private Map<ObjectKey, LiveObject> declaredAmong(Set<ObjectKey> declared) {
        return Stream.concat(
                        scaledObjects.all().stream()
                                .map(whole -> whole.object(
                                        Kinds.SCALED_OBJECT, whole.view().meta())),
                        rollouts.all().stream()
                                .map(whole ->
                                        whole.object(Kinds.ROLLOUT, whole.view().meta())))
                .filter(live -> declared.contains(live.key()))
                .collect(Collectors.toUnmodifiableMap(LiveObject::key, Function.identity()));
    }

    /**
     * A kind of the chain is missing everywhere while no namespace is watched; the API server is while watches do not reach
     * it, for then all that is known may be old.
     */
    private Set<String> missing(boolean lost) {
        Stream<String> unwatched = chain().filter(kind -> kind.namespaces().isEmpty())
                .map(kind -> kind.kind().kind());
        Stream<String> unseen = Stream.of(controllers)
                .filter(kind -> !kind.isThere())
                .map(kind -> kind.kind().kind());
        Stream<String> unheard = lost ? Stream.of(ClusterState.API_SERVER) : Stream.empty();
        return Stream.of(unwatched, unseen, unheard).flatMap(kinds -> kinds).collect(Collectors.toUnmodifiableSet());
    }

    /** By namespace: that one may not be seen says nothing about another. */
    private Map<String, Set<String>> missingIn() {
        Map<String, Set<String>> missing = new HashMap<>();
        chain().forEach(kind -> kind.missingIn()
                .forEach(namespace -> missing.computeIfAbsent(namespace, n -> new HashSet<>())
                        .add(kind.kind().kind())));
        return missing;
    }

    private Stream<KindWatch<?>> chain() {
        return Stream.of(scaledObjects, rollouts, hpas, replicaSets, pods);
    }

    private Stream<KindWatch<?>> kinds() {
        return Stream.concat(chain(), Stream.of(controllers));
    }

    @Override
    public void close() {
        troubles.end();
        heartbeat.close();
        Stream.concat(kinds(), closer.kinds()).forEach(KindWatch::close);
    }
}
