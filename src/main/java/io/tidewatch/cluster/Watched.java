package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a watch, and the list before it, ask for. */
record Watched(String path, List<String> selectors) {

    private static final Pattern SELECTOR = Pattern.compile("(?:field|label)Selector=[^&]*");

    static Watched of(HttpRequest request) {
        String query = Objects.requireNonNullElse(request.uri().getRawQuery(), "");
        return new Watched(
                request.uri().getPath(),
                SELECTOR.matcher(query)
                        .results()
                        .map(MatchResult::group)
                        .sorted()
                        .toList());
    }

    boolean isOf(Collection collection) {
        return path.endsWith(collection.suffix());
    }

    /** The objects of one kind in one namespace. */
    record Collection(String namespace, Kinds kind) {

        String suffix() {
            return "/namespaces/" + namespace + "/" + kind.plural();
        }
    }
}
