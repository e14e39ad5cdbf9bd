package io.tidewatch.journal;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What stages write down and ask: diary, incidents, steps and the outbox. {@link Journal} is the file and throws when it cannot
 * do what is asked; {@link SafeJournal} stands in front of it and never does.
 */
public interface Records {

    /**
     * Writes down what a pass has to say, and the messages about it, before any is sent. A message whose id is known
     * takes the place of the one before until that is handed out to be sent; from then on it stays as it is.
     */
    void record(Report report, List<AlertMessage> messages);

    /**
     * The same for messages that depend on what is being told already: nothing is handed out between the look and the
     * writing.
     *
     * @param messages given the conversations of which an incident lasted before this report; must not call these records
     */
    void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages);

    /** Writes down lines that come from others than a pass: a start, a commit refused, a word of a person. */
    void note(List<DiaryEntry> entries);

    /**
     * Hands out the messages to send now: to each receiver the one that is due for longest, of one conversation only the
     * earliest.
     *
     * @param busy receivers that are to get none
     */
    List<DueMessage> due(Instant now, Set<String> busy);

    /**
     * When the next message is due, which may be in the past; empty when all are delivered.
     *
     * @param busy receivers whose messages do not count
     */
    Optional<Instant> nextDue(Set<String> busy);

    /** A receiver took it: it is never due again. */
    void acknowledged(String id, Instant now);

    /** No receiver took it: it is due again later. */
    void failed(String id, Instant nextAttempt, String why);

    boolean knowsMessage(String id);

    /** The incidents that last. */
    Map<Target, Incident> openIncidents();

    /**
     * The lines with this code from {@code from}, inclusive, to {@code to}, exclusive, in the order of their time; empty where
     * that cannot be told now.
     */
    Optional<List<DiaryEntry>> lines(String code, Instant from, Instant to);

    /**
     * Sends what waits for receivers that do not exist to others instead.
     *
     * @param exist the names of all receivers there are
     * @param instead who gets the messages; nobody: they stay where they are
     * @return the names of those that do not exist and had messages waiting
     */
    Set<String> readdress(Set<String> exist, List<String> instead);

    /** The latest few lines of each code about each of these targets since {@code from}, inclusive, in the order of their time. */
    List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from);

    /** These commits' changes of Rollouts, and no others, are followed from now on. */
    void follow(Map<Target, Update> followed);

    /** The newest first. */
    List<Step> latestSteps(int most);

    /**
     * Forgets what is older: lines, steps, incidents that ended, messages that were taken. Open incidents, what they are told
     * with, and messages that nobody took stay, however old.
     *
     * @return how many of all these
     */
    int forget(Instant before);
}
