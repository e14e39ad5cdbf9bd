package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** What the watchdog starts, with Camel and Quartz. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RestartableWorkTest {

    private static final TriggerKey RESYNC = TriggerKey.triggerKey("resync", "tidewatch");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BlockingQueue<Instant> fired = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:tidewatch/resync?trigger.repeatCount=-1&trigger.repeatInterval=300000")
                        .id("resync")
                        .process(exchange -> fired.add(Instant.now()));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** It had been left two hours ahead of a clock that was set back by so much. */
    @Test
    void aResyncThatIsHoursAwayIsArmedAnewFromNowOn() throws Exception {
        assertThat(fired.take()).isNotNull();
        Scheduler scheduler =
                context.getComponent("quartz", QuartzComponent.class).getScheduler();
        scheduler.rescheduleJob(
                RESYNC,
                TriggerBuilder.newTrigger()
                        .withIdentity(RESYNC)
                        .withSchedule(scheduler.getTrigger(RESYNC).getScheduleBuilder())
                        .usingJobData(scheduler.getTrigger(RESYNC).getJobDataMap())
                        .startAt(Date.from(Instant.now().plus(Duration.ofHours(2))))
                        .build());

        new RestartableWork(context, () -> true).rearmResync();

        assertThat(fired.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(scheduler.getTrigger(RESYNC).getNextFireTime())
                .as("and every five minutes")
                .isBefore(Date.from(Instant.now().plus(Duration.ofMinutes(6))));
    }
}
