package io.tidewatch.playground.api;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.concurrent.TimeUnit;

/** Removes each request from the web server's queue, which would otherwise keep all requests for ever. */
final class ForgettingDispatcher extends Dispatcher {

    private final Dispatcher dispatcher;
    private final MockWebServer web;

    ForgettingDispatcher(Dispatcher dispatcher, MockWebServer web) {
        this.dispatcher = dispatcher;
        this.web = web;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            web.takeRequest(0, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return dispatcher.dispatch(request);
    }
}
