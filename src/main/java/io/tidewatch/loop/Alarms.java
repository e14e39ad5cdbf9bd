package io.tidewatch.loop;

import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.FailedWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * Knows which alarms are armed, and wakes their routes. An instant that many targets share is armed once, and a change of the
 * instants arms and disarms only the instants that changed.
 */
public final class Alarms implements PassListener {

    /** The route that every trigger of a pass calls; the body is the name of the trigger. */
    public static final String REQUEST_PASS = "direct:request-pass";

    /** An API server that does not answer delays a write by ten seconds. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(30);

    private final CamelContext context;
    private final Timeline timeline;
    private final QuartzAlarms quartz;
    private final ProducerTemplate template;
    private final Map<Alarm, Set<Instant>> armed = new HashMap<>();
    private FailedWrites failed = FailedWrites.NONE;

    public Alarms(CamelContext context, Timeline timeline) {
        this.context = context;
        this.timeline = timeline;
        this.quartz = new QuartzAlarms(context, timeline, this::ring);
        this.template = context.createProducerTemplate();
        timeline.onShift(this::clockShifted);
    }

    /** Arms another pass for the case that this pass never ends, whatever the reason. */
    @Override
    public void passBegins() {
        arm(Alarm.RETRY, Set.of(timeline.clock().instant().plus(LONGEST_PASS)));
    }

    /** The instants of one alarm, for a part of the loop that arms no other. */
    public AlarmClock clock(Alarm alarm) {
        return instants -> arm(alarm, instants);
    }

    /** Arms the passes that follow a pass: at the next edges, at the next deadline, and at the next attempt of a write. */
    public void arm(Pass pass) {
        PassAlarms next = PassAlarms.after(pass, failed, timeline.clock().instant());
        failed = next.failed();
        arm(Alarm.WINDOW_EDGE, next.edges());
        arm(Alarm.DEADLINE, set(next.deadline()));
        arm(Alarm.RETRY, set(next.retry()));
    }

    private static Set<Instant> set(Optional<Instant> instant) {
        return instant.map(Set::of).orElse(Set.of());
    }

    /** From now on, exactly these instants are armed for this alarm. */
    public synchronized void arm(Alarm alarm, Set<Instant> instants) {
        Set<Instant> before = armed.getOrDefault(alarm, Set.of());
        Set<Instant> after = new HashSet<>();
        for (Instant instant : before) {
            if (!instants.contains(instant)) {
                quartz.disarm(alarm, instant);
            }
        }
        for (Instant instant : instants) {
            if (before.contains(instant) || quartz.arm(alarm, instant)) {
                after.add(instant);
            }
        }
        armed.put(alarm, after);
    }

    /** After a stop there is no scheduler left. */
    private void clockShifted() {
        if (context.isStopping() || context.isStopped()) {
            return;
        }
        armAnew();
        if (context.isStarted()) {
            template.sendBody(REQUEST_PASS, "clock was set");
        }
    }

    private synchronized void armAnew() {
        armed.forEach((alarm, instants) -> instants.removeIf(instant -> !quartz.arm(alarm, instant)));
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
            template.sendBody(alarm.endpoint(), alarm.trigger());
        }
    }
}
