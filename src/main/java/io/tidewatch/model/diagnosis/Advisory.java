package io.tidewatch.model.diagnosis;

import java.util.Optional;

/**
 * A known fault of an observed version of a controller, or another thing to know about a target. It may do no harm now.
 *
 * @param subject the controller and its version; empty where it is about an object that the text names
 * @param text what happens, the issue, and where it is fixed
 * @param upgrade absent where no version ends it, or no cause of a diagnosis proves it
 */
public record Advisory(String subject, String text, Optional<Upgrade> upgrade) {

    /** @param text names its object itself */
    public static Advisory ofObject(String text) {
        return new Advisory("", text, Optional.empty());
    }

    /** All of it in one line. */
    public String line() {
        return brief() + upgrade.map(found -> "; " + found.advice()).orElse("");
    }

    /** Without the upgrade. */
    public String brief() {
        return subject.isEmpty() ? text : subject + ": " + text;
    }

    /** What to do about it; empty where no upgrade is known. */
    public String advice() {
        return upgrade.map(found -> subject + ": " + found.advice()).orElse("");
    }

    /**
     * The version that ends a fault.
     *
     * @param ends the cause under which a diagnosis names the fault
     * @param advice an imperative
     */
    public record Upgrade(Cause ends, String advice) {}
}
