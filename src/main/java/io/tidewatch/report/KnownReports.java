package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.TargetStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The targets about which earlier passes had nothing new to say, with what that was made of, so that the same is not worked out again.
 *
 * <p>What there is to say follows from the question and the time alone. The question is compared as a value; the moments of the
 * report noted what they were asked. So no report says anything else because of what is kept here. Not safe from several
 * threads: there is one report at a time.
 */
public final class KnownReports {

    private final Map<Target, Quiet> quiet = new HashMap<>();
    private final Map<Target, Same> same = new HashMap<>();

    private record Quiet(TargetReport.Question question, Moment began, Moment now) {}

    private record Same(Object question, Moment at) {}

    /** @return empty where there is nothing to say, and the page stays as it is */
    Optional<TargetReport.Result> report(TargetReport.Question question, Instant began, Instant now) {
        Target target = question.desired().target();
        Quiet last = quiet.get(target);
        if (last != null
                && last.began().answersLike(began)
                && last.now().answersLike(now)
                && last.question().equals(question)) {
            return Optional.empty();
        }
        Moment beginning = new Moment(began);
        Moment end = new Moment(now);
        TargetReport.Result made = new TargetReport(question, beginning, end).report();
        if (made.isQuiet(question.page())) {
            quiet.put(target, new Quiet(question, beginning, end));
        } else {
            quiet.remove(target);
        }
        return Optional.of(made);
    }

    /**
     * The status of a target.
     *
     * @param before the one after the pass before, which is a part of the question
     */
    Optional<TargetStatus> status(
            Target target,
            Optional<TargetStatus> before,
            Object question,
            Instant at,
            Function<Moment, Optional<TargetStatus>> status) {
        Same last = same.get(target);
        if (last != null && last.at().answersLike(at) && last.question().equals(question)) {
            return before;
        }
        Moment moment = new Moment(at);
        Optional<TargetStatus> made = status.apply(moment);
        if (made.equals(before)) {
            same.put(target, new Same(question, moment));
        } else {
            same.remove(target);
        }
        return made;
    }

    /** Forgets what is there no longer. */
    void retain(Set<Target> targets) {
        if (quiet.size() > targets.size()) {
            quiet.keySet().retainAll(targets);
        }
        if (same.size() > targets.size()) {
            same.keySet().retainAll(targets);
        }
    }
}
