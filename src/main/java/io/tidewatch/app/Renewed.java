package io.tidewatch.app;

import io.tidewatch.loop.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is made anew when what it is made of is another, and else once in some time at most, however many ask. One thread makes it
 * while the others wait. Safe from several threads.
 */
final class Renewed<T> {

    private final Duration lasts;
    private final MonotonicClock clock;
    private volatile Optional<Made<T>> last = Optional.empty();

    private record Made<T>(Object of, T value, long nanos) {

        @SuppressWarnings(
                "ReferenceEquality") // the same thing again is the same object; comparing its content costs more
        boolean isOf(Object other) {
            return of == other;
        }
    }

    /** @param lasts how long a value counts */
    Renewed(Duration lasts, MonotonicClock clock) {
        this.lasts = lasts;
        this.clock = clock;
    }

    /** @param of what the value is made of; compared as an object */
    T get(Object of, Supplier<T> make) {
        return fresh(of).orElseGet(() -> renewed(of, make));
    }

    private Optional<T> fresh(Object of) {
        return last.filter(made -> made.isOf(of) && clock.nanos() - made.nanos() < lasts.toNanos())
                .map(Made::value);
    }

    private synchronized T renewed(Object of, Supplier<T> make) {
        return fresh(of).orElseGet(() -> {
            T value = make.get();
            last = Optional.of(new Made<>(of, value, clock.nanos()));
            return value;
        });
    }
}
