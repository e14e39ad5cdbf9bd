package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The shipped route of a pass: its stages in their order, and a pass that fails is not the last one. */
class PassRouteTest extends CamelTestSupport {

    private static final String LOOK = "seda:pass-requested?size=1&discardWhenFull=true";
    private static final List<String> STAGES = List.of("observe", "diagnose", "plan", "apply", "report");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch passes = new CountDownLatch(2);
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile String failing = "";

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("desired", new Stage("desired"));
        registry.bind("alarms", new Stage("alarms"));
        registry.bind("applied", new Stage("applied"));
        registry.bind("metrics", new Stage("metrics"));
        registry.bind("seen", new Stage("seen"));
        registry.bind("routeErrors", new RouteErrors(Clock.systemUTC(), () -> false));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                for (String stage : STAGES) {
                    from("direct:" + stage).errorHandler(noErrorHandler()).process(exchange -> new Stage(stage).run());
                }
                for (String file : List.of("routes/90-errors.yaml", "routes/40-pass.yaml")) {
                    PluginHelper.getRoutesLoader(getContext())
                            .loadRoutes(
                                    PluginHelper.getResourceLoader(getContext()).resolveResource("file:" + file));
                }
            }
        };
    }

    /** Stands where a stage stands. */
    public final class Stage {

        private final String name;

        Stage(String name) {
            this.name = name;
        }

        public void begin() {
            run();
        }

        public void arm() {
            run();
        }

        public void remember() {
            run();
        }

        public void count() {
            run();
        }

        public void keep() {
            run();
            passes.countDown();
        }

        void run() {
            seen.add(name);
            if (name.equals(failing)) {
                failing = "";
                passes.countDown();
                failed.countDown();
                throw new IllegalStateException(name + " is broken");
            }
        }
    }

    @Test
    void aPassThatFailsEndsAndTheNextOneIsWhole() throws InterruptedException {
        failing = "plan";
        template().sendBody(LOOK, "first");
        assertThat(failed.await(30, TimeUnit.SECONDS)).as("a pass that fails").isTrue();
        template().sendBody(LOOK, "second");

        assertThat(passes.await(30, TimeUnit.SECONDS)).as("two passes").isTrue();
        assertThat(seen)
                .containsExactly(
                        "desired",
                        "observe",
                        "diagnose",
                        "plan",
                        "desired",
                        "observe",
                        "diagnose",
                        "plan",
                        "apply",
                        "report",
                        "alarms",
                        "applied",
                        "metrics",
                        "seen");
    }
}
