package io.tidewatch.loop.apply;

import io.tidewatch.cluster.InFlight;
import io.tidewatch.loop.DiagnoseStage;
import io.tidewatch.loop.Shutdown;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.Lane;
import io.tidewatch.text.SkippedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Carries out the most urgent actions of a plan through the only writer to the cluster, for a bounded part of a pass. The next
 * pass, which is due immediately, decides anew on the rest. A request that is under way when the slice ends continues. Its answer
 * belongs to a later pass, and no other request is sent for its target before the answer.
 *
 * <p>{@link WriteMemory} holds back requests whose answers are known; {@link WriteQueue} chooses the next write.
 */
public final class ApplyStage implements DiagnoseStage.UnsentWrites {

    private static final String STAGE = "apply";

    private final Writer writer;
    private final Clock clock;
    private final Countdown countdown;
    private final InFlight places;
    private final WriteShares shares;
    private final Shutdown shutdown;
    private final WriteMemory memory = new WriteMemory();
    private final WriteQueue queue;

    /** The outcomes that no pass has reported yet. */
    private final List<Outcome> arrived = new ArrayList<>();

    private Set<Target> unsent = Set.of();
    private volatile boolean writesWait;

    /** Whether an answer came after the pass had observed its target. */
    private boolean decidedTooEarly;

    /** The only writer to the cluster. */
    @FunctionalInterface
    public interface Writer {

        /** Carries one action out, in as many requests as it needs. */
        Outcome write(Action action);
    }

    /** How long it is until an instant, on the wall clock. */
    @FunctionalInterface
    public interface Countdown {

        Duration until(Instant instant);
    }

    /**
     * @param places taken for each action that is under way
     * @param most how many places there are
     * @param sources how many sources there are
     * @param perSecond how many requests that write may be sent in a second
     */
    public ApplyStage(
            Writer writer,
            Clock clock,
            Countdown countdown,
            InFlight places,
            int most,
            int sources,
            int perSecond,
            Shutdown shutdown) {
        this.writer = writer;
        this.clock = clock;
        this.countdown = countdown;
        this.places = places;
        this.queue = new WriteQueue(most, sources);
        this.shares = new WriteShares(perSecond);
        this.shutdown = shutdown;
    }

    /** Begins a slice: holds back what need not be sent now, and queues the rest. */
    public synchronized Pass begin(Pass pass) {
        Instant now = clock.instant();
        List<Action> planned = pass.plan().actions();
        withdrawUnsent();
        memory.forget(pass.observation().targets().keySet(), planned, now);
        Set<Target> answered = targets(arrived.stream().map(Outcome::action).toList());
        decidedTooEarly = false;
        List<Action> toSend = new ArrayList<>();
        Map<Target, Skipped> skipped = new LinkedHashMap<>();
        for (Action action : planned) {
            Optional<WriteInFlight> before = queue.underWay(action.target());
            if (before.isPresent()) {
                skipped.putIfAbsent(action.target(), underWay(before.get()));
            } else if (answered.contains(action.target())) {
                decidedTooEarly = true;
            } else {
                Guard.attempt(STAGE, () -> memory.outcome(action, now), fault -> Optional.of(failed(action, fault)))
                        .ifPresentOrElse(arrived::add, () -> toSend.add(action));
            }
        }
        queue.retain(targets(planned));
        List<Lane> lanes = lanes(pass, toSend);
        queue.begin(lanes, System.nanoTime(), lanes.isEmpty() ? 0 : length(pass).toNanos());
        writesWait = !queue.isEmpty();
        return skipped.isEmpty() ? pass : pass.with(pass.plan().skipping(List.copyOf(skipped.values())));
    }

    private static Set<Target> targets(List<Action> actions) {
        return actions.stream().map(Action::target).collect(Collectors.toSet());
    }

    private List<Lane> lanes(Pass pass, List<Action> actions) {
        Map<Target, List<Action>> byTarget = new LinkedHashMap<>();
        actions.forEach(action -> byTarget.computeIfAbsent(action.target(), target -> new ArrayList<>())
                .add(action));
        List<Lane> lanes = new ArrayList<>();
        byTarget.forEach((target, ofTarget) -> Guard.attempt(
                        STAGE, () -> Optional.of(Lane.of(pass, target, ofTarget)), fault -> {
                            arrived.add(failed(ofTarget.get(0), fault));
                            return Optional.<Lane>empty();
                        })
                .ifPresent(lanes::add));
        return lanes;
    }

    private Duration length(Pass pass) {
        return SliceLength.until(SliceLength.edge(pass.desired()).map(countdown::until));
    }

    private static Skipped underWay(WriteInFlight write) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - write.chosenAt());
        return new Skipped(
                write.action().target(), Skipped.UNDER_WAY, SkippedText.underWay(seconds), Skipped.UNDER_WAY);
    }

    /**
     * The actions of the slice that has begun, each once there is a place for it; {@link WriteInFlight#NONE} where the slice ends
     * before. {@code hasNext} does not wait for a place: Camel calls it before it sends the action before.
     */
    public Iterator<WriteInFlight> turns() {
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return mayFollow();
            }

            @Override
            public WriteInFlight next() {
                return choose().orElse(WriteInFlight.NONE);
            }
        };
    }

    /** Whether there is something to send. */
    public boolean isChosen(WriteInFlight write) {
        return write.isChosen();
    }

    private synchronized boolean mayFollow() {
        return queue.mayFollow(System.nanoTime());
    }

    private Optional<WriteInFlight> choose() {
        try {
            while (awaitReady()) {
                if (!places.enterWithin(Math.max(0, timeToSend()))) {
                    return Optional.empty();
                }
                Optional<WriteInFlight> chosen = take();
                if (chosen.isPresent()) {
                    return chosen;
                }
                places.leave();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private synchronized long timeToSend() {
        return queue.timeToSend(System.nanoTime());
    }

    /** Whether a write may be chosen before the time to send ends. */
    private synchronized boolean awaitReady() throws InterruptedException {
        long left = timeToSend();
        while (mayFollow()) {
            if (queue.isReady(System.nanoTime())) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = timeToSend();
        }
        return false;
    }

    private synchronized Optional<WriteInFlight> take() {
        return queue.take(System.nanoTime());
    }

    /**
     * Carries an action out. An exception that is no answer of the API server becomes an outcome as well.
     *
     * @return whether the answer came after its slice, so that another pass is needed to report it
     */
    public boolean carryOut(WriteInFlight write) {
        if (!write.send()) {
            return false;
        }
        Optional<Outcome> outcome = Optional.empty();
        boolean late;
        try {
            outcome = Optional.of(
                    Guard.attempt(STAGE, () -> writer.write(write.action()), fault -> failed(write.action(), fault)));
        } finally {
            late = !answered(write, outcome);
        }
        return late;
    }

    private Outcome failed(Action action, Fault fault) {
        return shutdown.isStopping()
                ? new Outcome.Unavailable(action, clock.instant(), false, "Tidewatch is stopping")
                : new Outcome.Failed(action, clock.instant(), fault);
    }

    /** @return whether the slice of the write has not ended */
    private synchronized boolean answered(WriteInFlight write, Optional<Outcome> outcome) {
        boolean inTime = queue.answered(write, System.nanoTime());
        places.leave();
        outcome.ifPresent(came -> {
            arrived.add(came);
            memory.record(write, came);
        });
        notifyAll();
        return inTime;
    }

    /** Ends a slice: gives the pass the outcomes that have arrived, late ones of earlier slices included. */
    public synchronized Pass end(Pass pass) {
        awaitAnswers();
        withdrawUnsent();
        Set<Target> left = queue.end();
        unsent = left.stream().filter(target -> !queue.isTried(target)).collect(Collectors.toUnmodifiableSet());
        writesWait = !left.isEmpty();
        Plan plan = waiting(pass.plan(), left);
        Optional<Instant> again =
                left.isEmpty() && !decidedTooEarly ? memory.next(plan.actions()) : Optional.of(clock.instant());
        Plan checked = again.map(plan::checkAgainAt).orElse(plan);
        List<Outcome> outcomes = List.copyOf(arrived);
        arrived.clear();
        return outcomes.isEmpty() && checked.equals(pass.plan())
                ? pass
                : pass.with(checked).with(outcomes);
    }

    private static Plan waiting(Plan plan, Set<Target> left) {
        String text = SkippedText.waitsForTurn(left.size() - 1);
        return plan.skipping(left.stream()
                .map(target -> new Skipped(target, Skipped.WAITS_FOR_TURN, text, Skipped.WAITS_FOR_TURN))
                .toList());
    }

    private void awaitAnswers() {
        try {
            long left = queue.timeToEnd(System.nanoTime());
            while (left > 0 && queue.isAnswerDue(System.nanoTime())) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = queue.timeToEnd(System.nanoTime());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void withdrawUnsent() {
        queue.withdrawUnsent().forEach(write -> places.leave());
    }

    @Override
    public synchronized Set<Target> unsent() {
        return unsent;
    }

    /** How many Events may be written in a second: fewer while writes wait. */
    public int eventsPerSecond() {
        return shares.events(writesWait);
    }

    /** How many dry runs may be sent in a second: fewer while writes wait. */
    public int dryRunsPerSecond() {
        return shares.dryRuns(writesWait);
    }
}
