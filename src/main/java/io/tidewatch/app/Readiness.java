package io.tidewatch.app;

import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether Tidewatch has started: each source was read or has failed with a reason, at least one was read, and a pass has ended
 * since. Tidewatch then stays ready until the loop stands still. A later outage does not count: it is reported elsewhere, and
 * no restart would fix it.
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
        Optional<String> unread = known.stream()
                .filter(source ->
                        source.commitInForce().isEmpty() && source.trouble().isEmpty())
                .findFirst()
                .map(source -> "source " + source.source() + " has not been read yet");
        boolean none = !known.isEmpty()
                && known.stream().allMatch(source -> source.commitInForce().isEmpty());
        return unread.or(() -> none ? Optional.of("no source has been read yet") : Optional.empty());
    }

    private Optional<String> noPassSince() {
        Optional<Instant> ended = loop.get().ended();
        if (!read) {
            read = true;
            endedWhenRead = sources.get().isEmpty() ? Optional.empty() : ended;
        }
        return ended.equals(endedWhenRead) ? Optional.of("no pass has ended yet") : Optional.empty();
    }
}
