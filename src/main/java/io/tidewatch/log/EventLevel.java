package io.tidewatch.log;

import io.tidewatch.model.diagnosis.State;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The log level of each event of the diary. */
final class EventLevel {

    private static final Set<String> ERRORS = Set.of("internal-error");

    /** Codes of events that are expected, or that a person caused. */
    private static final Set<String> USUAL = Set.of(
            "applied",
            "available",
            "commit-read",
            "connected",
            "deadline-extended",
            "deadline-restored",
            "deadline-stays",
            "frozen",
            "held",
            "before-down",
            "waits-for-turn",
            "under-way",
            "being-deleted",
            "following",
            "follows",
            "hpa-followed",
            "incident-ended",
            "leads",
            "minimum-set",
            "nudged",
            "observing",
            "ownership",
            "pods-not-followed",
            "raised-by-hand",
            "remedy-removed",
            "replicas-handed-over",
            "restarted",
            "status-cured",
            "update-finished",
            "update-paused",
            "update-superseded",
            "written-after-all");

    private static final Set<String> CALM_STATES = Arrays.stream(State.values())
            .filter(state -> !state.isProblem())
            .map(State::word)
            .collect(Collectors.toUnmodifiableSet());

    private EventLevel() {}

    /** An unknown code is a warning: a problem of a commit has a code of its own. */
    static String of(String code) {
        if (ERRORS.contains(code)) {
            return "ERROR";
        }
        return USUAL.contains(code) || CALM_STATES.contains(code) ? "INFO" : "WARN";
    }
}
