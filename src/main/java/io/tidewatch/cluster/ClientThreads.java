package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a client: few, whatever the machine has and however many watches there are. They end when the client is closed.
 *
 * <p>By itself fabric8's client takes two event loops a core and a thread for each watch that hears something at the same moment. Vert.x adds
 * up to twenty threads for work that waits, and never ends them.
 */
public final class ClientThreads implements Executor {

    /** Each serves its share of the connections, and none of them waits. */
    private static final int EVENT_LOOPS = 2;

    /** Names are looked up there, one after the other, as the JVM does with one name; and a management server's metrics are put together. */
    private static final int WAITING = 1;

    /** What watches bring is read there, a watch's events one after the other. */
    private static final int TASKS = 3;

    private static final int IDLE_SECONDS = 30;

    /** Vert.x's own resolver does not know what the machine says about names; fabric8 switches it off in the same way. */
    private static final String OWN_RESOLVER = "vertx.disableDnsResolver";

    private final Vertx vertx;
    private final ThreadPoolExecutor tasks;

    private ClientThreads() {
        if (System.getProperty(OWN_RESOLVER) == null) {
            System.setProperty(OWN_RESOLVER, "true");
        }
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(WAITING)
                .setInternalBlockingPoolSize(WAITING)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        AtomicInteger number = new AtomicInteger();
        this.tasks = new ThreadPoolExecutor(
                TASKS, TASKS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidewatch-client-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        tasks.allowCoreThreadTimeOut(true);
    }

    /** Gives the client that is built threads of its own. */
    public static KubernetesClientBuilder addTo(KubernetesClientBuilder client) {
        ClientThreads threads = new ClientThreads();
        return client.withHttpClientFactory(new VertxHttpClientFactory(threads.vertx))
                .withTaskExecutorSupplier(new KubernetesClientBuilder.ExecutorSupplier() {

                    @Override
                    public Executor get() {
                        return threads;
                    }

                    @Override
                    public void onClose(Executor ofTheClient) {
                        threads.end();
                    }
                });
    }

    /** The threads of a client that was built with them. */
    public static Optional<ClientThreads> of(KubernetesClient client) {
        return client.adapt(BaseClient.class).getExecutor() instanceof ClientThreads threads
                ? Optional.of(threads)
                : Optional.empty();
    }

    /** For a server beside the client, which is closed before the client is. */
    public Vertx vertx() {
        return vertx;
    }

    /** A watch has one task at a time, so the queue is bounded by the watches. */
    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its threads are daemons, and nobody waits for their end
    private void end() {
        tasks.shutdown();
        vertx.close();
    }
}
