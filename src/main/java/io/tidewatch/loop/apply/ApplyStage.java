package io.tidewatch.loop.apply;

import io.tidewatch.cluster.InFlight;
import io.tidewatch.loop.DiagnoseStage;
import io.tidewatch.loop.Shutdown;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.Busy;
import io.tidewatch.plan.Lane;
import io.tidewatch.plan.Turns;
import io.tidewatch.plan.Urgency;
import io.tidewatch.text.SkippedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Carries out the most urgent of a plan through the one door, in a slice of time that a pass can spare. What is left is
 * decided anew by the next pass, which is due at once. A request that is under way when its slice ends goes on; its answer
 * belongs to a later pass, and nothing else is sent for its target before.
 *
 * <p>What was created a moment ago is not created again while the caches have not seen it, no write is sent upon a version
 * that one of ours has replaced, and what was refused is not sent again before its pause is over.
 */
public final class ApplyStage implements DiagnoseStage.UnsentWrites {

    /** How long a pass may spend on writing, in time as it is. */
    public static final Duration LONGEST_SLICE = Duration.ofSeconds(2);

    /** Even where an edge is near, so that edges that are close to each other do not keep everything waiting. */
    private static final Duration SHORTEST_SLICE = Duration.ofMillis(250);

    private static final Duration SEEN_AT_LAST = Duration.ofSeconds(30);

    /** How long a namespace counts as slow after an answer that took longer than a slice, unless a prompt one comes. */
    private static final Duration SLOW = Duration.ofMinutes(1);

    /** Events, and dry runs of edges ahead, while a write that is due waits for its turn. */
    private static final int SHARE_OF_THE_REST = 10;

    private static final int SHARE_OF_DRY_RUNS = 4;

    private final Writer writer;
    private final Clock clock;
    private final Countdown countdown;
    private final InFlight places;
    private final int most;
    private final int perSecond;
    private final Shutdown shutdown;
    private final Map<ObjectKey, Instant> created = new HashMap<>();
    private final SupersededVersions written = new SupersededVersions();
    private final RejectionBackoff refused = new RejectionBackoff();
    private final Map<Target, WriteInFlight> underWay = new LinkedHashMap<>();
    private final Map<String, Long> slow = new HashMap<>();
    private final Map<Target, Long> attempts = new HashMap<>();
    private final List<Outcome> arrived = new ArrayList<>();
    private final Set<Target> unsent = new HashSet<>();
    private Turns turns = Turns.NONE;
    private Slice slice = Slice.OVER;
    private volatile boolean waiting;

    /** Whether an answer came after the pass had looked at its target. */
    private boolean decidedTooSoon;

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
     * @param perSecond how many requests that write may be sent in a second
     */
    public ApplyStage(
            Writer writer,
            Clock clock,
            Countdown countdown,
            InFlight places,
            int most,
            int perSecond,
            Shutdown shutdown) {
        this.writer = writer;
        this.clock = clock;
        this.countdown = countdown;
        this.places = places;
        this.most = most;
        this.perSecond = perSecond;
        this.shutdown = shutdown;
    }

    /** Begins a slice: sorts out what need not be sent now, and puts the rest in line. */
    public synchronized Pass begin(Pass pass) {
        Instant now = clock.instant();
        List<Action> planned = pass.plan().actions();
        withdrawUnsent();
        // what was created at an instant that is still to come was so before the clock was set back
        created.values().removeIf(at -> !now.isBefore(at.plus(SEEN_AT_LAST)) || now.isBefore(at));
        written.retain(pass.observation().targets().keySet());
        refused.forget(planned, now);
        Set<Target> answered =
                arrived.stream().map(outcome -> outcome.action().target()).collect(Collectors.toSet());
        decidedTooSoon = false;
        List<Action> desired = new ArrayList<>();
        Map<Target, Skipped> skipped = new LinkedHashMap<>();
        for (Action action : planned) {
            WriteInFlight before = underWay.get(action.target());
            if (before != null) {
                skipped.putIfAbsent(action.target(), underWay(before));
            } else if (answered.contains(action.target())) {
                decidedTooSoon = true;
            } else {
                Guard.attempt("apply", () -> known(action, now), fault -> Optional.of(failed(action, fault)))
                        .ifPresentOrElse(arrived::add, () -> desired.add(action));
            }
        }
        attempts.keySet().retainAll(planned.stream().map(Action::target).collect(Collectors.toSet()));
        slice = desired.isEmpty() ? Slice.OVER : sliceOf(lanes(pass, desired), length(pass));
        turns = turns.among(slice.lines());
        waiting = !slice.isEmpty();
        return skipped.isEmpty() ? pass : pass.with(pass.plan().skipping(List.copyOf(skipped.values())));
    }

    private List<Lane> lanes(Pass pass, List<Action> desired) {
        Map<Target, List<Action>> byTarget = new LinkedHashMap<>();
        desired.forEach(action -> byTarget.computeIfAbsent(action.target(), target -> new ArrayList<>())
                .add(action));
        List<Lane> lanes = new ArrayList<>();
        byTarget.forEach((target, actions) -> Guard.attempt(
                        "apply", () -> Optional.of(Lane.of(pass, target, actions)), fault -> {
                            arrived.add(failed(actions.get(0), fault));
                            return Optional.<Lane>empty();
                        })
                .ifPresent(lanes::add));
        return Lane.inOrder(lanes, attempts);
    }

    private static Slice sliceOf(List<Lane> lanes, Duration length) {
        long begun = System.nanoTime();
        return new Slice(lanes, begun + length.toNanos() / 2, begun + length.toNanos());
    }

    /** A slice ends where the next edge begins, one that has come since the pass looked at the time included. */
    private Duration length(Pass pass) {
        Duration free = pass.agenda().next().stream()
                .filter(edge -> edge.isAfter(pass.agenda().at()))
                .findFirst()
                .map(countdown::until)
                .orElse(LONGEST_SLICE);
        Duration longest = free.compareTo(LONGEST_SLICE) < 0 ? free : LONGEST_SLICE;
        return longest.compareTo(SHORTEST_SLICE) > 0 ? longest : SHORTEST_SLICE;
    }

    private static Skipped underWay(WriteInFlight sending) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sending.chosenAt());
        return new Skipped(
                sending.action().target(), Skipped.UNDER_WAY, SkippedText.underWay(seconds), Skipped.UNDER_WAY);
    }

    /** What would come of an action, where that is known without asking. */
    private Optional<Outcome> known(Action action, Instant now) {
        if (createdBy(action).filter(created::containsKey).isPresent()) {
            return Optional.of(new Outcome.Outdated(action, now, "created a moment ago, not seen yet"));
        }
        if (written.isOld(action)) {
            return Optional.of(new Outcome.Outdated(action, now, "written a moment ago, not seen yet"));
        }
        return refused.answer(action, now);
    }

    private static Optional<ObjectKey> createdBy(Action action) {
        return action instanceof Action.ApplyManifest apply && apply.on().isEmpty()
                ? Optional.of(apply.key())
                : Optional.empty();
    }

    /**
     * The actions of the slice that has begun, each once there is a place for it; {@link WriteInFlight#NONE} where time is over
     * before. Whether there is one more is told at once, since Camel asks that before it sends the one before.
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
    public boolean isChosen(WriteInFlight sending) {
        return sending.isChosen();
    }

    private synchronized boolean mayFollow() {
        return timeToSend() > 0 && (!slice.isEmpty() || comesBack());
    }

    private Optional<WriteInFlight> choose() {
        try {
            while (awaitLine()) {
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
        return slice.sendsUntil() - System.nanoTime();
    }

    /** Whether there is a line that may send while there is time to. */
    private synchronized boolean awaitLine() throws InterruptedException {
        long left = timeToSend();
        while (mayFollow()) {
            if (slice.next(turns, busy()).isPresent()) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = timeToSend();
        }
        return false;
    }

    /** Whether a target has more to write once what is under way is answered. */
    private boolean comesBack() {
        return underWay.values().stream()
                .anyMatch(sending ->
                        isOfThisSlice(sending) && sending.lane().rest().isPresent());
    }

    private synchronized Optional<WriteInFlight> take() {
        return slice.next(turns, busy()).map(next -> {
            WriteInFlight chosen = new WriteInFlight(slice.take(next.line()), slice, System.nanoTime());
            turns = next.after();
            attempts.put(chosen.lane().target(), turns.turn());
            underWay.put(chosen.lane().target(), chosen);
            return chosen;
        });
    }

    private Busy busy() {
        return Busy.of(
                most,
                underWay.values().stream().map(sending -> sending.lane().line()).toList(),
                slowNow());
    }

    /** Namespaces with a request that has been under way for longer than a slice, or had one a moment ago. */
    private Set<String> slowNow() {
        long now = System.nanoTime();
        slow.values().removeIf(until -> until - now < 0);
        Set<String> found = new HashSet<>(slow.keySet());
        underWay.values().stream()
                .filter(sending -> now - sending.chosenAt() > LONGEST_SLICE.toNanos())
                .forEach(sending -> found.add(sending.lane().target().namespace()));
        return found;
    }

    /**
     * Carries an action out. Whatever is thrown that is no answer of the API server is an outcome as well.
     *
     * @return whether its answer came too late for its slice, so that another pass is needed to tell of it
     */
    public boolean carryOut(WriteInFlight sending) {
        if (!sending.send()) {
            return false;
        }
        Optional<Outcome> outcome = Optional.empty();
        boolean late;
        try {
            outcome = Optional.of(Guard.attempt(
                    "apply", () -> writer.write(sending.action()), fault -> failed(sending.action(), fault)));
        } finally {
            late = answered(sending, outcome);
        }
        return late;
    }

    private Outcome failed(Action action, Fault fault) {
        return shutdown.isStopping()
                ? new Outcome.Unavailable(action, clock.instant(), false, "Tidewatch is stopping")
                : new Outcome.Failed(action, clock.instant(), fault);
    }

    private synchronized boolean answered(WriteInFlight sending, Optional<Outcome> outcome) {
        underWay.remove(sending.lane().target());
        places.leave();
        long now = System.nanoTime();
        if (now - sending.chosenAt() > LONGEST_SLICE.toNanos()) {
            slow.put(sending.lane().target().namespace(), now + SLOW.toNanos());
        } else {
            slow.remove(sending.lane().target().namespace());
        }
        outcome.ifPresent(came -> learn(sending, came));
        if (isOfThisSlice(sending)) {
            sending.lane().rest().ifPresent(slice::putBack);
        }
        notifyAll();
        return !isOfThisSlice(sending);
    }

    private void learn(WriteInFlight sending, Outcome outcome) {
        Action action = sending.action();
        arrived.add(outcome);
        refused.learn(action, outcome, isDue(sending));
        written.learn(action, outcome);
        if (outcome instanceof Outcome.Done) {
            createdBy(action).ifPresent(key -> created.put(key, outcome.at()));
        }
    }

    /** Whether a minimum waits for it. What does not exist yet has no minimum that could be due. */
    private static boolean isDue(WriteInFlight sending) {
        return sending.action() instanceof Action.SetMinReplicas
                || (sending.lane().line().urgency() == Urgency.RAISE
                        && createdBy(sending.action()).isEmpty());
    }

    @SuppressWarnings("ReferenceEquality") // a slice is itself and no other
    private boolean isOfThisSlice(WriteInFlight sending) {
        return sending.slice() == slice;
    }

    /** Ends a slice: what came of it, and of earlier ones since; what is left is due at once. */
    public synchronized Pass end(Pass pass) {
        awaitAnswers();
        withdrawUnsent();
        Set<Target> left = slice.left();
        unsent.clear();
        left.stream().filter(target -> !attempts.containsKey(target)).forEach(unsent::add);
        waiting = !left.isEmpty();
        slice = Slice.OVER;
        Plan plan = waiting(pass.plan(), left);
        Optional<Instant> again =
                left.isEmpty() && !decidedTooSoon ? refused.next(plan.actions()) : Optional.of(clock.instant());
        Plan looked = again.map(plan::checkAgainAt).orElse(plan);
        List<Outcome> outcomes = List.copyOf(arrived);
        arrived.clear();
        return outcomes.isEmpty() && looked.equals(pass.plan())
                ? pass
                : pass.with(looked).with(outcomes);
    }

    private static Plan waiting(Plan plan, Set<Target> left) {
        String words = SkippedText.waitsForTurn(left.size() - 1);
        return plan.skipping(left.stream()
                .map(target -> new Skipped(target, Skipped.WAITS_FOR_TURN, words, Skipped.WAITS_FOR_TURN))
                .toList());
    }

    /** Nobody waits for a namespace that is known to be slow. */
    private void awaitAnswers() {
        try {
            long left = slice.endsAt() - System.nanoTime();
            while (left > 0 && isAnswerDue()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = slice.endsAt() - System.nanoTime();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnswerDue() {
        Set<String> slowOnes = slowNow();
        return underWay.values().stream()
                .filter(this::isOfThisSlice)
                .anyMatch(sending -> !sending.isSent()
                        || !slowOnes.contains(sending.lane().target().namespace()));
    }

    /** What was chosen and never sent, since its slice is over, waits again. */
    private void withdrawUnsent() {
        for (WriteInFlight sending : List.copyOf(underWay.values())) {
            if (sending.withdraw()) {
                underWay.remove(sending.lane().target());
                places.leave();
                if (isOfThisSlice(sending)) {
                    slice.putBack(sending.lane());
                }
            }
        }
    }

    @Override
    public synchronized Set<Target> unsent() {
        return Set.copyOf(unsent);
    }

    /** How many Events may be written in a second: all turns while nothing else waits for one. */
    public int eventsPerSecond() {
        return waiting ? whileWritesWait() : perSecond;
    }

    /** How many dry runs may be sent in a second: a quarter of the turns while nothing waits for one. */
    public int dryRunsPerSecond() {
        return waiting ? whileWritesWait() : Math.max(1, perSecond / SHARE_OF_DRY_RUNS);
    }

    private int whileWritesWait() {
        return Math.max(1, perSecond / SHARE_OF_THE_REST);
    }
}
