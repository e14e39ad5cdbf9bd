package io.tidewatch.git;

import org.jspecify.annotations.Nullable;

/** The mirror contradicts itself; it holds nothing that the remote has not, so it is made anew. */
final class DamagedMirror extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedMirror(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
