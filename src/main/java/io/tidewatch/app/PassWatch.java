package io.tidewatch.app;

import io.tidewatch.loop.PassListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** Observes the routes of a pass: when it begins, which stage runs, how it ends. */
final class PassWatch extends RoutePolicySupport {

    private static final String PASS = "pass";
    private static final Set<String> STAGES = Set.of("observe", "diagnose", "plan", "apply", "report");

    private final LoopHealth loop;
    private final List<PassListener> listeners;

    private PassWatch(LoopHealth loop, List<PassListener> listeners) {
        this.loop = loop;
        this.listeners = List.copyOf(listeners);
    }

    /** For each context that it is added to, watches the routes of a pass. */
    static RoutePolicyFactory factory(LoopHealth loop, List<PassListener> listeners) {
        RoutePolicy policy = new PassWatch(loop, listeners);
        return new RoutePolicyFactory() {
            @Override
            public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
                return isOfAPass(routeId) ? policy : null;
            }
        };
    }

    /** Whether a route is the pass or one of its stages. */
    static boolean isOfAPass(String route) {
        return route.equals(PASS) || STAGES.contains(route);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (route.getId().equals(PASS)) {
            listeners.forEach(PassListener::passBegins);
            loop.passBegins();
        } else {
            loop.stageBegins(route.getId());
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (!route.getId().equals(PASS)) {
            loop.stageEnds();
            return;
        }
        listeners.forEach(PassListener::passEnds);
        Optional<Throwable> error = error(exchange);
        if (error.isPresent()) {
            loop.passFails(
                    Optional.ofNullable(exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class))
                            .orElse(PASS),
                    error.get());
        } else {
            loop.passEnds();
        }
    }

    /** An error that the route's error handler has handled counts as well, since the later stages did not run. */
    private static Optional<Throwable> error(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(exchange.getException());
        }
        ExchangeExtension handled = exchange.getExchangeExtension();
        return handled.isErrorHandlerHandledSet() && handled.isErrorHandlerHandled()
                ? Optional.ofNullable(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))
                : Optional.empty();
    }
}
