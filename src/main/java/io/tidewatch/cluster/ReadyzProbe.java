package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /readyz}: a few bytes, allowed to every authenticated user by default ({@code system:public-info-viewer}), and
 * not answered with 200 while the API server's etcd is away, as {@code /version} would be.
 *
 * <p>The check {@code shutdown} is left out: an API server that is about to stop fails it for a minute or more, and serves
 * meanwhile.
 */
final class ReadyzProbe implements ApiServerProbe {

    private static final String PATH = "readyz?exclude=shutdown";

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final String uri;
    private final Duration timeout;

    /** @param timeout of each request, which the client does not repeat */
    ReadyzProbe(KubernetesClient client, Duration timeout) {
        this.http = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .adapt(KubernetesClient.class)
                .getHttpClient();
        this.uri = client.getMasterUrl() + PATH;
        this.timeout = timeout;
    }

    @Override
    public Answer ask() throws InterruptedException {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(uri)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, String.class);
        try {
            return answer(answer.get().code());
        } catch (InterruptedException givenUp) {
            answer.cancel(true);
            throw givenUp;
        } catch (ExecutionException none) {
            throw new IllegalStateException(ServerMessages.of(none), none);
        }
    }

    private static Answer answer(int code) {
        return switch (code) {
            case OK -> Answer.SERVES;
            case UNAUTHORIZED -> Answer.REJECTS_CREDENTIALS;
            case FORBIDDEN, NOT_FOUND -> Answer.REJECTS_QUESTION;
            default -> throw new IllegalStateException("it answers " + code + " to GET /readyz");
        };
    }
}
