package io.tidewatch.app;

import io.tidewatch.alert.PassMessages;
import io.tidewatch.config.Configuration;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.SharedDatabase;
import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.Told;
import io.tidewatch.loop.Alarm;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.RetentionStage;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.WrittenSelfIncidents;
import io.tidewatch.loop.outbox.DeliveryTimer;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.loop.outbox.ReceiverBeans;
import io.tidewatch.loop.outbox.ReceiverSockets;
import io.tidewatch.loop.outbox.ReportRecorder;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** Builds the journal and the parts that write to it: the diary, the outbox, the incidents of Tidewatch itself. */
final class JournalParts {

    private static final String OBSERVER = "-observe";

    /** Of a schema in PostgreSQL, and of an instance. */
    private static final int LONGEST_NAME = 63;

    private final Startup start;
    private final Alarms alarms;
    private final JournalNews news = new JournalNews();
    private final ReceiverSockets sockets = new ReceiverSockets();
    private final SafeJournal journal;
    private final OutboxStage outbox;
    private final ReportRecorder recorder;
    private final Diary diary;
    private final WrittenSelfIncidents incidents;
    private final MetricsParts metrics;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param output given each line of the diary after the journal */
    JournalParts(Startup start, Alarms alarms, Leader leader, MetricsParts metrics, Consumer<DiaryEntry> output) {
        this.start = start;
        this.alarms = alarms;
        this.metrics = metrics;
        Configuration configuration = start.configuration();
        this.journal = start.edges().add(open(start, leader.isUndecided() ? Duty.STAND_BY : Duty.LEAD, news));
        this.outbox = new OutboxStage(
                journal,
                leader,
                configuration::alerting,
                start.clock(),
                alarms.clock(Alarm.OUTBOX),
                DeliveryTimer.inRealTime(),
                sockets);
        this.recorder = new ReportRecorder(journal, configuration::alerting);
        this.diary = new Diary(journal, recorder, leader, start.clock(), output);
        start.edges().add((AutoCloseable) diary::close);
        this.incidents = new WrittenSelfIncidents(
                journal::openIncidentsOfTidewatch, this::writeIncidentsOfTidewatch, leader, start.clock());
    }

    /** @param duty of a process with a journal that replicas share; a file is its own */
    private static SafeJournal open(Startup start, Duty duty, JournalNews news) {
        Configuration configuration = start.configuration();
        Set<String> codes = PassMessages.remedies();
        return database(configuration, start.mode())
                .map(shared -> SafeJournal.open(shared, start.clock(), codes, configuration.maxSize(), duty, news))
                .orElseGet(() -> SafeJournal.open(
                        configuration.stateDirectory(), start.clock(), codes, configuration.maxSize(), news));
    }

    /** Where replicas share the journal. */
    static Optional<SharedDatabase> database(Configuration configuration, RunMode mode) {
        return configuration
                .database()
                .map(shared -> new SharedDatabase(
                        shared.jdbcUrl(),
                        schema(configuration.instance(), mode),
                        shared.username().map(Function.identity()),
                        shared.password().map(Function.identity())));
    }

    /** An observer takes part in no election, so that it must not write the journal of the process that it looks over the shoulder of. */
    static String schema(String instance, RunMode mode) {
        return mode == RunMode.OBSERVE
                ? instance.substring(0, Math.min(instance.length(), LONGEST_NAME - OBSERVER.length())) + OBSERVER
                : instance;
    }

    /** Messages about Tidewatch itself are sent at once: no pass wakes the outbox for them. */
    private void writeIncidentsOfTidewatch(Report report) {
        diary.write(Pass.NONE, report);
        metrics.reported(report);
        alarms.ring(Alarm.OUTBOX);
    }

    /**
     * What another replica wrote meanwhile counts now, and what waited for a leader is written and sent.
     *
     * @param elected whether this replica leads, or only reports because no leader is known
     */
    void lead(boolean elected) {
        if (isShared() && elected) {
            journal.takeOver();
        } else if (isShared()) {
            journal.takeOverUntilReplaced();
        }
        incidents.lead();
        diary.lead();
        alarms.ring(Alarm.OUTBOX);
    }

    /**
     * Another replica writes the diary and sends the messages from now on. While the journal was away, this one may have told receivers of
     * incidents that no other one knows, so it ends these itself.
     *
     * @param known who leads, as far as that is known
     */
    void follow(LeaderState known) {
        if (isShared()) {
            String outcome = known.leader().orElse("another replica") + " leads now, and reports what is still wrong";
            List<Conversation> alone =
                    journal.standBy(outcome).stream().map(Told::conversation).toList();
            if (!alone.isEmpty()) {
                outbox.farewell(recorder.ends(alone, outcome, start.clock().instant()));
                alarms.ring(Alarm.OUTBOX);
            }
        }
        TakeoverLoss.warning(known, isShared())
                .filter(warning -> warned.compareAndSet(false, true))
                .ifPresent(warning -> diary.lineInBackground(TakeoverLoss.CODE, warning));
    }

    /**
     * A replica with a journal of its own reports what is open, and knows nothing of the messages that this one had not sent. Days later
     * they would be news of problems that have ended.
     *
     * @param other its identity
     */
    void isReplacedBy(String other) {
        if (!isShared()) {
            journal.whenRead(
                    () -> diary.inBackground("what another replica reports", () -> journal.giveUpUntold(other)));
        }
    }

    /** Whether replicas share the journal. */
    boolean isShared() {
        return start.configuration().database().isPresent();
    }

    /** Opens incidents for trouble of the journal and of receivers from now on. */
    void reportIncidents() {
        start.edges().add(incidents);
        journal.whenRead(incidents::journalWasRead);
        news.reportTo(incidents);
        outbox.reportTo(incidents);
        outbox.tell(metrics);
    }

    void bind(Registry registry) {
        registry.bind("outbox", outbox);
        registry.bind(
                "retention",
                new RetentionStage(journal, start.clock(), start.configuration().keep()));
        ReceiverBeans.of(start.configuration().alerting().receivers(), sockets).forEach(registry::bind);
    }

    SafeJournal journal() {
        return journal;
    }

    Diary diary() {
        return diary;
    }

    WrittenSelfIncidents incidents() {
        return incidents;
    }

    /** Whether receivers have been sent all that there is to send. */
    boolean isAllReported() {
        return incidents.isSettled() && outbox.isQuiet();
    }
}
