package io.tidewatch.playground.api;

import java.util.Optional;

/** Through which path an object is written: the doors differ in what they let through. */
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
