package io.tidewatch.loop.night;

import io.tidewatch.git.ReportBranch;
import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.loop.source.SourceDiary;
import io.tidewatch.model.Backoff;
import io.tidewatch.model.DailyTime;
import io.tidewatch.model.report.NightReportHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the report of a source's night when its time has come, on a thread of its own with a deadline, and tries again later where the
 * branch could not be written. What is to be written is found by comparing the branch with the journal, so that a report that was
 * missed, or pushed by another replica, needs no memory. A replica that does not lead reports nothing.
 *
 * <p>While the thread of an attempt hangs after its deadline, the source is not reported; nothing else waits for it.
 */
public final class NightReportStage {

    /** A report that fails so long is an incident. */
    private static final Duration LONG = Duration.ofDays(1);

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Backoff PAUSES = Backoff.doubling(Duration.ofMinutes(1), LONGEST_PAUSE);
    private static final Logger log = LoggerFactory.getLogger(NightReportStage.class);

    private final Map<String, State> states = new LinkedHashMap<>();
    private final NightWriter writer;
    private final NightRoute route;
    private final PullThreads threads;
    private final Leadership leadership;
    private final SourceDiary diary;
    private final SelfIncidents incidents;
    private final Clock clock;
    private final AlarmClock alarm;
    private boolean ended;

    /** Writes and pushes one report: the route {@code night-report}. Throws what went wrong. */
    @FunctionalInterface
    public interface NightRoute {

        void write(NightJob job);
    }

    /** What is known of one source. Guarded by the stage. */
    private static final class State {

        private final ReportedSource source;
        private Optional<LocalDate> reported = Optional.empty();
        private Instant notBefore = Instant.MIN;
        private int failures;
        private Optional<NightJob> job = Optional.empty();
        private Optional<String> told = Optional.empty();
        private Optional<Instant> failingSince = Optional.empty();

        State(ReportedSource source) {
            this.source = source;
        }

        /** Where the clock was set back, the pause is over. */
        boolean pauses(Instant now) {
            return notBefore.isAfter(now) && !notBefore.isAfter(now.plus(LONGEST_PAUSE));
        }

        boolean isLong(Instant now) {
            return failingSince.filter(since -> !since.plus(LONG).isAfter(now)).isPresent();
        }

        /** Another replica reports, so that a failure later is a new one. */
        void forget() {
            notBefore = Instant.MIN;
            failures = 0;
            told = Optional.empty();
            failingSince = Optional.empty();
        }
    }

    public NightReportStage(
            List<ReportedSource> sources,
            NightWriter writer,
            NightRoute route,
            PullThreads threads,
            Leadership leadership,
            SourceDiary diary,
            SelfIncidents incidents,
            Clock clock,
            AlarmClock alarm) {
        sources.forEach(source -> states.put(source.name(), new State(source)));
        this.writer = writer;
        this.route = route;
        this.threads = threads;
        this.leadership = leadership;
        this.diary = diary;
        this.incidents = incidents;
        this.clock = clock;
        this.alarm = alarm;
    }

    /** How the reports of each source stand; waits for nothing. */
    public synchronized Map<String, NightReportHealth> health() {
        return states.values().stream()
                .collect(Collectors.toUnmodifiableMap(
                        state -> state.source.name(),
                        state -> new NightReportHealth(state.source.branch().name(), state.reported, state.told)));
    }

    /** Begins the reports that are due and returns at once. */
    public void due() {
        if (states.isEmpty()) {
            return;
        }
        List<NightJob> begun = new ArrayList<>();
        List<State> hanging = new ArrayList<>();
        boolean leads = leadership.leads();
        Instant now = clock.instant();
        synchronized (this) {
            if (ended) {
                return;
            }
            for (State state : states.values()) {
                if (!leads) {
                    state.forget();
                } else if (state.job.isEmpty()) {
                    begin(state, now).ifPresent(begun::add);
                } else if (state.isLong(now)) {
                    hanging.add(state);
                }
            }
            arm(now);
        }
        begun.forEach(threads::start);
        hanging.forEach(state -> openIncident(state.source.name()));
    }

    private Optional<NightJob> begin(State state, Instant now) {
        Optional<ZoneId> zone = zone(state);
        if (state.pauses(now) || zone.isEmpty()) {
            return Optional.empty();
        }
        LocalDate night = new DailyTime(state.source.at(), zone.get()).latest(now);
        if (state.reported.filter(night::equals).isPresent()) {
            return Optional.empty();
        }
        state.job = Optional.of(new NightJob(state.source, zone.get(), night, route, new OfJobs()));
        return state.job;
    }

    /** Empty while the source has not been read, whatever is configured: a page would say that nothing happened, and stand. */
    private Optional<ZoneId> zone(State state) {
        return writer.zone(state.source.name())
                .map(shared -> state.source.timeZone().orElse(shared));
    }

    private void arm(Instant now) {
        states.values().stream()
                .flatMap(state -> next(state, now).stream())
                .min(Instant::compareTo)
                .ifPresent(next -> alarm.arm(Set.of(next)));
    }

    private Optional<Instant> next(State state, Instant now) {
        return state.job.isPresent()
                ? state.failingSince.map(since -> since.plus(LONG)).filter(now::isBefore)
                : Optional.of(nextAttempt(state, now));
    }

    private Instant nextAttempt(State state, Instant now) {
        Optional<ZoneId> zone = zone(state);
        if (zone.isEmpty()) {
            return now.plus(SOON);
        }
        DailyTime time = new DailyTime(state.source.at(), zone.get());
        LocalDate night = time.latest(now);
        Instant next = time.on(night.plusDays(1));
        if (leadership.leads() && !state.reported.equals(Optional.of(night))) {
            Instant again = state.pauses(now) ? state.notBefore : now.plus(SOON);
            return again.isBefore(next) ? again : next;
        }
        return next;
    }

    /**
     * Makes the working copy, and writes the pages into it that the branch lacks.
     *
     * @return the paths of the files to add; empty where the branch has all
     */
    public List<String> prepare(NightJob job) {
        ReportBranch branch = job.source().branch();
        Instant now = clock.instant();
        Map<String, String> standing =
                branch.checkOut(writer.paths(), writer.read(job.source(), job.zone(), now), job.attempt());
        NightWriter.Written written = writer.pages(job.source(), job.zone(), standing, now)
                .orElseThrow(() -> new IllegalStateException("the journal cannot be read now"));
        if (!written.texts().isEmpty()) {
            branch.write(written.texts());
            job.wrote(written.subject());
            branch.reach(job.attempt());
        }
        return List.copyOf(written.texts().keySet());
    }

    /** Begins no more attempts, and closes the connections of those that are under way; returns at once. */
    public void end() {
        List<NightJob> left;
        synchronized (this) {
            ended = true;
            left = states.values().stream().flatMap(state -> state.job.stream()).toList();
        }
        left.forEach(NightJob::end);
    }

    /** Ends the attempts that are under way, and waits a moment for them. */
    public void close() throws InterruptedException {
        end();
        threads.close();
    }

    private final class OfJobs implements NightJob.Ends {

        @Override
        public void ended(NightJob job, Optional<Throwable> failure) {
            Instant now = clock.instant();
            synchronized (NightReportStage.this) {
                State state = state(job);
                state.job = Optional.empty();
                if (ended && failure.isPresent()) {
                    return;
                }
                if (failure.isEmpty()) {
                    state.failures = 0;
                    state.notBefore = Instant.MIN;
                    state.reported = Optional.of(job.night());
                } else {
                    state.failures++;
                    state.notBefore = now.plus(PAUSES.pause(state.failures));
                }
                arm(now);
            }
            if (failure.isEmpty()) {
                succeeded(job);
            } else if (!job.isGivenUp()) {
                failed(job, failure.get());
            }
        }

        /** The thread still runs, so that another attempt would meet it. */
        @Override
        public void givenUp(NightJob job) {
            failed(
                    job,
                    new IllegalStateException("not finished after "
                            + job.source().deadline().toSeconds() + " s, the deadline of the source"));
            synchronized (NightReportStage.this) {
                arm(clock.instant());
            }
        }
    }

    private State state(NightJob job) {
        State state = states.get(job.source().name());
        if (state == null) {
            throw new IllegalArgumentException(
                    "no reports are configured for " + job.source().name());
        }
        return state;
    }

    private void succeeded(NightJob job) {
        String name = job.source().name();
        boolean wasTold;
        synchronized (this) {
            State state = state(job);
            wasTold = state.told.isPresent();
            state.told = Optional.empty();
            state.failingSince = Optional.empty();
        }
        if (job.hasWritten() || wasTold) {
            diary.write(name, "the report of the night is on the branch " + branch(job));
        }
        incidents.resolve(key(name), "the report of the night was pushed");
    }

    private void failed(NightJob job, Throwable failure) {
        String name = job.source().name();
        String why = "the report of the night cannot be pushed to the branch " + branch(job) + ": " + job.why(failure)
                + "; trying again";
        boolean isNews;
        boolean isLong;
        synchronized (this) {
            State state = state(job);
            isNews = !state.told.equals(Optional.of(why));
            state.told = Optional.of(why);
            Instant now = clock.instant();
            state.failingSince =
                    state.failingSince.filter(since -> !since.isAfter(now)).or(() -> Optional.of(now));
            isLong = state.isLong(now);
        }
        if (isNews) {
            diary.write(name, why);
            log.debug("source {}: {}", name, why, failure);
        }
        if (isLong) {
            openIncident(name);
        }
    }

    private void openIncident(String source) {
        incidents.open(key(source), "source " + source + ": no report of a night could be pushed for a day");
    }

    private static String branch(NightJob job) {
        return job.source().branch().name();
    }

    /** The key of the incident of a source. */
    public static String key(String source) {
        return "reports/" + source;
    }
}
