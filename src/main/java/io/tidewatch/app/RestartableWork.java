package io.tidewatch.app;

import io.tidewatch.loop.Alarms;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts stopped work through the routes. */
final class RestartableWork implements Watchdog.Restarts {

    private static final Logger log = LoggerFactory.getLogger(RestartableWork.class);

    private static final String RESYNC = "resync";

    /** The routes that must run. */
    private static final List<String> LOOPS =
            List.of("pass", "request-pass", RESYNC, "git", "definitions", "outbox", "send", "survey-cluster");

    private final CamelContext context;
    private final ProducerTemplate template;
    private final BooleanSupplier reported;

    /** @param reported whether receivers have been sent all that there is to send */
    RestartableWork(CamelContext context, BooleanSupplier reported) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.reported = reported;
    }

    @Override
    public void requestPass() {
        log.warn("no pass has begun for too long; requesting a pass");
        send(Alarms.REQUEST_PASS);
    }

    @Override
    public void pullSources() {
        send("direct:git");
    }

    @Override
    public void sendAndSurvey() {
        send("direct:outbox-due");
        send("direct:survey");
    }

    @Override
    public void startRoutes() {
        for (String route : LOOPS) {
            if (context.isStarted() && context.getRouteController().getRouteStatus(route) == ServiceStatus.Stopped) {
                log.warn("route {} has stopped; starting it again", route);
                start(route);
            }
        }
    }

    /** The trigger waits for an instant, even if the route is stopped and started. The new trigger counts from now. */
    @Override
    public void rearmResync() {
        if (!context.isStarted() || !(context.getRoute(RESYNC).getEndpoint() instanceof QuartzEndpoint quartz)) {
            return;
        }
        TriggerKey key = quartz.getTriggerKey();
        try {
            Scheduler scheduler = quartz.getComponent().getScheduler();
            Trigger old = scheduler.getTrigger(key);
            if (old != null) {
                scheduler.rescheduleJob(key, old.getTriggerBuilder().startNow().build());
            }
        } catch (SchedulerException e) {
            log.error("the trigger of route {} cannot be replaced", RESYNC, e);
        }
    }

    @Override
    public boolean isRunning() {
        return context.isStarted();
    }

    @Override
    public boolean isAllReported() {
        return reported.getAsBoolean();
    }

    private void start(String route) {
        try {
            context.getRouteController().startRoute(route);
        } catch (Exception e) {
            log.error("route {} cannot be started", route, e);
        }
    }

    private void send(String endpoint) {
        if (context.isStarted()) {
            template.sendBody(endpoint, "watchdog");
        }
    }
}
