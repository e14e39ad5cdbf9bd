package io.tidewatch.loop.apply;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.plan.Lane;
import io.tidewatch.plan.Urgency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The first action of a lane, from its choice by a slice to its answer. Safe from several threads. */
public final class WriteInFlight {

    /** No write: it can be neither sent nor withdrawn. */
    static final WriteInFlight NONE = nothing();

    private enum State {
        CHOSEN,
        SENT,
        WITHDRAWN
    }

    private final Lane lane;
    private final Slice slice;
    private final long chosenAt;
    private final Optional<Long> triedBefore;
    private final AtomicReference<State> state = new AtomicReference<>(State.CHOSEN);

    /** @param triedBefore the turn in which the target was tried last, if it was */
    WriteInFlight(Lane lane, Slice slice, long chosenAt, Optional<Long> triedBefore) {
        this.lane = lane;
        this.slice = slice;
        this.chosenAt = chosenAt;
        this.triedBefore = triedBefore;
    }

    private static WriteInFlight nothing() {
        WriteInFlight none = new WriteInFlight(
                new Lane(new Target("", ""), new Lane.Line(Urgency.MANIFEST, "", ""), List.of()),
                Slice.OVER,
                0,
                Optional.empty());
        none.withdraw();
        return none;
    }

    boolean isChosen() {
        return state.get() == State.CHOSEN;
    }

    Lane lane() {
        return lane;
    }

    Slice slice() {
        return slice;
    }

    Action action() {
        return lane.actions().get(0);
    }

    /** Of {@link System#nanoTime}. */
    long chosenAt() {
        return chosenAt;
    }

    /** The turn in which the target was tried last before this write; empty if this is the first write to it. */
    Optional<Long> triedBefore() {
        return triedBefore;
    }

    /** Marks the write as sent, unless its slice has ended before; returns whether it may be sent. */
    boolean send() {
        return state.compareAndSet(State.CHOSEN, State.SENT);
    }

    boolean isSent() {
        return state.get() == State.SENT;
    }

    /** Withdraws the write, unless it was sent before; returns whether it was withdrawn. */
    boolean withdraw() {
        return state.compareAndSet(State.CHOSEN, State.WITHDRAWN);
    }
}
