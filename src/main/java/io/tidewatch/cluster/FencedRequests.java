package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody.Consumer;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A client that asks a {@link Fence} on the wire: last of all before it sends a request that is no GET, and again before it sends one once
 * more. A request that may not be sent ends with {@link NotLeadingException}.
 *
 * <p>Source: {@code StandardHttpClient} of fabric8 7.4. The interceptors see a request in their order, and the one that refreshes tokens may
 * run a program for that. After an error answer each of them may change the request and have it sent again; nobody sees that one, and no
 * timeout ends it.
 */
public final class FencedRequests {

    private static final String NAME = "TIDEWATCH-FENCE";

    private FencedRequests() {}

    /** Over the connections of this client, whose owner closes them. */
    public static KubernetesClient of(KubernetesClient client, Fence fence) {
        return InterceptedClient.of(client, interceptors -> {
            interceptors.replaceAll((name, interceptor) -> new Resending(interceptor, fence));
            interceptors.put(NAME, new Sending(fence));
        });
    }

    private static boolean isFenced(HttpRequest request) {
        return !request.method().equals("GET");
    }

    private static NotLeadingException notSent() {
        return new NotLeadingException("not sent: this replica does not lead");
    }

    /** Asks before a request is sent for the first time. It must be the last interceptor. */
    private record Sending(Fence fence) implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (isFenced(request) && fence.marks().isEmpty()) {
                throw notSent();
            }
        }
    }

    /** Asks when another interceptor wants a request sent again: the marks must be the same, for the request carries them. */
    private record Resending(Interceptor other, Fence fence) implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            other.before(builder, request, tags);
        }

        @Override
        public void after(HttpRequest request, HttpResponse<?> response, Consumer<List<ByteBuffer>> consumer) {
            other.after(request, response, consumer);
        }

        @Override
        public Consumer<List<ByteBuffer>> consumer(Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
            return other.consumer(consumer, request);
        }

        @Override
        public CompletableFuture<Boolean> afterFailure(
                BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
            return asked(response.request(), () -> other.afterFailure(builder, response, tags));
        }

        @Override
        public CompletableFuture<Boolean> afterFailure(
                HttpRequest.Builder builder, HttpResponse<?> response, RequestTags tags) {
            return asked(response.request(), () -> other.afterFailure(builder, response, tags));
        }

        @Override
        public void afterConnectionFailure(HttpRequest request, Throwable failure) {
            other.afterConnectionFailure(request, failure);
        }

        private CompletableFuture<Boolean> asked(HttpRequest request, Supplier<CompletableFuture<Boolean>> again) {
            if (!isFenced(request)) {
                return again.get();
            }
            Optional<Map<String, String>> marks = fence.marks();
            return again.get().thenApply(isSentAgain -> {
                if (isSentAgain && (marks.isEmpty() || !marks.equals(fence.marks()))) {
                    throw notSent();
                }
                return isSentAgain;
            });
        }
    }
}
