package io.tidewatch.journal.database;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.Claim;
import io.tidewatch.journal.content.DroppedMessages;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.journal.table.Tables;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records in the tables of one database. Each method is one transaction, which is on the disk when the method returns: when the process
 * is killed, a call was recorded as a whole or not at all. Each method throws a {@link JournalException} where the database cannot be
 * used. Any thread may call; other processes may read at the same time.
 */
public final class Journal implements AutoCloseable {

    private final Database database;
    private final Tables tables;
    private final SizeLimit sizeLimit;

    private Journal(Database database, Engine engine, long maxSize) {
        this.database = database;
        this.tables = Tables.of(database.statements());
        this.sizeLimit = new SizeLimit(database, engine, tables, maxSize);
    }

    /**
     * Connects to tables that were migrated.
     *
     * @param maxSize the limit of {@link #shrink} in bytes
     * @throws SQLException where no connection can be opened
     */
    public static Journal open(Engine engine, long maxSize) throws SQLException {
        Database database = new Database(engine);
        database.connect();
        return new Journal(database, engine, maxSize);
    }

    /** Whether the last use succeeded, so that its connection is still open. */
    public boolean isConnected() {
        return database.isConnected();
    }

    /** The lines of the diary with this code from {@code from}, inclusive, to {@code to}, exclusive, in the order of their time. */
    public List<DiaryEntry> entries(String code, Instant from, Instant to) {
        return read(() -> tables.diary().between(code, from, to));
    }

    /** How long the last raises of targets took, as {@link io.tidewatch.journal.table.StepTable#raises} says of each. */
    public Map<Target, List<Duration>> raises(Map<Target, Instant> before, int most) {
        return read(() -> {
            Map<Target, List<Duration>> raises = new HashMap<>();
            for (Map.Entry<Target, Instant> one : before.entrySet()) {
                raises.put(one.getKey(), tables.steps().raises(one.getKey(), one.getValue(), most));
            }
            return raises;
        });
    }

    /** What counted of a target at an instant; empty where nothing is known of it. */
    public Optional<PastDiagnosis> diagnosisAt(Target target, Instant at) {
        return read(() -> tables.diagnoses().at(target, at));
    }

    /**
     * What happened from {@code from}, inclusive, to {@code to}, exclusive.
     *
     * @param of to whom. Of one target no line is read
     * @param most of each list
     */
    public PastEvents events(Scope of, Instant from, Instant to, int most) {
        int andOne = most + 1;
        return read(() -> new PastEvents(
                        tables.incidents().between(of, from, to, andOne),
                        of.target().isPresent() ? List.of() : tables.diary().between(of, from, to, andOne),
                        tables.steps().between(of, from, to, andOne))
                .first(most));
    }

    /**
     * The story of an incident.
     *
     * @param most messages, and lines
     */
    public Optional<IncidentStory> story(String id, int most) {
        return read(() -> {
            Optional<Incident> found = tables.incidents().find(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Incident incident = found.get();
            int andOne = most + 1;
            List<IncidentStory.Told> told = tables.outbox().about(id, andOne);
            List<DiaryEntry> newest = tables.diary()
                    .between(
                            Scope.of(incident.target()),
                            incident.opened(),
                            incident.ended().map(end -> end.plusNanos(1)).orElse(Instant.MAX),
                            andOne);
            List<DiaryEntry> lines = new ArrayList<>(newest.subList(0, Math.min(most, newest.size())));
            Collections.reverse(lines);
            return Optional.of(new IncidentStory(
                    incident,
                    told.subList(0, Math.min(most, told.size())),
                    lines,
                    told.size() > most || newest.size() > most));
        });
    }

    /** The latest steps, the newest first. */
    public List<Step> latestSteps(Scope of, int most) {
        return read(() -> tables.steps().between(of, Instant.MIN, Instant.MAX, most));
    }

    /** The content that is needed in memory, with the lines of these codes. */
    public JournalContent content(Set<String> codes) {
        return read(() -> tables.content(codes));
    }

    /** From now on this process writes into the tables, and no other process that shares them. */
    public void takeOver() {
        database.inOneTransaction(() -> {
            database.sharing().takeOver();
            return true;
        });
    }

    /** Deletes older rows, as {@link io.tidewatch.journal.content.Records#forget} says. */
    public int forget(Instant before) {
        return database.write(() -> tables.forget(before));
    }

    /** Writes these changes in one transaction, in their order, except those that are in the tables already. */
    public void write(List<NumberedChange> changes) {
        database.write(() -> {
            long written = database.sharing().written();
            for (NumberedChange next : changes) {
                if (next.number() > written) {
                    next.change().recordIn(tables);
                    if (next.change() instanceof Change.Failed failed) {
                        database.sharing().release(failed.message());
                    }
                }
            }
            if (!changes.isEmpty()) {
                database.sharing()
                        .writes(Math.max(
                                written, changes.get(changes.size() - 1).number()));
            }
            return true;
        });
        sizeLimit.wrote(changes.stream().mapToLong(next -> next.change().size()).sum());
    }

    /** Writes which messages their receivers accepted. A process that does not write any more may do this: it sent them before. */
    public void writeAccepted(List<Change.Acknowledged> accepted) {
        database.inOneTransaction(() -> {
            for (Change.Acknowledged one : accepted) {
                tables.record(one);
            }
            return true;
        });
    }

    /** Claims messages, so that no other process sends them for so long. */
    public Map<String, Claim> claim(List<String> messages, Duration lease) {
        return database.write(() -> {
            Map<String, Claim> claims = new HashMap<>();
            for (String message : messages) {
                claims.put(message, database.sharing().claim(message, lease));
            }
            return claims;
        });
    }

    /** Gives up the claim of this process. One that does not write any more may do this: others wait for it. */
    public boolean release(String message) {
        return database.inOneTransaction(() -> {
            database.sharing().release(message);
            return true;
        });
    }

    /** Makes the tables agree with memory. */
    public void reconcile(JournalContent known, Instant now) {
        database.write(() -> {
            tables.reconcile(known, now);
            return true;
        });
    }

    /**
     * Drops the oldest waiting messages until {@code most} are left, those of the receiver with the most messages first, and adds
     * a line with their number to the diary; both in one transaction.
     *
     * @return the line of the diary, where messages were dropped
     */
    public Optional<DiaryEntry> dropMessagesBeyond(int most, Instant now) {
        return database.write(() -> {
            Map<String, Integer> byReceiver = tables.outbox().dropBeyond(most);
            if (byReceiver.isEmpty()) {
                return Optional.empty();
            }
            DiaryEntry line = DroppedMessages.of(now, byReceiver);
            tables.diary().add(List.of(line));
            return Optional.of(line);
        });
    }

    /**
     * Deletes the oldest rows that are not needed any more, if the rows are larger than their limit.
     *
     * @return the number of deleted lines, steps, incidents and messages
     */
    public int shrink() {
        return sizeLimit.enforce();
    }

    @Override
    public void close() {
        database.close();
    }

    private <T> T read(Database.Work<T> work) {
        return database.inOneTransaction(work);
    }
}
