package io.tidewatch.plan;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.text.FreezeText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pod template that would be written in a freeze: whether a commit lets it through, and else what is held back. Drift is told from a
 * commit by the field managers: it was written after the newest commit that changed the file, or no commit changed the file.
 *
 * @param ofTemplate the fields of the template that would be written; none: the template stays as it is
 * @param commit the newest commit that changed the file
 * @param change absent: all commits that changed the file are applied
 */
record HeldRevision(LiveObject live, List<Difference> ofTemplate, Commit commit, Optional<FileChange> change) {

    boolean exists() {
        return !ofTemplate.isEmpty();
    }

    /** The trailer that lets the template through. A trailer never lets drift through that came after its commit. */
    Optional<FreezeOverride> override(Set<String> notForeign) {
        return change.flatMap(FileChange::override)
                .filter(found -> lastForeignWrite(notForeign)
                        .filter(found.commit().time()::isBefore)
                        .isEmpty());
    }

    Skipped skipped(Target target, Freeze.Hold hold, Set<String> notForeign) {
        Set<String> managers = managers(notForeign);
        Optional<Instant> written = lastForeignWrite(notForeign);
        boolean isDrift = isDrift(managers, written);
        Optional<Instant> began =
                hold.since().map(since -> later(since, isDrift ? written : Optional.of(commit.time())));
        String what = isDrift ? FreezeText.drift(managers, ofTemplate.get(0), commit) : FreezeText.held(commit);
        return new Skipped(
                target,
                Skipped.FROZEN,
                what + " " + hold.reason(),
                what,
                Optional.of(new Skipped.Frozen(live.key(), began)));
    }

    /** Whether a freeze that ended then surely held it back: a commit from before changed the template, and nobody else did. */
    boolean wasHeldUntil(Instant end, Set<String> notForeign) {
        return exists()
                && change.filter(known -> known.newest().time().isBefore(end)).isPresent()
                && !isDrift(managers(notForeign), lastForeignWrite(notForeign));
    }

    private boolean isDrift(Set<String> managers, Optional<Instant> written) {
        return !managers.isEmpty()
                && written.filter(at -> change.filter(
                                        known -> !known.newest().time().isBefore(at))
                                .isEmpty())
                        .isPresent();
    }

    private Set<String> managers(Set<String> notForeign) {
        return ofTemplate.stream()
                .flatMap(
                        difference -> OwnedFields.of(live.content(), difference.path(), notForeign).managers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<Instant> lastForeignWrite(Set<String> notForeign) {
        return ofTemplate.stream()
                .flatMap(difference -> OwnedFields.of(live.content(), difference.path(), notForeign).written().stream())
                .max(Instant::compareTo);
    }

    private static Instant later(Instant begin, Optional<Instant> change) {
        return change.filter(begin::isBefore).orElse(begin);
    }
}
