package io.tidewatch.app;

import io.tidewatch.loop.PassListener;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether Tidewatch has started: each source was read or has failed with a reason, at least one was read, and a pass has ended
 * since. Tidewatch then stays ready until the loop stands still. A later outage does not count: it is reported elsewhere, and
 * no restart would fix it.
 */
final class Readiness implements PassListener {

    private final Supplier<LoopState> loop;
    private final Supplier<List<SourceHealth>> sources;
    private final Supplier<Optional<String>> standstill;
    /** The sources that were in force when the last pass began, and when the last one that ended by then had ended. */
    private Set<String> begunWith = Set.of();

    private Optional<Instant> endedBefore = Optional.empty();

    /** The sources that the last pass that ended began with. */
    private Optional<Set<String>> endedWith = Optional.empty();

    private boolean started;

    Readiness(Supplier<LoopState> loop, Supplier<List<SourceHealth>> sources, Supplier<Optional<String>> standstill) {
        this.loop = loop;
        this.sources = sources;
        this.standstill = standstill;
    }

    /** Remembers what the pass knows. Whoever asks may do so long after it has ended, and the next one may be far away. */
    @Override
    public synchronized void passBegins() {
        if (!started) {
            noteEnd();
            begunWith = inForce();
            endedBefore = loop.get().ended();
        }
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
        noteEnd();
        return endedWith.filter(known -> known.containsAll(inForce())).isPresent()
                ? Optional.empty()
                : Optional.of("no pass has ended yet");
    }

    private void noteEnd() {
        if (!loop.get().ended().equals(endedBefore)) {
            endedWith = Optional.of(begunWith);
        }
    }

    private Set<String> inForce() {
        return sources.get().stream()
                .filter(source -> source.commitInForce().isPresent())
                .map(SourceHealth::source)
                .collect(Collectors.toUnmodifiableSet());
    }
}
