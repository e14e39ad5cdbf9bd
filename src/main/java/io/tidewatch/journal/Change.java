package io.tidewatch.journal;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A change of the journal. To write it twice has the same effect as to write it once, except for lines of the diary. */
sealed interface Change {

    void write(Tables tables) throws SQLException;

    void keep(LiveRecords live);

    /** The number of lines and steps that are lost when this change is dropped. */
    default int lines() {
        return 0;
    }

    /** The approximate number of characters in this change. */
    default long size() {
        return 100;
    }

    record Reported(
            List<DiaryEntry> diary,
            List<Incident> opened,
            List<Incident> ended,
            List<Step> steps,
            List<AlertMessage> messages)
            implements Change {

        public Reported {
            diary = List.copyOf(diary);
            opened = List.copyOf(opened);
            ended = List.copyOf(ended);
            steps = List.copyOf(steps);
            messages = List.copyOf(messages);
        }

        static Reported lines(List<DiaryEntry> diary) {
            return new Reported(diary, List.of(), List.of(), List.of(), List.of());
        }

        static Reported messages(List<AlertMessage> messages) {
            return new Reported(List.of(), List.of(), List.of(), List.of(), messages);
        }

        boolean isEmpty() {
            return diary.isEmpty() && opened.isEmpty() && ended.isEmpty() && steps.isEmpty() && messages.isEmpty();
        }

        @Override
        public void write(Tables tables) throws SQLException {
            tables.diary().add(diary);
            for (Incident incident : opened) {
                tables.incidents().open(incident);
            }
            for (Incident incident : ended) {
                tables.incidents().end(incident);
            }
            for (Step step : steps) {
                tables.steps().learned(step);
            }
            for (AlertMessage message : messages) {
                tables.outbox().put(message);
            }
        }

        @Override
        public void keep(LiveRecords live) {
            live.reported(this);
        }

        @Override
        public int lines() {
            return diary.size() + steps.size();
        }

        @Override
        public long size() {
            return 100L
                    + diary.stream()
                            .mapToLong(entry -> 100L + entry.text().length())
                            .sum()
                    + messages.stream().mapToLong(LiveRecords::size).sum()
                    + 500L * (opened.size() + ended.size() + steps.size());
        }
    }

    record HandedOut(List<String> messages, Instant at) implements Change {

        public HandedOut {
            messages = List.copyOf(messages);
        }

        @Override
        public void write(Tables tables) throws SQLException {
            for (String id : messages) {
                tables.outbox().handedOut(id, at);
            }
        }

        @Override
        public void keep(LiveRecords live) {
            live.handedOut(messages, at);
        }
    }

    record Acknowledged(String message, Instant at) implements Change {

        @Override
        public void write(Tables tables) throws SQLException {
            tables.outbox().acknowledged(message, at);
        }

        @Override
        public void keep(LiveRecords live) {
            live.acknowledged(message, at);
        }
    }

    record Failed(String message, Instant nextAttempt, String error) implements Change {

        @Override
        public void write(Tables tables) throws SQLException {
            tables.outbox().failed(message, nextAttempt, error);
        }

        @Override
        public void keep(LiveRecords live) {
            live.failed(message, nextAttempt, error);
        }
    }

    /** A message that is never sent, because too many wait or its receiver does not exist any more. */
    record Dropped(String message) implements Change {

        @Override
        public void write(Tables tables) throws SQLException {
            tables.outbox().remove(message);
        }

        @Override
        public void keep(LiveRecords live) {
            live.dropped(message);
        }
    }

    record Followed(Map<Target, Update> updates) implements Change {

        public Followed {
            updates = Map.copyOf(updates);
        }

        @Override
        public void write(Tables tables) throws SQLException {
            tables.updates().keep(updates);
        }

        @Override
        public void keep(LiveRecords live) {
            live.follow(updates);
        }
    }
}
