package io.tidewatch.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A request on the wire.
 *
 * @param number in the order in which requests reached the proxy, 1-based
 * @param target path and query
 */
public record WireRequest(int number, String method, String target, boolean upgrade) {

    private static final Pattern WATCH = Pattern.compile("[?&]watch=(true|1)");
    private static final Pattern DRY_RUN = Pattern.compile("[?&]dryRun=All");
    private static final List<String> NAMED = List.of("scaledobjects", "rollouts", "replicasets");

    boolean isWatch() {
        return WATCH.matcher(target).find();
    }

    public String path() {
        return target.replaceFirst("\\?.*", "");
    }

    /** Whether the API server is asked to change something that people declare or read. */
    public boolean writes() {
        return !method.equals("GET") && !path().endsWith("reviews");
    }

    /** Whether the API server is only asked what would come of it. */
    boolean isDryRun() {
        return DRY_RUN.matcher(target).find();
    }

    /**
     * What it is about, without what differs from night to night: {@code watch pods shop}, {@code patch rollouts shop/cart},
     * {@code dry-run patch scaledobjects shop/cart}.
     */
    public String label() {
        return isDryRun() ? "dry-run " + bareLabel() : bareLabel();
    }

    private String bareLabel() {
        String[] parts = path().split("/");
        int namespaces = List.of(parts).indexOf("namespaces");
        if (namespaces < 0 || parts.length < namespaces + 3) {
            return method.toLowerCase(Locale.ROOT) + " " + path();
        }
        String resource = parts[namespaces + 2];
        boolean named = parts.length > namespaces + 3;
        String verb = named || !method.equals("GET") ? method.toLowerCase(Locale.ROOT) : isWatch() ? "watch" : "list";
        return verb + " " + resource + " " + parts[namespaces + 1]
                + (named && NAMED.contains(resource) ? "/" + parts[namespaces + 3] : "");
    }
}
