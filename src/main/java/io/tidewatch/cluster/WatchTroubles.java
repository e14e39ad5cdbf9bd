package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.Survey.Right;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Says each trouble of the informers once, and once that all of them are over. */
final class WatchTroubles {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;

    private final String server;
    private final Consumer<String> said;
    private final Set<String> lasting = new HashSet<>();
    private boolean ended;

    WatchTroubles(String server, Consumer<String> said) {
        this.server = server;
        this.said = said;
    }

    synchronized void met(String kind, String namespace, Throwable trouble) {
        int code = code(trouble);
        if (ended || code == GONE) {
            return; // after 410 the watch begins anew with a list, as it should
        }
        String line = switch (code) {
            case FORBIDDEN ->
                "no right to list and watch " + kind + "s in " + namespace + ": " + need(kind) + " ("
                        + ServerWords.of(trouble) + ")";
            case NOT_FOUND -> kind + "s are not served by " + server + ": their CRD is not installed";
            case UNAUTHORIZED -> server + " does not know us: " + ServerWords.of(trouble);
            default -> server + " does not answer: " + ServerWords.of(trouble);
        };
        // a server that goes away does so in many ways, and that is one trouble
        if (lasting.add(code == FORBIDDEN || code == NOT_FOUND || code == UNAUTHORIZED ? line : server)) {
            said.accept(line + "; trying again");
        }
    }

    /** Watches have not got through for a while. */
    synchronized void unanswered(Throwable why) {
        if (!ended && lasting.add(server)) {
            said.accept(server + " does not answer: " + ServerWords.of(why) + "; trying again");
        }
    }

    synchronized void over() {
        if (!lasting.isEmpty()) {
            lasting.clear();
            said.accept(server + " answers, everything is watched again");
        }
    }

    /** Of a kind that is not watched any more. */
    synchronized void forget(String kind) {
        lasting.removeIf(line -> line.startsWith(kind + "s "));
    }

    /** What informers meet from now on is of our own making. */
    synchronized void end() {
        ended = true;
    }

    private static String need(String kind) {
        return Stream.concat(Rights.needed(false, false).stream(), Rights.ofControllers().stream())
                .filter(right -> right.resource().equals(Kinds.of(kind).plural()))
                .map(Right::need)
                .findFirst()
                .orElse("they are not seen");
    }

    static int code(Throwable trouble) {
        Throwable at = trouble;
        while (at != null) {
            if (at instanceof KubernetesClientException refusal && refusal.getCode() > 0) {
                return refusal.getCode();
            }
            at = at.getCause();
        }
        return 0;
    }
}
