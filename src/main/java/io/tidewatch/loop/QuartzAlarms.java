package io.tidewatch.loop;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Arms alarms in the one Quartz scheduler. A misfired alarm fires immediately: a late pass is better than none. */
public final class QuartzAlarms {

    private static final Logger log = LoggerFactory.getLogger(QuartzAlarms.class);

    /** The number of Quartz jobs over which alarms are spread. A prime spreads edges on whole minutes and hours. */
    private static final int JOBS = 61;

    /** The range of instants that Quartz accepts; no alarm is due outside of it. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    private final CamelContext context;
    private final Timeline timeline;
    private final Bell bell;

    /** Is notified when the instant of an alarm has come. */
    @FunctionalInterface
    interface Bell {

        void ring(Alarm alarm, Instant instant);
    }

    QuartzAlarms(CamelContext context, Timeline timeline, Bell bell) {
        this.context = context;
        this.timeline = timeline;
        this.bell = bell;
    }

    /**
     * Arms an alarm, or moves it where the clock was set. A trigger that fires exists until the route that it woke has ended.
     *
     * @return whether the alarm is armed now
     */
    boolean arm(Alarm alarm, Instant instant) {
        Optional<Scheduler> running = scheduler();
        if (running.isEmpty()) {
            return false;
        }
        try {
            Scheduler scheduler = running.get();
            JobKey job = job(alarm, instant);
            if (!scheduler.checkExists(job)) {
                scheduler.addJob(
                        JobBuilder.newJob(Wake.class)
                                .withIdentity(job)
                                .usingJobData(new JobDataMap(Map.of(Wake.ALARMS, this)))
                                .storeDurably()
                                .build(),
                        true);
            }
            Trigger trigger = TriggerBuilder.newTrigger()
                    .forJob(job)
                    .withIdentity(key(alarm, instant))
                    .startAt(notBefore(timeline.wallTimeOf(instant)))
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                    .build();
            if (scheduler.rescheduleJob(trigger.getKey(), trigger) == null) {
                scheduler.scheduleJob(trigger);
            }
            return true;
        } catch (SchedulerException e) {
            log.warn("{} cannot be armed for {}: {}", instant, alarm, e.getMessage());
            return false;
        }
    }

    void disarm(Alarm alarm, Instant instant) {
        Optional<Scheduler> running = scheduler();
        if (running.isEmpty()) {
            return;
        }
        try {
            running.get().unscheduleJob(key(alarm, instant));
        } catch (SchedulerException e) {
            log.warn("{} cannot be disarmed for {}: {}", instant, alarm, e.getMessage());
        }
    }

    /** Several jobs share the triggers, because Quartz reads all triggers of a job to remove one of them. */
    private static JobKey job(Alarm alarm, Instant instant) {
        long share = Math.floorMod(instant.getEpochSecond(), JOBS);
        return JobKey.jobKey(alarm.name() + "-" + share, Alarms.class.getSimpleName());
    }

    /** Quartz knows milliseconds; an alarm that rings early finds nothing to do yet. */
    static Date notBefore(Instant instant) {
        Instant soonest = instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return Date.from((soonest.isAfter(LATEST) ? LATEST : soonest)
                .truncatedTo(ChronoUnit.MILLIS)
                .plusMillis(1));
    }

    /** Absent after a stop: what ends then, such as a delivery, arms nothing more. */
    private Optional<Scheduler> scheduler() {
        return Optional.ofNullable(
                context.getComponent("quartz", QuartzComponent.class).getScheduler());
    }

    private static TriggerKey key(Alarm alarm, Instant instant) {
        return TriggerKey.triggerKey(instant.toString(), alarm.name());
    }

    /**
     * Rings the alarm whose trigger fired. Its job has the alarms as data: the scheduler's context must not change once the scheduler
     * runs, since Quartz reads it without a lock whenever any trigger fires.
     */
    public static final class Wake implements Job {

        private static final String ALARMS = "tidewatch.alarms";

        @Override
        public void execute(JobExecutionContext execution) {
            TriggerKey fired = execution.getTrigger().getKey();
            if (execution.getJobDetail().getJobDataMap().get(ALARMS) instanceof QuartzAlarms alarms) {
                alarms.bell.ring(Alarm.valueOf(fired.getGroup()), Instant.parse(fired.getName()));
            }
        }
    }
}
