package io.tidewatch.model.report;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What reports remember of earlier ones, so that nothing is reported twice. To lose it repeats lines, never writes.
 *
 * @param kept the diagnosis of each target that was kept last for later
 */
public record Ledger(SortedMap<Target, Page> pages, SortedMap<Target, Kept> kept) {

    public static final Ledger NONE = new Ledger(Collections.emptySortedMap());

    public Ledger {
        pages = TargetMap.copyOf(pages);
        kept = TargetMap.copyOf(kept);
    }

    /** A ledger that knows of no kept diagnosis. */
    public Ledger(SortedMap<Target, Page> pages) {
        this(pages, Collections.emptySortedMap());
    }

    public Ledger keeping(SortedMap<Target, Kept> diagnoses) {
        return new Ledger(pages, diagnoses);
    }

    /** This ledger with more updates; where a target has one here, that one stays. */
    public Ledger followingToo(Map<Target, Update> more) {
        SortedMap<Target, Page> all = new TreeMap<>(pages);
        more.forEach((target, update) -> {
            Page page = page(target);
            all.put(target, page.following(page.update().or(() -> Optional.of(update))));
        });
        return new Ledger(all, kept);
    }

    public Map<Target, Update> updates() {
        SortedMap<Target, Update> updates = new TreeMap<>();
        pages.forEach((target, page) -> page.update().ifPresent(update -> updates.put(target, update)));
        return updates;
    }

    public Page page(Target target) {
        return pages.getOrDefault(target, Page.EMPTY);
    }

    /**
     * One target's page.
     *
     * @param tried the last remedy since the status went stale
     * @param troubleSince since when there is trouble without a break
     * @param calmSince since when there is none, while an incident is open
     * @param update a commit's change of the Rollout that is followed to its end
     * @param failure the failed write that was reported last, until another one or none comes
     * @param skipped the subjects of the skipped writes that were reported, as long as they are skipped
     * @param step the step as history has it
     * @param frozenSince since when a freeze holds back a revision of the workload
     * @param metIn the period in which the ScaledObject was first seen without any record of Tidewatch
     * @param preflight the keys of the findings of the preflight that were reported, as long as they are found
     */
    public record Page(
            Optional<Tried> tried,
            Optional<Instant> troubleSince,
            Optional<Instant> calmSince,
            Optional<Update> update,
            Optional<WriteFailure> failure,
            Set<String> skipped,
            Optional<Step> step,
            Optional<Instant> frozenSince,
            Optional<String> metIn,
            Set<String> preflight) {

        public static final Page EMPTY = new Page(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());

        public Page {
            skipped = Set.copyOf(skipped);
            preflight = Set.copyOf(preflight);
        }

        public Page trying(Optional<Tried> last) {
            return new Page(
                    last, troubleSince, calmSince, update, failure, skipped, step, frozenSince, metIn, preflight);
        }

        public Page troubled(Instant since) {
            return new Page(
                    tried,
                    Optional.of(since),
                    Optional.empty(),
                    update,
                    failure,
                    skipped,
                    step,
                    frozenSince,
                    metIn,
                    preflight);
        }

        public Page calm(Optional<Instant> since) {
            return new Page(
                    tried, Optional.empty(), since, update, failure, skipped, step, frozenSince, metIn, preflight);
        }

        public Page following(Optional<Update> begun) {
            return new Page(
                    tried, troubleSince, calmSince, begun, failure, skipped, step, frozenSince, metIn, preflight);
        }

        public Page failing(Optional<WriteFailure> reported) {
            return new Page(
                    tried, troubleSince, calmSince, update, reported, skipped, step, frozenSince, metIn, preflight);
        }

        public Page stepped(Step step) {
            return new Page(
                    tried,
                    troubleSince,
                    calmSince,
                    update,
                    failure,
                    skipped,
                    Optional.of(step),
                    frozenSince,
                    metIn,
                    preflight);
        }

        public Page skipping(Set<String> subjects) {
            return new Page(
                    tried, troubleSince, calmSince, update, failure, subjects, step, frozenSince, metIn, preflight);
        }

        public Page preflighted(Set<String> keys) {
            return new Page(tried, troubleSince, calmSince, update, failure, skipped, step, frozenSince, metIn, keys);
        }

        public Page frozen(Optional<Instant> since) {
            return new Page(tried, troubleSince, calmSince, update, failure, skipped, step, since, metIn, preflight);
        }

        public Page meeting(String period) {
            return new Page(
                    tried,
                    troubleSince,
                    calmSince,
                    update,
                    failure,
                    skipped,
                    step,
                    frozenSince,
                    Optional.of(period),
                    preflight);
        }
    }

    /**
     * The last diagnosis of a target that was kept.
     *
     * @param numbers of its hops, see {@link io.tidewatch.model.diagnosis.Picture#numbers}
     * @param at when
     * @param hour since when the kept diagnoses are counted
     * @param count how many since then
     */
    public record Kept(
            State state,
            Optional<Hop> hop,
            Optional<Cause> cause,
            String numbers,
            Instant at,
            Instant hour,
            int count) {}

    /**
     * A remedy that was tried.
     *
     * @param noun what was done, in a sentence: nudge, restart
     */
    public record Tried(String noun, Instant at) {}

    /**
     * A write that did not come about, as it was reported.
     *
     * @param text the line that was reported
     */
    public record WriteFailure(Result result, String text) {

        /** What is known of the object after the write. */
        public enum Result {
            /** The object is as it was. */
            NOT_WRITTEN,

            /** No answer came: the minimum may have been written all the same. */
            UNKNOWN,

            /** No answer came to a write that leaves the minimum as it is, such as a nudge. */
            UNKNOWN_WITHOUT_MINIMUM
        }

        public boolean isUnknown() {
            return result != Result.NOT_WRITTEN;
        }

        /** Whether the minimum may have been written by a write without an answer. */
        public boolean mayHaveWrittenMinimum() {
            return result == Result.UNKNOWN;
        }

        /** Whether reporting this one after the other would add nothing: every lost answer means the same. */
        public boolean isSameAs(WriteFailure reported) {
            return equals(reported) || (isUnknown() && reported.isUnknown());
        }
    }

    /**
     * @param rollout its name
     * @param fromHash the pod-template hash before it
     * @param pauseReported whether its pause was reported
     */
    public record Update(
            Commit commit, String rollout, Instant since, String fromHash, String what, boolean pauseReported) {

        public Update pausedReported() {
            return new Update(commit, rollout, since, fromHash, what, true);
        }
    }
}
