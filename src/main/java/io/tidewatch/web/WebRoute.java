package io.tidewatch.web;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;

/** A Camel route that begins with a path: it gets a {@link Request} as its body and leaves a {@link Reply} there. */
final class WebRoute extends DefaultConsumer implements PlatformHttpConsumer {

    private final PlatformHttpEndpoint endpoint;
    private final WebRoutes routes;

    WebRoute(PlatformHttpEndpoint endpoint, Processor processor, WebRoutes routes) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.routes = routes;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        routes.add(endpoint.getPath(), endpoint.isMatchOnUriPrefix(), this);
    }

    @Override
    protected void doStop() throws Exception {
        routes.remove(endpoint.getPath(), endpoint.isMatchOnUriPrefix());
        super.doStop();
    }

    /** @throws IllegalStateException if the route failed, or left no answer */
    Reply answer(Request request) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(request);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw new IllegalStateException(
                        "the route of " + endpoint.getPath() + " failed", exchange.getException());
            }
            return Optional.ofNullable(exchange.getMessage().getBody())
                    .filter(Reply.class::isInstance)
                    .map(Reply.class::cast)
                    .orElseThrow(
                            () -> new IllegalStateException("the route of " + endpoint.getPath() + " gave no answer"));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the route of " + endpoint.getPath() + " failed", e);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
