package io.tidewatch.journal.content;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The records of Tidewatch: diary, incidents, steps and the outbox. An implementation says whether it may throw.
 */
public interface Records {

    /**
     * Records a report and the messages about it, before any of them is sent. A message replaces a message with the same id that
     * was not handed out yet; after that the first message stays.
     */
    void record(Report report, List<AlertMessage> messages);

    /**
     * The same for messages that depend on the running conversations. No message is handed out between the call of {@code
     * messages} and the record.
     *
     * @param messages gets the conversations that had an open incident before this report; it must not call these records
     */
    void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages);

    /** Adds lines to the diary that do not come from a pass, for example a start or a commit that was rejected. */
    void note(List<DiaryEntry> entries);

    /**
     * Hands out the messages to send now: for each receiver the message that has been due for longest, and of each conversation
     * only the earliest message.
     *
     * @param busy receivers that get no message now
     */
    List<DueMessage> due(Instant now, Set<String> busy);

    /**
     * The instant at which the next message is due, which may be in the past; empty when all are delivered.
     *
     * @param busy receivers whose messages do not count
     */
    Optional<Instant> nextDue(Set<String> busy);

    /** A receiver accepted the message: it is never due again. */
    void acknowledged(String id, Instant now);

    /** The receiver did not accept the message: it is due again later. */
    void failed(String id, Instant nextAttempt, String error);

    /** The message was handed out and is not sent now, because another process leads, which need not wait for it. */
    void notSent(String id);

    boolean knowsMessage(String id);

    /** The open incidents; where a target has several, the one that opened first. */
    Map<Target, Incident> openIncidents();

    /**
     * The lines with this code from {@code from}, inclusive, to {@code to}, exclusive, in the order of their time; empty where
     * the file cannot be read now.
     */
    Optional<List<DiaryEntry>> lines(String code, Instant from, Instant to);

    /**
     * Sends messages for receivers that do not exist to other receivers instead.
     *
     * @param exist the names of all receivers there are
     * @param instead the receivers that get the messages; if empty, the messages stay as they are
     * @return the names of receivers that do not exist and have messages waiting
     */
    Set<String> readdress(Set<String> exist, List<String> instead);

    /** The latest few lines of each code about each of these targets since {@code from}, inclusive, in the order of their time. */
    List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from);

    /** Replaces the updates of Rollouts that are followed. */
    void follow(Map<Target, Update> followed);

    /** The latest steps, the newest first. */
    List<Step> latestSteps(Scope of, int most);

    /**
     * Deletes older lines, steps, resolved incidents, and messages that were accepted. Open incidents, their first messages, and
     * messages that no receiver accepted stay, however old.
     *
     * @return the number of deleted rows
     */
    int forget(Instant before);
}
