package io.tidewatch.playground.api;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.concurrent.TimeUnit;

/** Takes each request out of the web server's queue again, which would otherwise hold every one that ever came. */
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
