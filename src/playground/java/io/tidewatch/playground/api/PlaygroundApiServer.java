package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server on loopback: fabric8's mock server for HTTP and web sockets, behind it a store that keeps to what
 * kube-apiserver 1.36 does with writers (ownership, subresources, preconditions) and watchers (revisions, 410).
 *
 * <p>Objects live in memory and end with it. Times in metadata are the given clock's, so a night on a fast clock has its
 * own timestamps. Any number of clients and threads may use it.
 */
public final class PlaygroundApiServer implements AutoCloseable {

    private static final int ANY_FREE_PORT = 0;
    private static final int EVENTS_KEPT = 4_000;
    private static final int REQUESTS_KEPT = 50_000;
    /** What a fresh cluster has, and where the controllers that are played have their Deployments. */
    private static final List<String> PRESENT_NAMESPACES = List.of("default", "kube-system", "keda", "argo-rollouts");
    /** Held here because java.util.logging forgets the level of a logger nobody holds. */
    private static final Logger WEB_SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    /** One for all clients: each new one spends a tenth of a second of CPU on learning the same classes. */
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final WatchHub hub;
    private final ApiRoutes routes;
    private final ApiDispatcher dispatcher;
    private final RequestLog requests = new RequestLog(REQUESTS_KEPT);
    private final int port;
    private KubernetesMockServer server;

    private PlaygroundApiServer(Clock clock, int port) {
        WEB_SERVER_LOG.setLevel(Level.WARNING);
        hub = new WatchHub(EVENTS_KEPT);
        routes = new ApiRoutes(hub.store(), clock);
        dispatcher = new ApiDispatcher(routes, hub, requests, clock);
        new Bootstrap(hub.store(), clock).createNamespaces(PRESENT_NAMESPACES);
        forgetHistory();
        server = listening(dispatcher, port);
        this.port = server.getPort();
    }

    private static KubernetesMockServer listening(ApiDispatcher dispatcher, int port) {
        MockWebServer web = new MockWebServer();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), web, new HashMap<>(), new ForgettingDispatcher(dispatcher, web), false);
        server.init(InetAddress.getLoopbackAddress(), port);
        return server;
    }

    /** Starts on a free port. */
    public static PlaygroundApiServer start(Clock clock) {
        return new PlaygroundApiServer(clock, ANY_FREE_PORT);
    }

    /** Starts on the given port. */
    public static PlaygroundApiServer start(Clock clock, int port) {
        return new PlaygroundApiServer(clock, port);
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    public int port() {
        return port;
    }

    /** Everything a client needs; nothing is taken from the environment or a kubeconfig. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withNamespace("default")
                .withHttp2Disable(true)
                .build();
    }

    /** A new client, which the caller closes. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(SERIALIZATION)
                .withConfig(config())
                .build();
    }

    public RequestLog requests() {
        return requests;
    }

    /** Sets the answers to SelfSubjectAccessReviews; at first everything is allowed. The server enforces none of it. */
    public void grant(Predicate<AccessReview> rights) {
        routes.grant(rights);
    }

    /** Turns on the feature gate HPAScaleToZero: an HPA with an Object or External metric may have a minimum of 0. */
    public void allowScaleToZero() {
        routes.allowScaleToZero();
    }

    /**
     * Stores an object as it is, its uid, its status and its managed fields included, as from a backup.
     *
     * @param path as in a request for this object
     * @throws IllegalArgumentException if no kind is served there, or the object exists already
     */
    public void restore(String path, ObjectNode object) {
        ResourcePath place = ResourcePath.parse(path).orElseThrow(() -> new IllegalArgumentException(path));
        if (hub.store().put(place.key(), Optional.empty(), object).isEmpty()) {
            throw new IllegalArgumentException(path + " exists already");
        }
    }

    public void strikeWith(FaultHook faults) {
        dispatcher.strikeWith(faults);
    }

    /** Sets the time between two bookmarks, in real time, of watches that ask for them; at first a minute, as on a real server. */
    public void sendBookmarksEvery(Duration pause) {
        hub.sendBookmarksEvery(pause);
    }

    /** Ends every open watch, as a restarting API server does. */
    public void dropWatches() {
        hub.dropWatches();
    }

    /** Makes every revision up to now too old to resume a watch from: the next attempt gets 410 Gone. */
    public void forgetHistory() {
        hub.store().forgetHistory();
    }

    /** Rejects connections from now on and ends the open ones. The stored objects stay. */
    public synchronized void goDown() {
        server.destroy();
    }

    /** Listens again, on the same port and with the same objects. */
    public synchronized void comeBack() {
        server = listening(dispatcher, port);
    }

    @Override
    public synchronized void close() {
        server.destroy();
        hub.close();
    }
}
