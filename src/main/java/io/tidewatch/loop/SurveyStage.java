package io.tidewatch.loop;

import io.tidewatch.model.Backoff;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.report.SurveyLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reports the API server that Tidewatch is connected to and what is missing there: once at the start, again for namespaces that
 * definitions newly name, and changes while something is missing. While the API server does not answer, which the caches
 * report, the survey is repeated with growing pauses.
 */
public final class SurveyStage {

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Server server;
    private final DefinitionsInForce definitions;
    private final LiveUses live;
    private final Clock clock;
    private final AlarmClock alarm;
    private final DiaryWriter diary;
    private Set<String> known = Set.of();
    private Map<Use, Set<String>> knownUses = Map.of();
    private Optional<Survey> last = Optional.empty();
    private Instant due = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private Duration pause = BACKOFF.first();

    /** Asks the API server for its version, the kinds that it serves, and the permissions of Tidewatch. */
    @FunctionalInterface
    public interface Server {

        /**
         * @param uses the namespaces whose targets use more than minimums of ScaledObjects and Rollouts
         * @throws RuntimeException where the API server does not answer
         */
        Survey survey(Set<String> namespaces, Map<Use, Set<String>> uses, Instant now);
    }

    /** What the targets turn out to scale, which no definition says. */
    @FunctionalInterface
    public interface LiveUses {

        /** The namespaces of each use, as far as the objects are known. */
        Map<Use, Set<String>> uses();
    }

    /** @param alarm armed for the next attempt */
    public SurveyStage(
            Server server,
            DefinitionsInForce definitions,
            LiveUses live,
            Clock clock,
            AlarmClock alarm,
            DiaryWriter diary) {
        this.server = server;
        this.definitions = definitions;
        this.live = live;
        this.clock = clock;
        this.alarm = alarm;
        this.diary = diary;
    }

    public synchronized void survey() {
        Definitions inForce = definitions.compiled().definitions();
        Set<String> namespaces = Set.copyOf(inForce.namespaces());
        Map<Use, Set<String>> uses = DefinitionUses.of(inForce.sources());
        live.uses()
                .forEach((use, in) ->
                        uses.computeIfAbsent(use, first -> new TreeSet<>()).addAll(in));
        boolean isNew = last.isEmpty() || !known.containsAll(namespaces) || !areKnown(uses);
        if (!isNew && (last.filter(SurveyLines::isWhole).isPresent() || isTooEarly(clock.instant()))) {
            return;
        }
        try {
            Survey found = server.survey(namespaces, uses, clock.instant());
            write(last.map(before -> SurveyLines.changes(before, found)).orElseGet(() -> SurveyLines.of(found)));
            if (isNew) {
                pause = BACKOFF.first();
            }
            last = Optional.of(found);
            known = namespaces;
            knownUses = uses;
            if (!SurveyLines.isWhole(found)) {
                again();
            }
        } catch (RuntimeException unreachable) {
            again();
        }
    }

    private boolean areKnown(Map<Use, Set<String>> uses) {
        return uses.entrySet().stream()
                .allMatch(use -> knownUses.getOrDefault(use.getKey(), Set.of()).containsAll(use.getValue()));
    }

    private void write(List<String> lines) {
        Instant now = clock.instant();
        diary.write(lines.stream()
                .map(line -> new DiaryEntry(now, Optional.empty(), "connected", line))
                .toList());
    }

    /** A last survey at an instant that is still to come means that the clock was set back since. */
    private boolean isTooEarly(Instant now) {
        return now.isBefore(due) && !now.isBefore(askedAt);
    }

    private void again() {
        askedAt = clock.instant();
        due = clock.instant().plus(pause);
        alarm.arm(Set.of(due));
        pause = BACKOFF.next(pause);
    }
}
