package io.tidewatch.view;

import io.tidewatch.model.diagnosis.State;

/** How a target, or all of them together, stand, for one look. */
public enum Mood {
    /** As it should be. */
    GOOD("good"),

    /** On its way, and in time. */
    BUSY("busy"),

    /** Somebody is needed. */
    BAD("bad"),

    /** Not known. */
    UNKNOWN("unknown");

    private final String word;

    Mood(String word) {
        this.word = word;
    }

    public static Mood of(State state) {
        if (state == State.UNKNOWN) {
            return UNKNOWN;
        }
        if (state.isProblem()) {
            return BAD;
        }
        return state.isConverged() ? GOOD : BUSY;
    }

    /** The same for a target that has an open incident: somebody was told, whatever its state is by now. */
    public static Mood of(State state, boolean inTrouble) {
        return inTrouble && of(state) != UNKNOWN ? BAD : of(state);
    }

    /** The word of JSON, of class names and of the favicon. */
    public String word() {
        return word;
    }
}
