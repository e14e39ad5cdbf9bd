package io.tidewatch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps what goes wrong with one target away from all others: a stage runs its work on each target through one guard, and
 * what that work throws becomes a {@link Fault} of that target while the stage goes on.
 *
 * <p>Caught is everything that says "this piece of work is broken", errors such as {@link StackOverflowError}, {@link
 * AssertionError} and {@link LinkageError} included. An {@link OutOfMemoryError} and what else the JVM says of itself goes
 * on its way, for nothing that was computed after it can be trusted. For one thread; make a guard for each run of a stage.
 */
public final class Guard {

    private final String stage;
    private final SortedMap<Target, List<Fault>> met = new TreeMap<>();

    /** @param stage see {@link Fault#stage} */
    public Guard(String stage) {
        this.stage = stage;
    }

    /**
     * Runs the work on one target.
     *
     * @param otherwise what stands in its place when it throws
     */
    public <T> T run(Target target, Supplier<T> work, Function<Fault, T> otherwise) {
        return attempt(stage, work, fault -> {
            add(target, fault);
            return otherwise.apply(fault);
        });
    }

    /** A fault that was met elsewhere, as in work that several targets share. */
    public void add(Target target, Fault fault) {
        List<Fault> known = met.computeIfAbsent(target, any -> new ArrayList<>());
        if (known.stream().noneMatch(one -> one.id().equals(fault.id()))) {
            known.add(fault);
        }
    }

    /** What was met until now. */
    public Faults faults() {
        return new Faults(met);
    }

    /** One piece of work on its own. */
    public static <T> T attempt(String stage, Supplier<T> work, Function<Fault, T> otherwise) {
        try {
            return work.get();
        } catch (Throwable thrown) {
            if (isFatal(thrown)) {
                throw thrown;
            }
            return otherwise.apply(Fault.of(stage, thrown));
        }
    }

    /** Whether the process itself is in doubt, not only the work that threw it. */
    private static boolean isFatal(Throwable thrown) {
        return thrown instanceof ThreadDeath
                || (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError));
    }
}
