package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.PastSteps;
import io.tidewatch.model.report.Scope;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.schedule.TenThousand;
import io.tidewatch.schedule.Timetable;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Facts;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.itself.SelfFacts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the first page costs: 200 lanes of 10,000 targets, made anew; and what a hundred pollers cost, of whom each asks every five seconds while
 * the facts are new each second.
 */
public final class FirstPage implements Knowledge {

    private static final int PAGES = 200;
    private static final int POLLERS = 100;
    private static final int EVERY_SECONDS = 5;
    private static final int SECONDS = 20;

    private final Definitions definitions = TenThousand.definitions();
    private final Timetable timetable = Timetable.of(definitions);
    private final Standing standing;
    private Facts facts;

    private FirstPage() {
        Instant now = TenThousand.NOW;
        List<TargetStatus> rows = new ArrayList<>();
        timetable
                .at(now)
                .desired()
                .values()
                .forEach(desired -> rows.add(new TargetStatus(
                        desired.target(),
                        desired.window().map(window -> window.name()),
                        TargetStatus.Minimum.UNKNOWN
                                .withLive(OptionalInt.of(desired.goal().min()))
                                .withDesired(OptionalInt.of(desired.goal().min())),
                        TargetStatus.Pods.UNKNOWN
                                .withAvailable(OptionalInt.of(desired.goal().min()))
                                .withReplicas(OptionalInt.of(desired.goal().min())),
                        State.CONVERGED,
                        Optional.empty(),
                        desired.next(),
                        now,
                        desired.goal().min() + " of " + desired.goal().min() + " available",
                        Optional.empty(),
                        Optional.empty())));
        this.standing = new Standing(
                LoopState.NONE.ended(now, Duration.ofMillis(200)),
                Duration.ofMinutes(5),
                List.of(),
                Optional.of(now),
                rows,
                List.of(),
                List.of(),
                LeaderState.alone("one"));
        this.facts = fresh();
    }

    public static void main(String[] arguments) throws InterruptedException {
        FirstPage bench = new FirstPage();
        PageStage pages = new PageStage(bench);
        Request request = new Request("/", Map.of(), Audience.ALL, Optional.empty(), true);
        for (int i = 0; i < PAGES; i++) {
            bench.facts = bench.fresh();
            pages.tonight(request);
        }
        long cpu = cpu();
        for (int i = 0; i < PAGES; i++) {
            bench.facts = bench.fresh();
            pages.tonight(request);
        }
        System.out.printf("the first page, made anew: %.1f ms of CPU%n", (cpu() - cpu) / 1e6 / PAGES);
        long before = cpu();
        for (int second = 0; second < SECONDS; second++) {
            bench.facts = bench.fresh();
            for (int i = 0; i < POLLERS / EVERY_SECONDS; i++) {
                pages.tonight(request);
            }
        }
        System.out.printf("a hundred pollers: %.1f ms of CPU a second%n", (cpu() - before) / 1e6 / SECONDS);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private Facts fresh() {
        return new Facts(
                TenThousand.NOW,
                standing,
                definitions,
                timetable,
                LearnedLeads.NONE,
                Optional.of(PastEvents.NONE),
                Set.of());
    }

    @Override
    public Instant instant() {
        return TenThousand.NOW;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public SelfFacts self() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Preview calendar() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PastSteps steps(Scope of) {
        return new PastSteps(List.of(), false);
    }

    @Override
    public Map<String, NightReportHealth> reports() {
        return Map.of();
    }

    @Override
    public Optional<PastDiagnosis> diagnosis(Target target) {
        return Optional.empty();
    }

    @Override
    public Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at) {
        return Optional.empty();
    }

    @Override
    public Optional<PastEvents> events(Scope of, Instant from, Instant to, int most) {
        return Optional.empty();
    }

    @Override
    public Optional<IncidentStory.OfId> story(String id) {
        return Optional.empty();
    }
}
