package io.tidewatch.yaml;

import java.util.Arrays;
import java.util.Locale;

/**
 * The words for an internal error of the reader. Such an error in one document must not keep other documents, the commit or
 * the source from being read.
 */
public final class InternalFault {

    private InternalFault() {}

    /** Names the place in the code, so that the same error always has the same text. */
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
