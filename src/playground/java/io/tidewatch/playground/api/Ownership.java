package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Computes the owners of fields after a write, and the object after an apply: structured-merge-diff's {@code merge/update.go}
 * for one version of a type.
 */
final class Ownership {

    /** A field that an apply would change although another owns it. */
    record Conflict(FieldOwner owner, FieldPath field) {}

    /** The object after an apply, who owns it then, and whom the apply overrode. */
    record Applied(ObjectNode object, ManagedFields owners, List<Conflict> conflicts) {

        Applied {
            conflicts = List.copyOf(conflicts);
        }
    }

    private final FieldShape shape;
    private final FieldSet unowned;

    /** @param unowned fields nobody can own, with everything below them */
    Ownership(FieldShape shape, FieldSet unowned) {
        this.shape = shape;
        this.unowned = unowned;
    }

    /** After a create, PUT or patch other than apply: the writer takes over whatever it changed, silently. */
    ManagedFields afterUpdate(
            ObjectNode before, ObjectNode after, ManagedFields owners, FieldOwner writer, String time) {
        FieldWalk.Difference difference = FieldWalk.between(before, after, shape);
        FieldSet written = difference.written().withoutSubtrees(unowned);
        ManagedFields others = released(owners, written.union(difference.removed()));
        if (written.isEmpty()) {
            return others;
        }
        return others.with(writer, others.fieldsOf(writer).union(written), time);
    }

    /**
     * An apply: the configuration laid over the live object, less the fields that this applier applied last time, leaves
     * out now, and nobody else owns.
     */
    Applied apply(ObjectNode live, ObjectNode config, ManagedFields owners, FieldOwner applier, String time) {
        FieldSet last = owners.fieldsOf(applier);
        FieldSet desired = FieldWalk.fieldsOf(config, shape).withoutSubtrees(unowned);
        ManagedFields claimed = owners.with(applier, desired, time);
        ObjectNode merged = (ObjectNode) FieldMerge.merge(live, config, shape);
        ObjectNode pruned = prune(merged, claimed, last);
        FieldWalk.Difference difference = FieldWalk.between(live, pruned, shape);
        FieldSet written = difference.written().withoutSubtrees(unowned);
        List<Conflict> conflicts = conflicts(owners, applier, written);
        ManagedFields others = released(owners, written.union(difference.removed()));
        return new Applied(pruned, others.with(applier, desired.minus(difference.removed()), time), conflicts);
    }

    private ObjectNode prune(ObjectNode merged, ManagedFields claimed, FieldSet last) {
        if (last.isEmpty()) {
            return merged;
        }
        FieldSet lastNamed = last.withNamedParents();
        FieldSet mergedFields = FieldWalk.fieldsOf(merged, shape).withNamedParents();
        FieldSet owned = FieldSet.EMPTY;
        for (ManagedFields.Claim claim : claimed.claims().values()) {
            owned = owned.union(claim.fields());
        }
        FieldSet left = FieldWalk.fieldsOf(FieldMerge.remove(merged, lastNamed, shape), shape)
                .withNamedParents();
        FieldSet gone = mergedFields.minus(left.union(owned.withNamedParents()));
        FieldSet withOwned = FieldWalk.fieldsOf(FieldMerge.remove(merged, gone, shape), shape)
                .withNamedParents();
        return (ObjectNode)
                FieldMerge.remove(merged, mergedFields.minus(withOwned).intersection(lastNamed), shape);
    }

    private static List<Conflict> conflicts(ManagedFields owners, FieldOwner applier, FieldSet written) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Map.Entry<FieldOwner, ManagedFields.Claim> claim : owners.claims().entrySet()) {
            if (!claim.getKey().equals(applier)) {
                claim.getValue()
                        .fields()
                        .intersection(written)
                        .forEach(field -> conflicts.add(new Conflict(claim.getKey(), field)));
            }
        }
        conflicts.sort(
                Comparator.comparing((Conflict conflict) -> conflict.owner().manager())
                        .thenComparing(Conflict::field));
        return Collections.unmodifiableList(conflicts);
    }

    private static ManagedFields released(ManagedFields owners, FieldSet taken) {
        ManagedFields left = owners;
        for (Map.Entry<FieldOwner, ManagedFields.Claim> claim : owners.claims().entrySet()) {
            FieldSet kept = claim.getValue().fields().minus(taken);
            left = left.with(claim.getKey(), kept, claim.getValue().time());
        }
        return left;
    }
}
