package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Moment;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.MaximumChange;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.SkippedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about an autoscaler with Tidewatch's annotations that no schedule names any more: its baseline is restored and the
 * annotations are removed. A removal counts once every source has been read, and the source in the annotations without an error.
 *
 * <p>Annotations prove nothing, since anybody may write them under Tidewatch's field manager. So an object is restored only in
 * the namespaces of the source that it names, only to a baseline in this source's history, and never by force. Otherwise the
 * write is skipped, with the reason.
 *
 * @param policies by source
 */
record OrphanDecision(
        Definitions definitions,
        Map<String, SourcePolicy> policies,
        OrphanPast past,
        Map<ObjectKey, LiveObject> whole,
        String instance,
        Moment now) {

    private static final Set<String> OF_REMEDY = Set.of(Annotations.INSTANCE, Annotations.SOURCE, Annotations.REMEDIES);

    /**
     * @param manifest of a source that applies it
     * @param remedyIsLeft whether something of a remedy is still on the Rollout: the object then keeps what its end needs
     */
    Decision decide(Target target, AutoscalerView live, Optional<Manifest> manifest, boolean remedyIsLeft) {
        Optional<Bounds> applied = ours(live).applied();
        if (!isOurs(live) || applied.isEmpty() || !counts(live) || live.meta().deleting()) {
            return Decision.NOTHING;
        }
        Optional<Decision> exclusion = new WriteExclusion(target, live, instance, Optional.empty(), now).decided();
        if (exclusion.isPresent()) {
            return exclusion.get();
        }
        PastBaseline claim = claim(target, live);
        Bounds left = isAsWeLeftIt(live, applied.get())
                ? manifest.map(written -> written(written, live)).orElse(claim.baseline())
                : live.bounds();
        boolean changes = left.min() != live.bounds().min()
                || (ownsMaximum(live) && left.max() != live.bounds().max());
        return leftAlone(target, live, claim, changes)
                .or(() -> changes && manifest.isEmpty() ? unknownToGit(target, live, claim) : Optional.empty())
                .orElseGet(() -> restored(target, live, manifest, left, remedyIsLeft ? remedyIn(live) : Map.of()));
    }

    private Optional<Decision> leftAlone(Target target, AutoscalerView live, PastBaseline claim, boolean changes) {
        SourcePolicy policy = policies.get(claim.source());
        if (policy == null || !policy.maySpeakFor(target.namespace())) {
            return Optional.of(
                    held(target, live, SkippedText.orphanOfForeignNamespace(claim.source(), target.namespace())));
        }
        if (past.isRestored(claim)) {
            return Optional.of(held(target, live, SkippedText.orphanRestoredBefore()));
        }
        return changes
                ? otherOwner(live).map(owner -> held(target, live, SkippedText.orphanOfAnotherOwner(owner)))
                : Optional.empty();
    }

    private Optional<Decision> unknownToGit(Target target, AutoscalerView live, PastBaseline claim) {
        String claimed = SkippedText.orphanClaim(claim.baseline(), Commit.shortId(claim.commit()), claim.source());
        return switch (past.answer(claim)) {
            case HELD -> Optional.empty();
            case NOT_YET_KNOWN -> Optional.of(Decision.NOTHING);
            case NOT_HELD -> Optional.of(held(target, live, SkippedText.orphanClaimIsFalse(claimed)));
            case CANNOT_TELL -> Optional.of(held(target, live, SkippedText.orphanClaimIsUnknown(claimed)));
        };
    }

    private static Decision held(Target target, AutoscalerView live, String reason) {
        return Decision.skip(new Skipped(
                target,
                Skipped.ORPHAN,
                SkippedText.orphan(reason, live.bounds().min()),
                Skipped.ORPHAN + " " + reason));
    }

    /** One request without force. It carries every field that Tidewatch owns on the object, without our annotations. */
    private Decision restored(
            Target target, AutoscalerView live, Optional<Manifest> manifest, Bounds left, Map<String, String> kept) {
        return Decision.act(new Action.SetMinReplicas(
                live.kind(),
                target,
                live.meta().version(),
                live.minimum(),
                left.min(),
                ownsMaximum(live) ? MaximumChange.between(live.bounds().max(), left.max()) : Optional.empty(),
                body(target, live, manifest, left, kept),
                false,
                reason(live)));
    }

    private Map<String, Object> body(
            Target target, AutoscalerView live, Optional<Manifest> manifest, Bounds bounds, Map<String, String> kept) {
        return ApplyBodies.autoscaler(
                live.kind(),
                target,
                manifest.or(() -> owned(live.kind().key(target))),
                bounds,
                ownsMaximum(live),
                kept);
    }

    /** What the end of a remedy needs. The rest of the record is removed with the schedule. */
    private static Map<String, String> remedyIn(AutoscalerView live) {
        Map<String, String> kept = new LinkedHashMap<>();
        ours(live).carried().forEach((key, value) -> {
            if (OF_REMEDY.contains(key)) {
                kept.put(key, value);
            }
        });
        kept.putIfAbsent(Annotations.REMEDIES, "");
        return kept;
    }

    /**
     * The memory of an object that no schedule names, after the end of a remedy: none once its baseline is restored.
     *
     * @return absent while the removal of the schedule does not count
     */
    Optional<Action.Memory> afterRemedy(Target target, AutoscalerView live, Optional<Manifest> manifest) {
        if (!counts(live)) {
            return Optional.empty();
        }
        Map<String, String> kept = isRestored(live) ? Map.of() : ours(live).withoutExtension();
        return Optional.of(new Action.Memory(live.meta().version(), body(target, live, manifest, live.bounds(), kept)));
    }

    /** Whether its baseline is restored, and only the end of a remedy was waited for. */
    static boolean isRestored(AutoscalerView live) {
        return ours(live).applied().isEmpty()
                && live.meta().annotation(Annotations.REMEDIES).isPresent();
    }

    /** The fields that Tidewatch owns on the live object; an apply without one of them would delete it. */
    private Optional<Manifest> owned(ObjectKey key) {
        return Optional.ofNullable(whole.get(key))
                .map(object -> new Manifest(
                        object.key(),
                        OwnedFields.content(object.content(), FieldManagers.TIDEWATCH),
                        new Origin("", "", 0)));
    }

    /** Whether the annotations name this instance. */
    boolean isOurs(AutoscalerView live) {
        return ours(live).isOf(instance);
    }

    private boolean counts(AutoscalerView live) {
        Optional<String> source = ours(live).source();
        return definitions.unread().isEmpty()
                && definitions.sources().stream()
                        .anyMatch(read -> source.equals(Optional.of(read.source())) && !read.hasErrors());
    }

    private static PastBaseline claim(Target target, AutoscalerView live) {
        return new PastBaseline(
                target,
                live.meta().uid(),
                ours(live).source().orElse(""),
                ours(live).commit().orElse(""),
                ours(live).baseline().orElseGet(live::bounds));
    }

    /** What somebody else wrote since stays. */
    private static boolean isAsWeLeftIt(AutoscalerView live, Bounds applied) {
        return live.bounds().min() == applied.min();
    }

    /** A bound that we wrote is never released: where the manifest is silent, the default is written. */
    private static Bounds written(Manifest manifest, AutoscalerView live) {
        Map<?, ?> spec = manifest.content().get("spec") instanceof Map<?, ?> map ? map : Map.of();
        return new Bounds(
                spec.get(live.kind().minimum()) instanceof Number min
                        ? min.intValue()
                        : live.kind().defaultMinimum(),
                spec.get(live.kind().maximum()) instanceof Number max
                        ? max.intValue()
                        : ownsMaximum(live) ? Bounds.DEFAULT_MAX : live.bounds().max());
    }

    private static boolean ownsMaximum(AutoscalerView live) {
        return live.meta().writers().stream()
                .anyMatch(writer -> writer.ownsMaximum() && writer.manager().equals(FieldManagers.TIDEWATCH));
    }

    private static Optional<String> otherOwner(AutoscalerView live) {
        return live.meta().writers().stream()
                .filter(writer -> !writer.manager().equals(FieldManagers.TIDEWATCH))
                .filter(writer -> writer.ownsMinimum() || (ownsMaximum(live) && writer.ownsMaximum()))
                .map(FieldWriter::manager)
                .findFirst();
    }

    private static OwnRecord ours(AutoscalerView live) {
        return new OwnRecord(live.meta());
    }

    private static String reason(AutoscalerView live) {
        String schedule = ours(live).schedule().orElse("its schedule");
        return "schedule " + schedule + " was removed";
    }
}
