package io.tidewatch.cluster.heartbeat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.cluster.SingleRequests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends {@code GET /readyz}. The answer is a few bytes, every authenticated user may send it by default
 * ({@code system:public-info-viewer}), and it is not 200 while etcd is away, as {@code /version} would be.
 *
 * <p>The check {@code shutdown} is excluded: an API server that is about to stop fails it for a minute or more, and still serves.
 */
public final class ReadyzProbe implements ApiServerProbe {

    private static final String PATH = "readyz?exclude=shutdown";

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final String uri;
    private final Duration timeout;

    /** @param timeout of each request; the client does not retry it */
    public ReadyzProbe(KubernetesClient client, Duration timeout) {
        this.http = SingleRequests.of(client).getHttpClient();
        this.uri = client.getMasterUrl() + PATH;
        this.timeout = timeout;
    }

    @Override
    public Answer send() throws InterruptedException {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(uri)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, String.class);
        try {
            return answer(answer.get().code());
        } catch (InterruptedException timedOut) {
            answer.cancel(true);
            throw timedOut;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(ServerMessages.of(failure), failure);
        }
    }

    private static Answer answer(int code) {
        return switch (code) {
            case OK -> Answer.SERVES;
            case UNAUTHORIZED -> Answer.REJECTS_CREDENTIALS;
            case FORBIDDEN, NOT_FOUND -> Answer.REJECTS_REQUEST;
            default -> throw new IllegalStateException("it answers " + code + " to GET /readyz");
        };
    }
}
