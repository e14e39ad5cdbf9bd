package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Pace;
import io.tidewatch.app.RouteErrors;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many looks the changes of a busy cluster ask for, in a time that stands still until the test lets it go on. */
class TriggerRoutesTest {

    private static final String CHANGE = "change in the cluster";

    private final BlockingQueue<String> looks = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    private final AtomicLong nanos = new AtomicLong();
    private final Semaphore ends = new Semaphore(0);
    private final CamelContext context = new DefaultCamelContext();
    private final Pace pace = new Pace(nanos::get, context::isStopping);

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("routeErrors", new RouteErrors(Clock.systemUTC(), () -> false));
        context.getRegistry().bind("pace", pace);
        Properties properties = new Properties();
        properties.setProperty("tidewatch.resync.millis", "86400000");
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:git").process(exchange -> {});
                from("seda:pass-requested?size=1&discardWhenFull=true").process(exchange -> {
                    String why = exchange.getMessage().getBody(String.class);
                    pace.passBegins();
                    all.add(why);
                    looks.add(why);
                    assertThat(ends.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                    pace.passEnds();
                    ended.add(why);
                });
            }
        });
        for (String file : List.of("90-errors", "30-triggers")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context).resolveResource("file:routes/" + file + ".yaml"));
        }
        context.start();
    }

    @AfterEach
    void stop() {
        ends.release(1_000); // a change that waits asks for its look while the routes are stopped
        context.stop();
    }

    private ProducerTemplate template() {
        return context.createProducerTemplate();
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            template().sendBody("direct:cluster-change", "");
        }
    }

    private void awaitPass(String why) throws InterruptedException {
        assertThat(looks.poll(60, TimeUnit.SECONDS)).as("the next look").isEqualTo(why);
    }

    private void endPass() throws InterruptedException {
        ends.release();
        assertThat(ended.poll(60, TimeUnit.SECONDS)).as("a pass ends").isNotNull();
    }

    private void passesBy(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** One test, for Quartz takes its time to stop. */
    @Test
    void changesAreOnePassAQuarterOfASecondAfterTheLastPassAndNoOtherTriggerWaits() throws InterruptedException {
        awaitPass("resync");
        change(1_000);
        passesBy(Duration.ofSeconds(2));
        endPass();

        for (String bypass : List.of("window edge", "deadline", "new commit")) {
            passesBy(Duration.ofMillis(249));
            template().sendBody("direct:request-pass", bypass);
            awaitPass(bypass);
            change(1_000);
            passesBy(Duration.ofSeconds(2));
            endPass();
        }
        assertThat(all).as("passes of two seconds, and changes all the time").doesNotContain(CHANGE);

        passesBy(Duration.ofMillis(250));
        awaitPass(CHANGE);
        change(1_000);
        passesBy(Duration.ofSeconds(2));
        endPass();
        template().sendBody("direct:request-pass", "another attempt");
        awaitPass("another attempt");
        endPass();
        assertThat(all).filteredOn(CHANGE::equals).hasSize(1);

        passesBy(Duration.ofMillis(250));
        awaitPass(CHANGE);
        endPass();
    }
}
