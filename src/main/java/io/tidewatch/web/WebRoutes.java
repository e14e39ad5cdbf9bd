package io.tidewatch.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The routes that are served now, by path. Safe from several threads. */
final class WebRoutes {

    private final Map<String, WebRoute> exact = new ConcurrentHashMap<>();
    private final Map<String, WebRoute> prefixes = new ConcurrentHashMap<>();

    void add(String path, boolean isPrefix, WebRoute route) {
        (isPrefix ? prefixes : exact).put(path, route);
    }

    void remove(String path, boolean isPrefix) {
        (isPrefix ? prefixes : exact).remove(path);
    }

    boolean isEmpty() {
        return exact.isEmpty() && prefixes.isEmpty();
    }

    /** The route of this very path, else that of the longest prefix that ends before a slash. */
    Optional<WebRoute> of(String path) {
        Optional<WebRoute> found = Optional.ofNullable(exact.get(path));
        String rest = path;
        while (found.isEmpty() && rest.lastIndexOf('/') > 0) {
            rest = rest.substring(0, rest.lastIndexOf('/'));
            found = Optional.ofNullable(prefixes.get(rest));
        }
        return found;
    }
}
