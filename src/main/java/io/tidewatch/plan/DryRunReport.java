package io.tidewatch.plan;

import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.plan.DryRunAnswer.Owner;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an answer to a question about an edge ahead means, and the rule that changes it; nothing where nobody is in the way. */
public final class DryRunReport {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private DryRunReport() {}

    public static Optional<DiaryEntry> of(DryRunAnswer answer, Instant now) {
        if (answer instanceof DryRunAnswer.Owned owned) {
            boolean conflict = policy(owned.question()) == ConflictPolicy.REPORT;
            return Optional.of(entry(
                    owned.question(),
                    conflict ? DiaryEntry.CONFLICT_AHEAD : DiaryEntry.OWNERSHIP,
                    owned(owned, now),
                    now));
        }
        if (answer instanceof DryRunAnswer.Refused refused) {
            return Optional.of(entry(
                    refused.question(),
                    DiaryEntry.REFUSAL_AHEAD,
                    "will be refused " + when(refused.question(), now) + " (" + change(refused.question())
                            + "): the API server says (" + refused.code() + ") " + refused.message(),
                    now));
        }
        return Optional.empty();
    }

    /** Where no answer came however often it was asked. */
    public static DiaryEntry unanswered(DryRunAnswer.Unanswered answer, Instant now) {
        return entry(
                answer.question(),
                DiaryEntry.OWNERSHIP,
                "who owns what is written " + when(answer.question(), now) + " could not be asked: " + answer.message(),
                now);
    }

    private static String owned(DryRunAnswer.Owned owned, Instant now) {
        DryRun question = owned.question();
        String manager = owned.owners().get(0).manager();
        List<String> fields = owned.owners().stream()
                .filter(owner -> owner.manager().equals(manager))
                .map(Owner::field)
                .toList();
        String who = owned.owners().stream()
                .collect(Collectors.groupingBy(
                        Owner::manager,
                        java.util.TreeMap::new,
                        Collectors.mapping(owner -> owner.field().substring(1), Collectors.joining(" and "))))
                .entrySet()
                .stream()
                .map(one -> one.getKey() + " owns " + one.getValue())
                .collect(Collectors.joining(", "));
        return who + ": " + whatThen(question, when(question, now)) + "; to end it: "
                + Coexistence.boundsRule(manager, fields);
    }

    private static String whatThen(DryRun question, String when) {
        return switch (policy(question)) {
            case ADOPT -> "taken over once " + when + " (" + change(question) + "), a second time is a Conflict";
            case FORCE -> "taken over " + when + " (" + change(question) + "), and whenever it is changed";
            case REPORT -> "Conflict " + when + ", " + change(question) + " will not be written";
        };
    }

    private static String change(DryRun question) {
        int from = question.now().min();
        int to = question.next().bounds().min();
        return from == to
                ? "maximum " + question.now().max() + " → "
                        + question.next().bounds().max()
                : "minimum " + from + " → " + to;
    }

    /** In the schedule's zone; with the date where it is more than a day ahead. */
    private static String when(DryRun question, Instant now) {
        ZonedDateTime local = question.at().atZone(question.next().schedule().timeZone());
        boolean soon = Duration.between(now, question.at()).compareTo(Duration.ofDays(1)) < 0;
        String what = question.next()
                .window()
                .map(open -> open.name() + (open.leading() ? " leads" : " opens"))
                .orElse("the window ends");
        return "when " + what + " at " + local.format(soon ? TIME : DATE);
    }

    private static ConflictPolicy policy(DryRun question) {
        DesiredBounds next = question.next();
        return next.schedule().onConflict();
    }

    private static DiaryEntry entry(DryRun question, String code, String text, Instant now) {
        return new DiaryEntry(now, Optional.of(question.target()), code, text);
    }
}
