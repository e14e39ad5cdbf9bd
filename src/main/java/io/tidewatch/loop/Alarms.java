package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.FailedWrites;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arms instants in the one Quartz scheduler. Each alarm only wakes a route; an instant that many targets share is armed
 * once, and arming anew touches only what changed. A misfired alarm fires at once: looking late beats not looking.
 */
public final class Alarms implements PassListener {

    /** Where every trigger asks for a pass; the body is the name of the trigger. */
    public static final String REQUEST_PASS = "direct:request-pass";

    private static final Logger log = LoggerFactory.getLogger(Alarms.class);

    /** Prime, so that edges on whole minutes and hours spread. */
    private static final int JOBS = 61;

    /** An API server that does not answer holds a write up for ten seconds. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(30);

    /** What Quartz can be armed for; no alarm is waited for that long. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    private final CamelContext context;
    private final Timeline timeline;
    private final ProducerTemplate template;
    private final Map<Alarm, Set<Instant>> armed = new HashMap<>();
    private FailedWrites unfinished = FailedWrites.NONE;

    /** Which route an alarm wakes, and the body that it sends. */
    public enum Alarm {
        WINDOW_EDGE(REQUEST_PASS, "window edge"),
        DEADLINE(REQUEST_PASS, "deadline"),
        RETRY(REQUEST_PASS, "another attempt"),
        GIT("direct:git", "alarm"),
        SURVEY("direct:survey", "alarm"),
        OUTBOX("direct:outbox-due", "alarm");

        private final String endpoint;
        private final String trigger;

        Alarm(String endpoint, String trigger) {
            this.endpoint = endpoint;
            this.trigger = trigger;
        }
    }

    public Alarms(CamelContext context, Timeline timeline) {
        this.context = context;
        this.timeline = timeline;
        this.template = context.createProducerTemplate();
        timeline.onShift(this::shifted);
    }

    /** Arms the pass that follows where this one never ends, whatever the reason. */
    @Override
    public void passBegins() {
        arm(Alarm.RETRY, Set.of(timeline.clock().instant().plus(LONGEST_PASS)));
    }

    /** The instants of one alarm, for a part of the loop that arms no other. */
    public AlarmClock clock(Alarm alarm) {
        return instants -> arm(alarm, instants);
    }

    /** Arms what a pass found: the next edges, the one instant at which a look is due whatever happens, and the next attempt. */
    public void arm(Pass pass) {
        Optional<Instant> next = Stream.of(pass.plan().next(), pass.report().next())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        arm(Alarm.WINDOW_EDGE, pass.agenda().next());
        arm(Alarm.DEADLINE, next.map(Set::of).orElse(Set.of()));
        unfinished = unfinished.after(pass.outcomes(), open(pass));
        arm(
                Alarm.RETRY,
                unfinished.next(timeline.clock().instant()).map(Set::of).orElse(Set.of()));
    }

    /** The targets of actions that wait for their turn or for an answer. */
    private static Set<Target> open(Pass pass) {
        Set<Target> open = pass.plan().actions().stream().map(Action::target).collect(Collectors.toSet());
        pass.outcomes().forEach(outcome -> open.remove(outcome.action().target()));
        return open;
    }

    /** From now on, exactly these instants are armed for this alarm. */
    public synchronized void arm(Alarm alarm, Set<Instant> desired) {
        Set<Instant> now = armed.getOrDefault(alarm, Set.of());
        Set<Instant> then = new HashSet<>();
        for (Instant instant : now) {
            if (!desired.contains(instant)) {
                unschedule(alarm, instant);
            }
        }
        for (Instant instant : desired) {
            if (now.contains(instant) || schedule(alarm, instant)) {
                then.add(instant);
            }
        }
        armed.put(alarm, then);
    }

    private void shifted() {
        armAnew();
        if (context.isStarted()) {
            template.sendBody(REQUEST_PASS, "clock was set");
        }
    }

    private synchronized void armAnew() {
        armed.forEach((alarm, instants) -> instants.removeIf(instant -> !schedule(alarm, instant)));
    }

    /** Whether it is armed now. Its trigger may be there already: one that fires stays until what it woke has ended. */
    private boolean schedule(Alarm alarm, Instant instant) {
        try {
            Scheduler scheduler = scheduler();
            scheduler.getContext().putIfAbsent(Wake.ALARMS, this);
            JobKey job = job(alarm, instant);
            if (!scheduler.checkExists(job)) {
                scheduler.addJob(
                        JobBuilder.newJob(Wake.class)
                                .withIdentity(job)
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

    /** Quartz looks at all triggers of a job to take one of them away: a job for all would make many changes slow. */
    private static JobKey job(Alarm alarm, Instant instant) {
        long share = Math.floorMod(instant.getEpochSecond(), JOBS);
        return JobKey.jobKey(alarm.name() + "-" + share, Alarms.class.getSimpleName());
    }

    /** Quartz knows milliseconds; an alarm that rings early finds nothing to do yet. */
    private static Date notBefore(Instant instant) {
        Instant soonest = instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return Date.from((soonest.isAfter(LATEST) ? LATEST : soonest)
                .truncatedTo(ChronoUnit.MILLIS)
                .plusMillis(1));
    }

    private void unschedule(Alarm alarm, Instant instant) {
        try {
            scheduler().unscheduleJob(key(alarm, instant));
        } catch (SchedulerException e) {
            log.warn("{} cannot be disarmed for {}: {}", instant, alarm, e.getMessage());
        }
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private static TriggerKey key(Alarm alarm, Instant instant) {
        return TriggerKey.triggerKey(instant.toString(), alarm.name());
    }

    private void ring(Alarm alarm, Instant instant) {
        synchronized (this) {
            armed.getOrDefault(alarm, new HashSet<>()).remove(instant);
        }
        ring(alarm);
    }

    /** Wakes the alarm's route now. */
    public void ring(Alarm alarm) {
        if (context.isStarted()) {
            template.sendBody(alarm.endpoint, alarm.trigger);
        }
    }

    /** Wakes the route of the alarm whose trigger fired. */
    public static final class Wake implements Job {

        static final String ALARMS = "tidewatch.alarms";

        @Override
        public void execute(JobExecutionContext execution) throws JobExecutionException {
            try {
                TriggerKey fired = execution.getTrigger().getKey();
                if (execution.getScheduler().getContext().get(ALARMS) instanceof Alarms alarms) {
                    alarms.ring(Alarm.valueOf(fired.getGroup()), Instant.parse(fired.getName()));
                }
            } catch (SchedulerException e) {
                throw new JobExecutionException(e);
            }
        }
    }
}
