package io.tidewatch.footprint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The playground's API server with many targets, as a process of its own. Where its input has {@code c}, it forgets the requests so far;
 * where it has {@code p}, it prints how many of each kind have come since; where it has {@code w}, the milliseconds since 1970 at which the writes
 * of ScaledObjects that were accepted since were answered. It ends when its input ends.
 */
public final class StandingCluster {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StandingCluster() {}

    /** @param arguments how many targets, pods of each, namespaces; when their window began. Prints its URL once all is there. */
    public static void main(String[] arguments) throws IOException {
        int targets = Integer.parseInt(arguments[0]);
        int pods = Integer.parseInt(arguments[1]);
        int namespaces = Integer.parseInt(arguments[2]);
        Instant window = Instant.parse(arguments[3]);
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC())) {
            for (int number = 0; number < namespaces; number++) {
                String name = "team-" + number;
                server.restore("/api/v1/namespaces/" + name, (ObjectNode)
                        JSON.readTree("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \""
                                + name + "\"}}"));
            }
            for (int number = 0; number < targets; number++) {
                for (Map.Entry<String, String> object :
                        target(number, pods, namespaces, window).objects().entrySet()) {
                    server.restore(object.getKey(), (ObjectNode) JSON.readTree(object.getValue()));
                }
            }
            System.out.println(server.url());
            int order = System.in.read();
            while (order >= 0) {
                if (order == 'c') {
                    server.requests().clear();
                } else if (order == 'p') {
                    System.out.println(counted(server.requests()));
                }
                if (order == 'w') {
                    System.out.println(written(server.requests()));
                }
                order = System.in.read();
            }
        }
    }

    private static String written(RequestLog log) {
        return log.entries().stream()
                .filter(entry -> entry.verb().equals("patch") && !entry.dryRun() && entry.code() == 200)
                .filter(entry -> entry.path().contains("/scaledobjects/"))
                .map(entry -> Long.toString(entry.at().toEpochMilli()))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Long> counted(RequestLog log) {
        return log.entries().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.verb() + " " + entry.path().replaceFirst(".*/namespaces/[^/]+/([^/?]+).*", "$1"),
                        TreeMap::new,
                        Collectors.counting()));
    }

    static StandingTarget target(int number, int pods, int namespaces, Instant window) {
        return new StandingTarget("team-" + number % namespaces, "app-" + number, pods, window);
    }
}
