package io.tidewatch.playground.api;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** One open watch: a request and the web socket it is answered on. */
final class WatchSession extends WebSocketListener {

    private final WatchHub hub;
    private final WatchRequest request;
    private volatile @Nullable WebSocket socket;

    WatchSession(WatchHub hub, WatchRequest request) {
        this.hub = hub;
        this.request = request;
    }

    WatchRequest request() {
        return request;
    }

    void send(String message) {
        WebSocket open = socket;
        if (open != null) {
            open.send(message);
        }
    }

    void end(int code, String reason) {
        WebSocket open = socket;
        if (open != null) {
            open.close(code, reason);
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        hub.open(this);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, @Nullable String reason) {
        hub.close(this);
        webSocket.close(code, reason == null ? "" : reason);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, @Nullable String reason) {
        hub.close(this);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable error, @Nullable Response response) {
        hub.close(this);
    }
}
