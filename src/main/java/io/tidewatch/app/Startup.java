package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.PassRequest;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Shutdown;
import io.tidewatch.loop.Timeline;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * What every part of the application is built from.
 *
 * @param client the one that routes and beans share; its owner closes it
 * @param template sends to the routes
 * @param edges what was opened and must be closed
 */
record Startup(
        Configuration configuration,
        KubernetesClient client,
        Timeline timeline,
        CamelContext context,
        ProducerTemplate template,
        RunMode mode,
        Edges edges)
        implements PassRequest, Shutdown {

    Clock clock() {
        return timeline.clock();
    }

    /** A change in the cluster is a request for a pass; before the routes run, the first pass is due anyway. */
    @Override
    public void request() {
        if (context.isStarted()) {
            template.sendBody("direct:cluster-change", "");
        }
    }

    @Override
    public boolean isStopping() {
        return context.isStopping() || context.isStopped();
    }
}
