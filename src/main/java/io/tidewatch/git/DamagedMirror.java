package io.tidewatch.git;

import org.jspecify.annotations.Nullable;

/** The mirror is damaged. The remote has everything that is in the mirror, so the mirror is deleted and fetched again. */
final class DamagedMirror extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedMirror(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
