package io.tidewatch.app;

import io.tidewatch.cluster.Fence;
import io.tidewatch.cluster.lease.Elector;
import io.tidewatch.cluster.lease.LeaderListener;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.RivalStage;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ProcessMark;
import io.tidewatch.model.report.LeaderState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process leads. With an election it leads while it holds the Lease, and marks its writes with the term. Without one
 * it is alone, and marks them with its process, until another process of the same instance is found.
 */
final class Leader implements Leadership, Fence, LeaderListener, RivalStage.Rivals {

    private static final Logger log = LoggerFactory.getLogger(Leader.class);

    private final ProcessMark process;
    private volatile Changes changes = Changes.NONE;
    private volatile @Nullable Elector elector;
    private volatile boolean stoodDown;

    /** Open as long as it is not known whether this process leads. */
    private final CountDownLatch decided = new CountDownLatch(1);

    /** What is to be done when the leadership changes. No method may wait. */
    interface Changes {

        Changes NONE = new Changes() {

            @Override
            public void reports() {}

            @Override
            public void follows() {}

            @Override
            public void isReplacedBy(String other) {}

            @Override
            public void line(String code, String text) {}

            @Override
            public void metRival(String why) {}
        };

        /** This process leads from now on, or reports at least, because no leader is known. */
        void reports();

        /** Another process leads, or none that is known. */
        void follows();

        /**
         * Another process leads for certain, so that it reports what is open now.
         *
         * @param other its identity
         */
        void isReplacedBy(String other);

        /** A line for people. */
        void line(String code, String text);

        /** Another process writes as the same instance. */
        void metRival(String why);
    }

    /** @param process the mark of this one */
    Leader(ProcessMark process) {
        this.process = process;
    }

    /** From now on there is an election. To be called before its first request. */
    void elect(Elector by) {
        elector = by;
    }

    /** To be called before the first pass, and before the first request of an election. */
    void tell(Changes told) {
        changes = told;
    }

    /** Whether it is not known yet whether this replica leads or follows. */
    boolean isUndecided() {
        return elector != null && decided.getCount() > 0;
    }

    /**
     * Waits until it is known whether this process leads or follows, and not longer than this. A pass before would be nobody's: it writes
     * nothing, and its report is told to nobody.
     */
    void awaitDecision(Duration longest) {
        try {
            if (elector != null && !decided.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                log.debug("it is not known yet which replica leads");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether this process reports. It may do so where it may not write: in an outage of the API server nobody can be elected, and
     * where a rival was found, somebody must tell.
     */
    @Override
    public boolean leads() {
        Elector election = elector;
        return election == null || election.isOff() || election.reports();
    }

    /** Whether anything may be written to the cluster. */
    boolean mayWrite() {
        return marks().isPresent();
    }

    @Override
    public Optional<Map<String, String>> marks() {
        Elector election = elector;
        if (election != null && !election.isOff()) {
            OptionalInt term = election.term();
            return term.isPresent()
                    ? Optional.of(Map.of(Annotations.TERM, Integer.toString(term.getAsInt())))
                    : Optional.empty();
        }
        return stoodDown ? Optional.empty() : Optional.of(Map.of(Annotations.PROCESS, process.text()));
    }

    /** What is known now. */
    LeaderState state() {
        Elector election = elector;
        return election == null || election.isOff()
                ? new LeaderState(
                        mayWrite(),
                        process.id(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        stoodDown ? Optional.of("another process writes as the same instance") : Optional.empty())
                : new LeaderState(mayWrite(), process.id(), election.leader(), election.term(), election.whyNobody());
    }

    @Override
    public void leads(int term) {
        boolean isFirst = isUndecided();
        begin();
        if (!isFirst) {
            changes.line("leads", "this replica leads from now on, in term " + term);
        }
    }

    @Override
    public void follows(String leader) {
        decided.countDown();
        changes.follows();
        changes.line("follows", "this replica writes nothing: " + leader + " leads");
    }

    @Override
    public void isLedBy(String other) {
        changes.isReplacedBy(other);
    }

    @Override
    public void reportsOnly(String why) {
        changes.line("no-leader", "this replica writes nothing: " + why);
        begin();
    }

    private void begin() {
        decided.countDown();
        changes.reports();
    }

    @Override
    public void electsNobody(String why) {
        changes.line(
                "no-election",
                "no leader election, so run one replica only: the Lease may not be written (" + why + ")");
        begin();
    }

    @Override
    public boolean isElected() {
        Elector election = elector;
        return election != null && !election.isOff();
    }

    @Override
    public void found(String rival) {
        if (isElected()) {
            changes.metRival(
                    "another process writes as the same instance and takes no part in the election: " + rival
                            + ". Set tidewatch.leaderElection.enabled there as here, and the same namespace of the Lease, or stop it");
        } else {
            stoodDown = true;
            changes.metRival("another process writes as the same instance: " + rival + ", and this one is "
                    + process.text() + ". This one writes nothing any more. Stop the other one and restart this one,"
                    + " or stop this one");
        }
    }
}
