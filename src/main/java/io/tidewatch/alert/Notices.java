package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.AlertMessage.Moment;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import java.util.List;
import java.util.stream.Stream;

/** What a person must be told once and what has no end: a schedule was removed while its window was open. */
public final class Notices {

    private Notices() {}

    static List<AlertMessage> of(List<DiaryEntry> diary, Alerting alerting) {
        return diary.stream()
                .filter(entry -> entry.code().equals(DiaryEntry.REMOVED_IN_WINDOW))
                .flatMap(entry -> entry.target().stream().flatMap(target -> of(entry, target, alerting)))
                .toList();
    }

    private static Stream<AlertMessage> of(DiaryEntry entry, Target target, Alerting alerting) {
        String id = "notice/" + target + "@" + entry.at();
        String line = target + ": " + entry.text();
        return Routing.receivers(target, Severity.WARNING, alerting).stream()
                .map(receiver -> new AlertMessage(
                        id + "/" + receiver,
                        id,
                        List.of(),
                        receiver,
                        Moment.NOTICE,
                        Severity.WARNING,
                        Wording.line(line),
                        "The window's capacity is gone from now on. If that was not meant, put the schedule back;"
                                + " the next commit opens the window again.\n./tidewatch history " + target,
                        entry.at(),
                        entry.at()));
    }
}
