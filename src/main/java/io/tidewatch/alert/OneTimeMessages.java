package io.tidewatch.alert;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.DiaryEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The messages about single events, which are never resolved: a schedule was removed while its window was open, or an edge
 * ahead will not be written. One message covers all targets of one commit.
 */
public final class OneTimeMessages {

    static final Set<String> AHEAD = Set.of(DiaryEntry.CONFLICT_AHEAD, DiaryEntry.REFUSAL_AHEAD);

    /** The events that each have their own message. */
    private static final Set<String> ONE_TARGET = Set.of(DiaryEntry.REMOVED_IN_WINDOW, Plan.Skipped.ORPHAN);

    private static final int LISTED = 10;

    private OneTimeMessages() {}

    static boolean isOneTime(DiaryEntry entry) {
        return ONE_TARGET.contains(entry.code()) || AHEAD.contains(entry.code());
    }

    /** @param desired of each scheduled target, whose schedule may name its own receivers */
    static List<AlertMessage> of(
            List<DiaryEntry> diary, Alerting alerting, Function<Target, Optional<DesiredBounds>> desired) {
        List<AlertMessage> messages = new ArrayList<>();
        diary.stream()
                .filter(entry -> ONE_TARGET.contains(entry.code()))
                .flatMap(entry -> entry.target().stream().flatMap(target -> ofOne(entry, target, alerting)))
                .forEach(messages::add);
        ahead(diary, alerting, desired).forEach((receiver, entries) -> messages.add(ahead(receiver, entries)));
        return messages;
    }

    private static Stream<AlertMessage> ofOne(DiaryEntry entry, Target target, Alerting alerting) {
        String line = target + ": " + entry.text();
        return Routing.receivers(target, Severity.WARNING, alerting).stream()
                .map(receiver -> message(
                        "notice/" + target + "@" + entry.at(),
                        receiver,
                        line,
                        (entry.code().equals(DiaryEntry.REMOVED_IN_WINDOW)
                                        ? "The window's capacity is gone. If the removal was a mistake, restore the"
                                                + " schedule: the next commit opens the window again."
                                        : "No schedule names the target any more, and Tidewatch does not write to it.")
                                + "\n./tidewatch history " + target,
                        entry));
    }

    private static Map<String, List<DiaryEntry>> ahead(
            List<DiaryEntry> diary, Alerting alerting, Function<Target, Optional<DesiredBounds>> desired) {
        Map<String, List<DiaryEntry>> byReceiver = new LinkedHashMap<>();
        for (DiaryEntry entry : diary) {
            if (AHEAD.contains(entry.code())) {
                entry.target().stream()
                        .flatMap(target -> receivers(target, desired.apply(target), alerting).stream())
                        .forEach(receiver -> byReceiver
                                .computeIfAbsent(receiver, name -> new ArrayList<>())
                                .add(entry));
            }
        }
        return byReceiver;
    }

    private static List<String> receivers(Target target, Optional<DesiredBounds> desired, Alerting alerting) {
        return Routing.receivers(
                desired.map(scheduled -> scheduled.schedule().alerts().receivers())
                        .orElse(List.of()),
                target,
                Severity.WARNING,
                alerting);
    }

    private static AlertMessage ahead(String receiver, List<DiaryEntry> entries) {
        DiaryEntry first = entries.get(0);
        String target = named(first);
        String headline = entries.size() == 1
                ? target + ": " + first.text()
                : entries.size() + " targets will not be written at their next edge, the first is " + target + ": "
                        + first.text();
        String listed = entries.stream()
                .skip(1)
                .limit(LISTED)
                .map(entry -> named(entry) + ": " + entry.text() + "\n")
                .collect(Collectors.joining());
        int more = entries.size() - 1 - LISTED;
        return message(
                "notice/ahead/" + target + "@" + first.at(),
                receiver,
                headline,
                listed + (more > 0 ? "and " + more + " more\n" : "") + "./tidewatch preview, ./tidewatch status",
                first);
    }

    private static String named(DiaryEntry entry) {
        return entry.target().map(Target::toString).orElse("");
    }

    private static AlertMessage message(String id, String receiver, String headline, String text, DiaryEntry entry) {
        return new AlertMessage(
                Envelope.id(id + "/" + receiver).of(id).to(receiver),
                List.of(),
                Moment.NOTICE,
                Severity.WARNING,
                Text.headline(AlertText.line(headline)).body(text),
                Times.at(entry.at()));
    }
}
