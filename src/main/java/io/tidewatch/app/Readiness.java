package io.tidewatch.app;

import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the start is over: each source was read or says why not, one of them at least, and a pass has ended since, which names
 * whatever it could not see of the cluster. Once ready it stays so until the loop stands still: an outage later on is said by
 * others, and no restart mends it.
 */
final class Readiness {

    private final Supplier<LoopState> loop;
    private final Supplier<List<SourceHealth>> sources;
    private final Supplier<Optional<String>> standstill;
    private Optional<Instant> endedWhenRead = Optional.empty();
    private boolean read;
    private boolean started;

    Readiness(Supplier<LoopState> loop, Supplier<List<SourceHealth>> sources, Supplier<Optional<String>> standstill) {
        this.loop = loop;
        this.sources = sources;
        this.standstill = standstill;
    }

    /** Why it is not ready. */
    synchronized Optional<String> notReady() {
        Optional<String> still = standstill.get();
        if (still.isPresent() || started) {
            return still;
        }
        Optional<String> why = unread().or(this::noPassSince);
        started = why.isEmpty();
        return why;
    }

    private Optional<String> unread() {
        List<SourceHealth> known = sources.get();
        Optional<String> unasked = known.stream()
                .filter(source ->
                        source.commitInForce().isEmpty() && source.trouble().isEmpty())
                .findFirst()
                .map(source -> "source " + source.source() + " has not been read yet");
        boolean none = !known.isEmpty()
                && known.stream().allMatch(source -> source.commitInForce().isEmpty());
        return unasked.or(() -> none ? Optional.of("no source could be read yet") : Optional.empty());
    }

    private Optional<String> noPassSince() {
        Optional<Instant> ended = loop.get().ended();
        if (!read) {
            read = true;
            endedWhenRead = sources.get().isEmpty() ? Optional.empty() : ended;
        }
        return ended.equals(endedWhenRead) ? Optional.of("no pass has come to its end yet") : Optional.empty();
    }
}
