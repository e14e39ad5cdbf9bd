package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody.Consumer;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client whose answers are counted: those to each attempt and to the opening of each watch, and those of each client that is made of it. A
 * request without an answer is not counted, since fabric8 says of such a request only where it tries again.
 *
 * <p>Source: {@code StandardHttpClient} of fabric8 7.4. It says {@code after} of each answer, with the consumer of its body. Of a web socket
 * there is no such consumer, and it says {@code after} of a refused one several times, but {@code afterFailure} once.
 */
public final class CountedRequests {

    /** The answer to a watch over a web socket that was opened. */
    private static final int SWITCHING_PROTOCOLS = 101;

    private static final String NAME = "TIDEWATCH-COUNT";

    private CountedRequests() {}

    /** Told of each answer, on a thread that must not wait. */
    @FunctionalInterface
    public interface Listener {

        /** @param code the status of HTTP; 101 for a watch that was opened over a web socket */
        void answered(ApiRequest request, int code);
    }

    /** Over the connections of this client, whose owner closes them. */
    public static KubernetesClient of(KubernetesClient client, Listener listener) {
        return InterceptedClient.of(client, interceptors -> {
            Map<String, Interceptor> others = new LinkedHashMap<>(interceptors);
            interceptors.clear();
            interceptors.put(NAME, new Counting(listener));
            interceptors.putAll(others);
        });
    }

    private record Counting(Listener listener) implements Interceptor {

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, @Nullable Consumer<List<ByteBuffer>> consumer) {
            boolean isRefusedWatch = consumer == null && !isAccepted(response.code());
            if (!isRefusedWatch) {
                answered(request, response.code());
            }
        }

        /** Of a web socket. */
        @Override
        public CompletableFuture<Boolean> afterFailure(
                BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
            answered(response.request(), response.code());
            return CompletableFuture.completedFuture(false);
        }

        /** Of any other request. */
        @Override
        public CompletableFuture<Boolean> afterFailure(
                HttpRequest.Builder builder, HttpResponse<?> response, RequestTags tags) {
            return CompletableFuture.completedFuture(false);
        }

        private static boolean isAccepted(int code) {
            return code == SWITCHING_PROTOCOLS || HttpResponse.isSuccessful(code);
        }

        private void answered(HttpRequest request, int code) {
            listener.answered(ApiRequest.of(request.method(), request.uri()), code);
        }
    }
}
