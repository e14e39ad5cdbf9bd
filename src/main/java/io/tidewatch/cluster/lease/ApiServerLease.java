package io.tidewatch.cluster.lease;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tidewatch.cluster.SingleRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * The Lease as an object of the API server. Every write names the resourceVersion and the uid that were read. An API server creates a
 * Lease by an update, whatever version this names; the uid makes it answer 409 instead. The instants in it are for people and other tools;
 * the election compares none of them.
 */
final class ApiServerLease implements LeaseStore {

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Clock clock;

    /** When this replica took the Lease. */
    private volatile ZonedDateTime acquired = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private volatile int acquiredTerm;

    /** @param timeout of each request; none is retried by the client */
    ApiServerLease(KubernetesClient client, String namespace, String name, Duration timeout, Clock clock) {
        this.client = SingleRequests.of(client, timeout);
        this.namespace = namespace;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public Optional<LeaseRecord> read() {
        return Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(name).get())
                .map(ApiServerLease::record);
    }

    @Override
    public LeaseRecord write(LeaseRecord lease) {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        if (lease.term() != acquiredTerm) {
            acquired = now;
            acquiredTerm = lease.term();
        }
        Resource<Lease> resource = client.leases().inNamespace(namespace).resource(object(lease, now));
        return record(lease.version().isEmpty() ? resource.create() : resource.update());
    }

    private Lease object(LeaseRecord lease, ZonedDateTime now) {
        ObjectMetaBuilder metadata =
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).addToLabels(LABEL, "tidewatch");
        return new LeaseBuilder()
                .withMetadata(
                        lease.version().isEmpty()
                                ? metadata.build()
                                : metadata.withResourceVersion(lease.version())
                                        .withUid(lease.uid())
                                        .build())
                .withNewSpec()
                .withHolderIdentity(lease.holder().orElse(""))
                .withLeaseDurationSeconds(Math.toIntExact(lease.duration().toSeconds()))
                .withAcquireTime(acquired)
                .withRenewTime(now)
                .withLeaseTransitions(lease.term())
                .endSpec()
                .build();
    }

    private static final String LABEL = "app.kubernetes.io/name";

    /** A Lease may have been edited by anybody: whatever it lacks counts as nothing. */
    private static LeaseRecord record(Lease lease) {
        LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
        return new LeaseRecord(
                Optional.ofNullable(spec.getHolderIdentity()).filter(holder -> !holder.isEmpty()),
                Duration.ofSeconds(Math.max(0, Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0))),
                Math.max(0, Objects.requireNonNullElse(spec.getLeaseTransitions(), 0)),
                lease.getMetadata().getResourceVersion(),
                lease.getMetadata().getUid());
    }
}
