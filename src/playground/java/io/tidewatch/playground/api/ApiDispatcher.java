package io.tidewatch.playground.api;

import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of fabric8's mock web server in place of fabric8's CRUD dispatcher. It adds server-side apply,
 * subresources, watches from a revision, and dry runs.
 */
final class ApiDispatcher extends Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    private static final String READY = "/readyz";

    private final ApiRoutes routes;
    private final WatchHub hub;
    private final RequestLog log;
    private final Clock clock;
    private volatile FaultHook faults = FaultHook.none();

    ApiDispatcher(ApiRoutes routes, WatchHub hub, RequestLog log, Clock clock) {
        this.routes = routes;
        this.hub = hub;
        this.log = log;
        this.clock = clock;
    }

    void strikeWith(FaultHook hook) {
        faults = hook;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        ApiRequest request = ApiRequest.of(recorded);
        FaultHook.Call call = new FaultHook.Call(ApiRoutes.verb(request), request.path(), request.contentType());
        Fault before = faults.strike(FaultHook.Moment.BEFORE, call);
        MockResponse response = WireFault.replaces(before) ? WireFault.response(before) : handled(request);
        Fault after = faults.strike(FaultHook.Moment.AFTER, call);
        if (WireFault.replaces(after)) {
            response = WireFault.response(after);
        }
        WireFault.delay(response, before.delay().plus(after.delay()));
        boolean opened = response.getWebSocketListener() != null;
        log.add(new RequestLog.Entry(
                clock.instant(),
                call.verb(),
                request.path(),
                request.contentType(),
                opened ? 101 : response.code(),
                request.query().isDryRun(),
                request.userAgent().orElse(""),
                Optional.of(recorded.getPath())
                        .map(path -> path.replaceFirst("^[^?]*\\??", ""))
                        .orElse("")));
        return response;
    }

    private MockResponse handled(ApiRequest request) {
        try {
            if (request.path().equals(READY)) {
                return text("ok");
            }
            return request.isWatch() ? watch(request) : respond(routes.answer(request));
        } catch (ApiFailure failure) {
            return respond(Answer.of(failure));
        } catch (RuntimeException e) {
            LOG.error("{} {}: not answered as it should be", request.method(), request.path(), e);
            return respond(Answer.of(ApiFailure.internal(String.valueOf(e.getMessage()))));
        }
    }

    /**
     * A watch over a web socket stays open. One without gets what has happened since its revision and the end of the
     * stream: the web server cannot keep a plain response open, and clients resume from where they are.
     */
    private MockResponse watch(ApiRequest request) {
        ResourcePath path = ResourcePath.parse(request.path()).orElseThrow(ApiFailure::noSuchPath);
        WatchRequest watch = WatchRequest.of(path, request.query());
        if (request.websocket()) {
            return new MockResponse().withWebSocketUpgrade(new WatchSession(hub, watch));
        }
        List<String> messages = hub.beginning(watch)
                .orElseGet(() -> List.of(WatchMessages.error(ApiFailure.expired("too old resource version"))));
        return json(200, String.join("", messages));
    }

    private static MockResponse respond(Answer answer) {
        MockResponse response = json(answer.code(), answer.body().toString());
        answer.warnings().forEach(warning -> response.addHeader("Warning", "299 - \"" + warning + "\""));
        return response;
    }

    private static MockResponse text(String body) {
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .setBody(body);
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }
}
