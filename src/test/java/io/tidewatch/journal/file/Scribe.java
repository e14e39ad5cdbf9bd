package io.tidewatch.journal.file;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static io.tidewatch.journal.content.JournalSamples.numbered;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Incident;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process of its own that writes until it is killed, and prints each call that has returned. */
final class Scribe {

    static final long MAX_SIZE = 256L << 20;

    private Scribe() {}

    public static void main(String[] arguments) {
        int from = Integer.parseInt(arguments[1]);
        try (Journal journal =
                new JournalFile(Path.of(arguments[0]), MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen()) {
            for (int i = from; ; i++) {
                String id = "i" + i;
                Incident incident = new Incident(
                        id,
                        new Target("shop", id),
                        Optional.empty(),
                        State.AVAILABILITY_LAG,
                        Optional.of(Cause.UNSCHEDULABLE),
                        Severity.WARNING,
                        List.of("a", "b"),
                        NIGHT,
                        Optional.empty(),
                        "summary");
                journal.write(numbered(Change.Reported.of(
                        JournalSamples.opened(incident, line(NIGHT.plusNanos(i), id)),
                        List.of(message(id, "a", Moment.OPENED, NIGHT), message(id, "b", Moment.OPENED, NIGHT)))));
                System.out.println("recorded " + i);
                journal.write(numbered(new Change.Acknowledged(id + "/OPENED/a", NIGHT)));
                System.out.println("acknowledged " + i);
                System.out.flush();
            }
        }
    }
}
