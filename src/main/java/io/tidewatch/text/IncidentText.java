package io.tidewatch.text;

import io.tidewatch.model.Durations;
import java.time.Duration;

/** The lines about an incident as a whole: when it opens, when it is resolved, and what resolved it. */
public final class IncidentText {

    private IncidentText() {}

    /** @param summary what is wrong */
    public static String opened(String summary) {
        return "incident: " + summary;
    }

    /** @param summary the state of the target now, or what resolved the problem */
    public static String resolved(Duration lasted, String summary) {
        return resolvedAfter(Durations.words(lasted)) + ": " + summary;
    }

    /** @param lasted how long, in words */
    public static String resolvedAfter(String lasted) {
        return "resolved after " + lasted;
    }

    /** Without how long it lasted. */
    public static String resolved(String summary) {
        return "resolved: " + summary;
    }

    public static String faultIsGone() {
        return "the internal error did not happen again";
    }

    public static String abandoned() {
        return "no schedule names the target any more";
    }

    public static String removedInWindow(String window) {
        return "its schedule was removed while window " + window + " was open; the baseline is in force again";
    }
}
