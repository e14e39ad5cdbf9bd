package io.tidewatch.app;

import io.tidewatch.loop.Alarm;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.QuartzAlarms;
import io.tidewatch.loop.Timeline;
import io.tidewatch.schedule.TenThousand;
import io.tidewatch.schedule.Timetable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;

/** Arming the next edges of 10,000 schedules, against adding a bare trigger for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 15)
@Measurement(iterations = 25)
public class ArmingBenchmark {

    private final List<Instant> perSchedule = new ArrayList<>();
    private final Set<Instant> shared = new TreeSet<>();
    private final Set<Instant> distinct = new TreeSet<>();
    private final Set<Instant> oneChanged = new TreeSet<>();
    private final Set<Instant> others = new TreeSet<>();
    private CamelContext context;
    private Alarms alarms;
    private Alarms armed;

    @Setup(Level.Trial)
    public void start() {
        Instant later = Instant.now().plusSeconds(86_400);
        Timetable.of(TenThousand.definitions())
                .at(TenThousand.now())
                .desired()
                .values()
                .forEach(desired -> desired.next()
                        .ifPresent(next -> perSchedule.add(later.plusSeconds(
                                next.getEpochSecond() - TenThousand.now().getEpochSecond()))));
        shared.addAll(perSchedule);
        for (int i = 0; i < perSchedule.size(); i++) {
            distinct.add(later.plusSeconds(i));
            others.add(later.plusSeconds(100_000 + i));
        }
        oneChanged.addAll(distinct);
        oneChanged.remove(later);
        oneChanged.add(later.plusSeconds(1_000_000));
        System.out.println(perSchedule.size() + " schedules, " + shared.size() + " distinct instants");
    }

    @Setup(Level.Iteration)
    public void freshScheduler() {
        context = new DefaultCamelContext();
        context.getComponent("quartz", QuartzComponent.class);
        context.start();
        alarms = new Alarms(context, Timeline.real());
        armed = new Alarms(context, Timeline.real());
        armed.arm(Alarm.DEADLINE, distinct);
    }

    @TearDown(Level.Iteration)
    public void stop() {
        context.stop();
    }

    @Benchmark
    public void alarmsOfTheseSchedules() {
        alarms.arm(Alarm.WINDOW_EDGE, shared);
    }

    @Benchmark
    public void alarmsWereNoInstantShared() {
        alarms.arm(Alarm.WINDOW_EDGE, distinct);
    }

    /** A commit that moves one window of one schedule. */
    @Benchmark
    public void oneOfTenThousandChanges() {
        armed.arm(Alarm.DEADLINE, oneChanged);
    }

    /** A commit that moves all of them. */
    @Benchmark
    public void allOfTenThousandChange() {
        armed.arm(Alarm.DEADLINE, others);
    }

    @Benchmark
    public void bareTriggers() throws SchedulerException {
        JobDetail job = JobBuilder.newJob(QuartzAlarms.Wake.class)
                .withIdentity("bare")
                .storeDurably()
                .build();
        scheduler().addJob(job, true);
        for (int i = 0; i < perSchedule.size(); i++) {
            scheduler()
                    .scheduleJob(TriggerBuilder.newTrigger()
                            .forJob(job)
                            .withIdentity("bare-" + i)
                            .startAt(Date.from(perSchedule.get(i)))
                            .build());
        }
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
