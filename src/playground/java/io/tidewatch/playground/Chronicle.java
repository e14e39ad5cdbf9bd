package io.tidewatch.playground;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the statuses of the Rollouts and the minimums of the ScaledObjects of a namespace, with their instants. */
public final class Chronicle implements AutoCloseable {

    private final List<Claim> claims = new CopyOnWriteArrayList<>();
    private final List<Minimum> minimums = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers;
    private final Clock clock;

    private Chronicle(KubernetesClient client, String namespace, Clock clock) {
        this.clock = clock;
        this.informers = List.of(
                client.genericKubernetesResources(context("argoproj.io", "Rollout", "rollouts"))
                        .inNamespace(namespace)
                        .inform(handler(this::claimed)),
                client.genericKubernetesResources(context("keda.sh", "ScaledObject", "scaledobjects"))
                        .inNamespace(namespace)
                        .inform(handler(this::floored)));
    }

    static Chronicle start(KubernetesClient client, String namespace, Clock clock) {
        return new Chronicle(client, namespace, clock);
    }

    /** The changes of a Rollout's status. */
    public List<Claim> claims(String rollout) {
        return claims.stream().filter(claim -> claim.rollout().equals(rollout)).toList();
    }

    /** The last status before an instant. */
    public Optional<Claim> claimedBefore(String rollout, Instant instant) {
        return claims(rollout).stream()
                .filter(claim -> claim.at().isBefore(instant))
                .reduce((earlier, later) -> later);
    }

    /** The minimums that a ScaledObject had, one after the other. */
    public List<Integer> minimums(String scaledObject) {
        return minimums.stream()
                .filter(minimum -> minimum.scaledObject().equals(scaledObject))
                .map(Minimum::minReplicaCount)
                .toList();
    }

    private void claimed(GenericKubernetesResource rollout) {
        Map<?, ?> spec = map(rollout.getAdditionalProperties().get("spec"));
        Map<?, ?> status = map(rollout.getAdditionalProperties().get("status"));
        String name = rollout.getMetadata().getName();
        Claim claim = new Claim(
                clock.instant(),
                name,
                String.valueOf(status.get("phase")),
                number(spec.get("replicas")),
                number(status.get("HPAReplicas")),
                number(status.get("availableReplicas")));
        boolean news =
                claimedBefore(name, Instant.MAX).filter(claim::saysTheSame).isEmpty();
        if (news) {
            claims.add(claim);
        }
    }

    private void floored(GenericKubernetesResource scaledObject) {
        int minimum =
                number(map(scaledObject.getAdditionalProperties().get("spec")).get("minReplicaCount"));
        String name = scaledObject.getMetadata().getName();
        List<Integer> known = minimums(name);
        if (known.isEmpty() || known.get(known.size() - 1) != minimum) {
            minimums.add(new Minimum(name, minimum));
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static ResourceDefinitionContext context(String group, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    private static ResourceEventHandler<GenericKubernetesResource> handler(Consumer<GenericKubernetesResource> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource added) {
                seen.accept(added);
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
                seen.accept(now);
            }

            @Override
            public void onDelete(GenericKubernetesResource gone, boolean finalStateUnknown) {
                // what is gone says nothing
            }
        };
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    /** The status of a Rollout from an instant on. */
    public record Claim(
            Instant at, String rollout, String phase, int specReplicas, int hpaReplicas, int availableReplicas) {

        boolean saysTheSame(Claim other) {
            return phase.equals(other.phase)
                    && specReplicas == other.specReplicas
                    && hpaReplicas == other.hpaReplicas
                    && availableReplicas == other.availableReplicas;
        }
    }

    private record Minimum(String scaledObject, int minReplicaCount) {}
}
