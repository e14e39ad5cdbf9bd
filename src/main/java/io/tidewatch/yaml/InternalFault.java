package io.tidewatch.yaml;

import java.util.Arrays;
import java.util.Locale;

/**
 * A fault of the reader itself, as a problem says it. One document that meets such a fault must not take its file's
 * neighbours, its commit or its source with it.
 */
public final class InternalFault {

    private InternalFault() {}

    /** Names the place in the code, so that the same fault is always told in the same words. */
    public static String words(Throwable fault) {
        String place = Arrays.stream(fault.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.tidewatch."))
                .findFirst()
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + ":" + frame.getLineNumber())
                .orElse("an unknown place");
        return String.format(
                Locale.ROOT,
                "this cannot be checked because of a bug in Tidewatch (%s at %s); the last good version stays in force. "
                        + "Please report it with this document",
                fault.getClass().getSimpleName(),
                place);
    }
}
