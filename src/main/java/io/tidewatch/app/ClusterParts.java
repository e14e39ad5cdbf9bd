package io.tidewatch.app;

import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.cluster.Fence;
import io.tidewatch.cluster.FencedRequests;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.RateLimit;
import io.tidewatch.cluster.SingleRequests;
import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.cluster.watch.Readers;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.observe.ObjectReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spi.Registry;

/** Builds the parts that talk to the cluster: the caches that all reads use, the only writer, and the rate limits. */
final class ClusterParts {

    private final Startup start;
    private final ClusterCaches caches;
    private final InFlight inFlight;
    private final RateLimit writeRate;
    private final Fence fence;
    private final ClusterWriter writer;
    private final ApplyStage apply;
    private final RateLimit dryRunRate;

    ClusterParts(Startup start, Diary diary, LeaderParts leader) {
        this.start = start;
        Configuration configuration = start.configuration();
        // informers call on the client's event loop, which must not wait for a disk
        this.caches = start.edges()
                .add(new ClusterCaches(
                        start.client(),
                        readers(),
                        listedKinds(configuration),
                        start.clock(),
                        start::request,
                        line -> diary.lineInBackground("cluster-trouble", line),
                        leader.probe()));
        this.inFlight = new InFlight(configuration.maxInFlight());
        this.writeRate = new RateLimit(configuration::maxWritesPerSecond);
        this.fence = leader.leader();
        this.writer = new ClusterWriter(start.client(), start.clock(), this::awaitTurn, inFlight, fence);
        this.apply = new ApplyStage(
                writer::apply,
                start.clock(),
                instant -> Duration.between(Instant.now(), start.timeline().wallTimeOf(instant)),
                inFlight,
                configuration.maxInFlight(),
                configuration.sources().size(),
                configuration.maxWritesPerSecond(),
                start);
        this.dryRunRate = new RateLimit(apply::dryRunsPerSecond);
    }

    void bind(Registry registry) {
        registry.bind("kubernetesClient", SingleRequests.of(FencedRequests.of(start.client(), fence)));
        registry.bind("apply", apply);
        registry.bind("inFlight", inFlight);
        registry.bind("writeRate", writeRate);
        registry.bind("dryRunRate", dryRunRate);
        registry.bind("eventRate", new RateLimit(apply::eventsPerSecond));
    }

    /** An action of several requests waits for its turn before each request. */
    private void awaitTurn() {
        try {
            writeRate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before a request had its turn", stopped);
        }
    }

    ClusterCaches caches() {
        return caches;
    }

    ClusterWriter writer() {
        return writer;
    }

    ApplyStage apply() {
        return apply;
    }

    /** Returns when another dry run may be sent. */
    void awaitDryRun() throws InterruptedException {
        dryRunRate.await();
        writeRate.await();
    }

    /** @param applies whether any source has manifests applied */
    ClusterSurvey survey(boolean applies) {
        return new ClusterSurvey(
                start.client(),
                readers().controllers(),
                start.configuration().controllerNamespaces(),
                start.mode() == RunMode.ACT,
                applies);
    }

    private static Set<Kinds> listedKinds(Configuration configuration) {
        return configuration.sources().stream()
                .flatMap(source -> source.policy().kinds().stream())
                .map(kind -> Kinds.of(kind.kind()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Readers readers() {
        return new Readers(
                ObjectReader::scaledObject,
                ObjectReader::hpa,
                ObjectReader::rollout,
                ObjectReader::deployment,
                ObjectReader::statefulSet,
                ObjectReader::scaleTarget,
                ObjectReader::replicaSet,
                ObjectReader::pod,
                (raw, seenAt) -> ObjectReader.event(raw),
                (raw, seenAt) -> ObjectReader.controller(raw),
                (raw, seenAt) -> ObjectReader.lease(raw),
                (raw, seenAt) -> ObjectReader.quota(raw),
                (raw, seenAt) -> ObjectReader.limitRange(raw),
                (raw, seenAt) -> ObjectReader.budget(raw));
    }
}
