package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.CountedRequests;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.PassRequest;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Shutdown;
import io.tidewatch.loop.Timeline;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * The values that every part of the application is built from.
 *
 * @param client shared by routes and beans; its owner closes it
 * @param template sends to the routes
 * @param edges takes whatever must be closed
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

    /** The same with a client whose answers are counted. */
    Startup counting(CountedRequests.Listener answers) {
        return new Startup(
                configuration, CountedRequests.of(client, answers), timeline, context, template, mode, edges);
    }

    Clock clock() {
        return timeline.clock();
    }

    /** Requests a pass for a change in the cluster. Before the routes run, no request is needed: the first pass is due anyway. */
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
