package io.tidewatch.journal.content;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A change of the journal. Memory and the file make the same changes in the same order. To write a change twice has the same
 * effect as to write it once, except for lines of the diary.
 */
public sealed interface Change {

    /** @throws E where the recorder throws it; then the change may have been made in part */
    <E extends Exception> void recordIn(Recorder<E> recorder) throws E;

    /** The number of lines, steps and diagnoses that are lost when this change is dropped. */
    default int lines() {
        return 0;
    }

    /** The approximate number of characters in this change. */
    default long size() {
        return 100;
    }

    /** Whether it holds nothing but diagnoses, which are dropped before anything else. */
    default boolean isOfDiagnosesAlone() {
        return false;
    }

    /**
     * What can make each change: memory, or the tables of the file.
     *
     * @param <E> what is thrown where a change cannot be made
     */
    interface Recorder<E extends Exception> {

        void record(Reported reported) throws E;

        void record(HandedOut handedOut) throws E;

        void record(Acknowledged acknowledged) throws E;

        void record(Failed failed) throws E;

        void record(Dropped dropped) throws E;

        void record(Followed followed) throws E;
    }

    /** A report, with the messages about it. */
    record Reported(
            List<DiaryEntry> diary,
            List<Incident> opened,
            List<Incident> ended,
            List<Step> steps,
            List<PastDiagnosis> diagnoses,
            List<AlertMessage> messages)
            implements Change {

        /** Diagnoses in one change. */
        private static final int DIAGNOSES = 500;

        public Reported {
            diary = List.copyOf(diary);
            opened = List.copyOf(opened);
            ended = List.copyOf(ended);
            steps = List.copyOf(steps);
            diagnoses = List.copyOf(diagnoses);
            messages = List.copyOf(messages);
        }

        public static Reported of(Report report, List<AlertMessage> messages) {
            return new Reported(
                    report.diary(), report.opened(), report.ended(), report.steps(), report.diagnoses(), messages);
        }

        public static Reported lines(List<DiaryEntry> diary) {
            return new Reported(diary, List.of(), List.of(), List.of(), List.of(), List.of());
        }

        /**
         * The same in changes of a bounded size: first all that belongs together, then the diagnoses. Of thousands of targets at one edge they
         * are larger than all the rest.
         */
        public List<Change> parts() {
            if (diagnoses.size() <= DIAGNOSES) {
                return List.of(this);
            }
            List<Change> parts = new ArrayList<>();
            parts.add(new Reported(diary, opened, ended, steps, List.of(), messages));
            for (int from = 0; from < diagnoses.size(); from += DIAGNOSES) {
                parts.add(new Reported(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        diagnoses.subList(from, Math.min(from + DIAGNOSES, diagnoses.size())),
                        List.of()));
            }
            return parts;
        }

        /** An incident that has ended, without a word to anybody. */
        public static Reported ended(Incident incident) {
            return new Reported(List.of(), List.of(), List.of(incident), List.of(), List.of(), List.of());
        }

        public static Reported messages(List<AlertMessage> messages) {
            return new Reported(List.of(), List.of(), List.of(), List.of(), List.of(), messages);
        }

        public boolean isEmpty() {
            return hasOnlyDiagnoses() && diagnoses.isEmpty();
        }

        @Override
        public boolean isOfDiagnosesAlone() {
            return hasOnlyDiagnoses() && !diagnoses.isEmpty();
        }

        private boolean hasOnlyDiagnoses() {
            return diary.isEmpty() && opened.isEmpty() && ended.isEmpty() && steps.isEmpty() && messages.isEmpty();
        }

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }

        @Override
        public int lines() {
            return diary.size() + steps.size() + diagnoses.size();
        }

        @Override
        public long size() {
            return 100L
                    + diary.stream()
                            .mapToLong(entry -> 100L + entry.text().length())
                            .sum()
                    + messages.stream().mapToLong(OutboxEntry::size).sum()
                    + diagnoses.stream().mapToLong(PastDiagnosis::size).sum()
                    + 500L * (opened.size() + ended.size() + steps.size());
        }
    }

    /** Messages that were handed out to be sent. */
    record HandedOut(List<String> messages, Instant at) implements Change {

        public HandedOut {
            messages = List.copyOf(messages);
        }

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }
    }

    /** A message that its receiver accepted. */
    record Acknowledged(String message, Instant at) implements Change {

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }
    }

    /** A message that its receiver did not accept. */
    record Failed(String message, Instant nextAttempt, String error) implements Change {

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }
    }

    /** A message that is never sent, because too many wait or its receiver does not exist any more. */
    record Dropped(String message) implements Change {

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }
    }

    /** All updates of Rollouts that are followed from now on. */
    record Followed(Map<Target, Update> updates) implements Change {

        public Followed {
            updates = Map.copyOf(updates);
        }

        @Override
        public <E extends Exception> void recordIn(Recorder<E> recorder) throws E {
            recorder.record(this);
        }
    }
}
