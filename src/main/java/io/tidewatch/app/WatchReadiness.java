package io.tidewatch.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether all watches have begun: what is there was listed, or it is known why it cannot be. Afterwards it stays so: a namespace that comes
 * later, or an outage, is reported elsewhere, and no restart would help.
 */
final class WatchReadiness {

    /** Kinds that a message names. */
    private static final int NAMED = 3;

    private final Supplier<? extends Map<String, Set<String>>> undecided;
    private final Supplier<Optional<String>> started;
    private boolean begun;

    /**
     * @param undecided by the plural of a kind, the namespaces of which neither is known
     * @param started why Tidewatch has not started: before that it is not known what is to be watched
     */
    WatchReadiness(Supplier<? extends Map<String, Set<String>>> undecided, Supplier<Optional<String>> started) {
        this.undecided = undecided;
        this.started = started;
    }

    /** Why it is not ready. */
    synchronized Optional<String> notReady() {
        if (begun) {
            return Optional.empty();
        }
        if (started.get().isPresent()) {
            return Optional.of("no pass has told yet what is to be watched");
        }
        Map<String, Set<String>> missing = undecided.get();
        begun = missing.isEmpty();
        return begun ? Optional.empty() : Optional.of("not listed yet: " + text(missing));
    }

    private static String text(Map<String, Set<String>> missing) {
        StringBuilder text = new StringBuilder();
        missing.entrySet().stream().limit(NAMED).forEach(kind -> {
            int more = kind.getValue().size() - 1;
            text.append(text.isEmpty() ? "" : ", ")
                    .append(kind.getKey())
                    .append(" in ")
                    .append(kind.getValue().iterator().next())
                    .append(more == 0 ? "" : " and " + more + " more");
        });
        return missing.size() > NAMED ? text + ", and " + (missing.size() - NAMED) + " more kinds" : text.toString();
    }
}
