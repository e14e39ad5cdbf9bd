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

/** Starts by way of the routes what has stopped. */
final class RestartableWork implements Watchdog.Works {

    private static final Logger log = LoggerFactory.getLogger(RestartableWork.class);

    private static final String RESYNC = "resync";

    /** Those without which nothing goes on. */
    private static final List<String> LOOPS =
            List.of("pass", "request-pass", RESYNC, "git", "definitions", "outbox", "send", "survey-cluster");

    private final CamelContext context;
    private final ProducerTemplate template;
    private final BooleanSupplier told;

    /** @param told whether receivers were told all that there is to tell */
    RestartableWork(CamelContext context, BooleanSupplier told) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.told = told;
    }

    @Override
    public void look() {
        log.warn("no pass has begun for too long; asking for one");
        send(Alarms.REQUEST_PASS);
    }

    @Override
    public void pull() {
        send("direct:git");
    }

    @Override
    public void outboxAndSurvey() {
        send("direct:outbox-due");
        send("direct:survey");
    }

    @Override
    public void routes() {
        for (String route : LOOPS) {
            if (context.isStarted() && context.getRouteController().getRouteStatus(route) == ServiceStatus.Stopped) {
                log.warn("route {} has stopped; it is started again", route);
                start(route);
            }
        }
    }

    /** Its trigger waits for an instant, also when the route is stopped and started; it gets a new one, beginning now. */
    @Override
    public void resync() {
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
            log.error("route {} cannot be armed anew", RESYNC, e);
        }
    }

    @Override
    public boolean isRunning() {
        return context.isStarted();
    }

    @Override
    public boolean isAllTold() {
        return told.getAsBoolean();
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
