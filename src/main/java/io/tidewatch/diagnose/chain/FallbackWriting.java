package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.ScaledObjectView.Fallback;
import io.tidewatch.model.cluster.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * KEDA up to v2.16 writes fallback.replicas to the workload itself, at each poll at which a trigger fails and no other is active,
 * whatever the minimum and the HPA (keda#6659). CPU and memory triggers never count as active there. The HPA raises the Rollout at its
 * next sync, and KEDA's next poll lowers it again. From v2.17.0 on (keda#6520) KEDA leaves the Rollout to the HPA.
 *
 * @param fallback of the ScaledObject
 * @param desired what the HPA desires
 * @param isStanding whether the Rollout has the fallback's number now
 * @param writer KEDA, where it owns spec.replicas; absent in a dump without managedFields
 * @param isCertain whether nothing of this is inferred
 * @param since when the triggers began to fail, as far as that is proven
 */
public record FallbackWriting(
        Fallback fallback,
        int desired,
        boolean isStanding,
        Optional<FieldWriter> writer,
        boolean isCertain,
        Optional<Instant> since) {

    /** From here on KEDA does not write the fallback to the workload. */
    private static final Version MENDED = Version.parse("2.17.0").orElseThrow();

    /** An HPA asks for each metric once a sync, and each request that fails counts. */
    private static final Duration HPA_SYNC = Duration.ofSeconds(15);

    /** What the objects prove; absent where KEDA does not answer with a fallback below what the HPA desires. */
    public static Optional<FallbackWriting> of(Chain chain) {
        if (chain.workload().isEmpty() || KedaPause.isFull(chain) || !mayWrite(chain)) {
            return Optional.empty();
        }
        Optional<Fallback> fallback = chain.scaledObject()
                .flatMap(ScaledObjectView::fallback)
                .filter(found -> found.replicas() > 0 && isInUse(chain, found));
        return fallback.flatMap(found -> chain.hpa()
                .filter(hpa -> hpa.minReplicas() >= chain.hpaMinimum() && Overwriting.desired(hpa) > found.replicas())
                .map(hpa -> of(chain, found, hpa)));
    }

    private static FallbackWriting of(Chain chain, Fallback fallback, HpaView hpa) {
        List<FieldWriter> owners = chain.workload().orElseThrow().meta().writers().stream()
                .filter(FieldWriter::ownsReplicas)
                .toList();
        Optional<FieldWriter> keda = owners.stream()
                .filter(owner -> FieldManagers.isKeda(owner.manager()))
                .findFirst();
        boolean isInactive =
                chain.scaledObjectCondition("Active").filter(Condition::isFalse).isPresent();
        return new FallbackWriting(
                fallback,
                Overwriting.desired(hpa),
                chain.replicas() == fallback.replicas() && (owners.isEmpty() || keda.isPresent()),
                keda,
                keda.isPresent() && isInactive,
                since(chain, fallback));
    }

    /** A trigger fails, and none is active. KEDA sets the condition with its first write. */
    private static boolean isInUse(Chain chain, Fallback fallback) {
        boolean isActive =
                chain.scaledObjectCondition("Active").filter(Condition::isTrue).isPresent();
        boolean isFallenBack = chain.scaledObjectCondition("Fallback")
                .filter(Condition::isTrue)
                .isPresent();
        return !isActive && (isFallenBack || !fallback.failing().isEmpty());
    }

    /** Without a version of KEDA's operator it may have the fault. */
    private static boolean mayWrite(Chain chain) {
        List<Optional<Version>> versions = chain.controllers().stream()
                .filter(ControllerView::isKeda)
                .map(Version::of)
                .toList();
        return versions.isEmpty()
                || versions.stream()
                        .anyMatch(version -> version.filter(known -> known.compareTo(MENDED) >= 0)
                                .isEmpty());
    }

    /** From KEDA's Events of failing triggers that go on, else from how often they have failed in a row. */
    private static Optional<Instant> since(Chain chain, Fallback fallback) {
        Moment now = chain.asOf();
        Optional<Instant> reported = chain.input().seen().events().stream()
                .filter(event -> event.involvedKind().equals("ScaledObject")
                        && event.reason().equals("KEDAScalerFailed"))
                .filter(event ->
                        event.last().filter(now.minus(Rescales.PACE)::isBefore).isPresent())
                .flatMap(event -> event.first().stream())
                .min(Instant::compareTo);
        Optional<Instant> counted = fallback.failing().values().stream()
                .max(Integer::compare)
                .filter(failures -> failures > 0)
                .map(failures -> now.instant().minus(HPA_SYNC.multipliedBy(failures - 1L)));
        Optional<Instant> created =
                chain.scaledObject().flatMap(found -> found.meta().created());
        return reported.or(() -> counted)
                .map(at -> created.map(birth -> Standstill.later(at, birth)).orElse(at));
    }
}
