package io.tidewatch.playground.api;

import java.util.Optional;

/** The paths by which an object is written (main, status, scale). They differ in the fields that they accept. */
enum Door {
    MAIN,
    STATUS,
    SCALE;

    Optional<String> subresource() {
        return switch (this) {
            case MAIN -> Optional.empty();
            case STATUS -> Optional.of("status");
            case SCALE -> Optional.of("scale");
        };
    }
}
