package io.tidewatch.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Troubles;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many looks the changes of a busy cluster ask for; fifty a second were fifty passes, one after the other. */
class TriggerRoutesTest {

    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(250);

    private final BlockingQueue<String> looks = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("troubles", new Troubles(Clock.systemUTC(), () -> false));
        Properties properties = new Properties();
        properties.setProperty("tidewatch.resync.millis", "86400000");
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:git").process(exchange -> {});
                from("seda:look-again?size=1&discardWhenFull=true").process(exchange -> {
                    String why = exchange.getMessage().getBody(String.class);
                    all.add(why);
                    looks.add(why);
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
        context.stop();
    }

    private ProducerTemplate template() {
        return context.createProducerTemplate();
    }

    private long changes() {
        return all.stream().filter("change in the cluster"::equals).count();
    }

    private void awaitLook(String why) throws InterruptedException {
        String look = "";
        while (!look.equals(why)) {
            look = looks.poll(30, TimeUnit.SECONDS);
            assertThat(look).as("a look because of: %s", why).isNotNull();
        }
    }

    /** One test, for Quartz takes its time to stop. A look that waits already is enough for every trigger that comes. */
    @Test
    void manyChangesAreOneLookInAQuarterOfASecondAndAnEdgeWaitsForNone() throws InterruptedException {
        awaitLook("resync");
        long begun = System.nanoTime();
        template().sendBody("direct:cluster-change", "");
        awaitLook("change in the cluster");
        for (int change = 0; change < 2_000; change++) {
            template().sendBody("direct:cluster-change", "");
        }
        long known = changes();
        template().sendBody("direct:cluster-change", "");
        while (changes() == known) {
            awaitLook("change in the cluster");
        }
        long most = 1 + (System.nanoTime() - begun) / GAP;
        assertThat(changes()).isBetween(2L, most + 1);

        template().sendBody("direct:cluster-change", "");
        for (String bypass : List.of("window edge", "deadline", "new commit")) {
            template().sendBody("direct:" + bypass.replace(' ', '-'), "");
            awaitLook(bypass);
        }
    }
}
