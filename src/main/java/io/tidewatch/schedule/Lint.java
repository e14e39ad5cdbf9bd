package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Autoscalers;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Warnings that need the dates ahead: windows that are longer than a day, hidden, empty or never open, leads that reach
 * into the window before, freezes that last, and ramps that never end. The reader reports what the text alone shows (a cron that never fires, a minimum above the maximum, a
 * missing calendar).
 */
public final class Lint {

    /** Every date of a year, with the clock's changes of two springs. */
    static final Duration AHEAD = Duration.ofDays(400);

    /** A window that is hidden with one baseline may count with another. Schedules with more baselines are not judged. */
    private static final int MOST_BASELINES = 20;

    private final ScaleSchedule schedule;
    private final CompiledSchedule compiled;
    private final Set<Optional<Bounds>> baselines;
    private final Instant from;
    private final List<Problem> problems = new ArrayList<>();

    private Lint(CompiledSchedule compiled, Set<Optional<Bounds>> baselines, Instant from) {
        this.schedule = compiled.schedule();
        this.compiled = compiled;
        this.baselines = baselines;
        this.from = from;
    }

    /** The warnings for the time from an instant until {@link #AHEAD} later; sorted by file and line. */
    public static List<Problem> warnings(Definitions definitions, Instant from) {
        Compiler compiler = new Compiler(definitions);
        List<Problem> problems = new ArrayList<>();
        for (SourceDefinitions source : definitions.sources()) {
            Autoscalers objects = Autoscalers.of(source);
            for (ScaleSchedule schedule : source.schedules()) {
                Set<Optional<Bounds>> baselines = new HashSet<>();
                for (Target target : objects.targets(schedule)) {
                    baselines.add(objects.baseline(schedule, target));
                }
                problems.addAll(new Lint(compiler.compile(schedule, source), baselines, from).problems());
            }
        }
        problems.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
        return List.copyOf(problems);
    }

    private List<Problem> problems() {
        Map<String, Set<String>> hidden = hidden();
        for (int i = 0; i < compiled.windows().size(); i++) {
            CompiledWindow window = compiled.windows().get(i);
            WindowLint lint = new WindowLint(schedule, window, from);
            String path = "spec.windows[" + i + "]";
            warn(window, path, "never-opens", lint.neverOpens());
            warn(window, path, "long-window", lint.longerThanADay());
            warn(window, path, "empty-window", lint.empty());
            warn(window, path + ".leadTime", "long-lead", lint.leadsIntoOneOf(compiled.windows()));
            warn(window, path + ".readyBy", "never-raises", neverRaises(window));
            warn(
                    window,
                    path,
                    "hidden-window",
                    hiddenBy(hidden.getOrDefault(window.window().name(), Set.of())));
        }
        FreezeLint freeze = new FreezeLint(compiled, baselines, from);
        warnOfFreeze("long-freeze", freeze.longerThanADay());
        warnOfFreeze("no-break", freeze.noBreak());
        RampLint ramps = new RampLint(compiled, baselines, from);
        Optional<String> endless = ramps.neverEnding(true);
        warnOfRamp("spec.ramp.up", "ramp-never-ends", endless);
        warnOfRamp("spec.ramp.up", "long-ramp", endless.isPresent() ? Optional.empty() : ramps.longerThanALead());
        warnOfRamp("spec.ramp.down", "ramp-never-ends", ramps.neverEnding(false));
        return problems;
    }

    /** A lead is learned from raises, and a window that makes none never leads. */
    private Optional<String> neverRaises(CompiledWindow window) {
        boolean never = window.window().lead().isLearned()
                && !baselines.isEmpty()
                && baselines.stream().noneMatch(baseline -> raises(window, baseline));
        return never
                ? Optional.of("never raises the minimum, so it has no lead; leave readyBy out, or write a higher"
                        + " minReplicas")
                : Optional.empty();
    }

    /** Whether something lower may count before its start; so it is taken where a number is not known. */
    private boolean raises(CompiledWindow window, Optional<Bounds> baseline) {
        Optional<Integer> minimum = window.boundsFor(baseline).map(Bounds::min);
        return baseline.isEmpty()
                || minimum.isEmpty()
                || minimum.get() > baseline.get().min()
                || compiled.windows().stream()
                        .flatMap(other -> other.boundsFor(baseline).stream())
                        .anyMatch(other -> other.min() < minimum.get());
    }

    private static Optional<String> hiddenBy(Set<String> others) {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("never counts within " + AHEAD.toDays() + " days: whenever it is open, "
                        + String.join(" or ", others.stream().sorted().toList())
                        + " counts instead; give it a higher priority, or leave it out");
    }

    /** The windows that never count, whatever the baseline, and those that count instead. */
    private Map<String, Set<String>> hidden() {
        Map<String, Set<String>> hidden = new HashMap<>();
        if (compiled.windows().size() < 2) {
            return hidden;
        }
        compiled.windows().forEach(w -> hidden.put(w.window().name(), new HashSet<>()));
        if (baselines.size() > MOST_BASELINES) {
            return new HashMap<>();
        }
        for (Optional<Bounds> baseline : baselines) {
            HiddenWindows.of(compiled, baseline, from, from.plus(AHEAD)).forEach((name, by) -> {
                if (by.isEmpty()) {
                    hidden.remove(name);
                } else {
                    hidden.computeIfPresent(name, (n, all) -> union(all, by));
                }
            });
        }
        return hidden;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private void warnOfFreeze(String code, Optional<String> warning) {
        warning.ifPresent(text -> problems.add(new Problem(
                schedule.origin().file(),
                schedule.origin().line(),
                "spec.freezeRollouts",
                Problem.Severity.WARNING,
                code,
                "the freeze " + text)));
    }

    private void warnOfRamp(String path, String code, Optional<String> warning) {
        warning.ifPresent(text -> problems.add(new Problem(
                schedule.origin().file(), schedule.origin().line(), path, Problem.Severity.WARNING, code, text)));
    }

    private void warn(CompiledWindow window, String path, String code, Optional<String> warning) {
        Window written = window.window();
        warning.ifPresent(text -> problems.add(new Problem(
                written.origin().file(),
                written.origin().line(),
                path,
                Problem.Severity.WARNING,
                code,
                "window " + written.name() + " " + text)));
    }
}
