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

/** Records the statuses of the Rollouts, with their instants, and the minimums of the ScaledObjects and of the HPAs without KEDA. */
public final class Chronicle implements AutoCloseable {

    /** The label of an HPA that KEDA made. */
    private static final String OF_KEDA = "scaledobject.keda.sh/name";

    private final List<Claim> claims = new CopyOnWriteArrayList<>();
    private final List<Minimum> minimums = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers;
    private final Clock clock;

    private Chronicle(KubernetesClient client, Clock clock) {
        this.clock = clock;
        this.informers = List.of(
                watch(client, context("argoproj.io", "v1alpha1", "Rollout", "rollouts"), this::claimed),
                watch(
                        client,
                        context("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects"),
                        one -> floored(one, "minReplicaCount")),
                watch(
                        client,
                        context("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
                        this::hpaFloored));
    }

    static Chronicle start(KubernetesClient client, Clock clock) {
        return new Chronicle(client, clock);
    }

    private static SharedIndexInformer<GenericKubernetesResource> watch(
            KubernetesClient client, ResourceDefinitionContext kind, Consumer<GenericKubernetesResource> seen) {
        return client.genericKubernetesResources(kind).inAnyNamespace().inform(handler(seen));
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

    /** The minimums that a ScaledObject, or an HPA without KEDA, had one after the other. */
    public List<Integer> minimums(String namespace, String autoscaler) {
        String name = namespace + "/" + autoscaler;
        return minimums.stream()
                .filter(minimum -> minimum.autoscaler().equals(name))
                .map(Minimum::replicas)
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

    private void hpaFloored(GenericKubernetesResource hpa) {
        Map<String, String> labels = hpa.getMetadata().getLabels();
        if (labels == null || !labels.containsKey(OF_KEDA)) {
            floored(hpa, "minReplicas");
        }
    }

    private void floored(GenericKubernetesResource autoscaler, String field) {
        int minimum =
                number(map(autoscaler.getAdditionalProperties().get("spec")).get(field));
        String namespace = autoscaler.getMetadata().getNamespace();
        String name = autoscaler.getMetadata().getName();
        List<Integer> known = minimums(namespace, name);
        if (known.isEmpty() || known.get(known.size() - 1) != minimum) {
            minimums.add(new Minimum(namespace + "/" + name, minimum));
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static ResourceDefinitionContext context(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
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

    /** @param autoscaler namespace and name, with a slash between them */
    private record Minimum(String autoscaler, int replicas) {}
}
