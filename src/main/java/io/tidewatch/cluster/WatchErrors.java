package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.cluster.Survey.Right;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says each trouble of the informers once, and once that all of them are over. One that ends because nobody watches there
 * any more is not mended, and of what is watched only while a target lags a missing right is not said at each lag anew.
 */
final class WatchErrors {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;

    private final String server;
    private final Consumer<String> said;
    private final Map<Trouble, String> lasting = new HashMap<>();
    private final Set<Trouble> known = new HashSet<>();
    private boolean ended;
    private boolean mayNotAsk;
    private boolean rejected;

    /** @param code 0: of no kind and no namespace, the server is away */
    private record Trouble(String kind, String namespace, int code) {

        private static final Set<String> AT_A_LAG = Set.of(Kinds.EVENT.kind(), Kinds.LEASE.kind());

        static final Trouble AWAY = new Trouble("", "", 0);

        /** One for all: a network that freezes watches freezes many. */
        static final Trouble UNHEARD = new Trouble("", "", -1);

        static Trouble of(String kind, String namespace, int code) {
            return switch (code) {
                case FORBIDDEN, NOT_FOUND -> new Trouble(kind, namespace, code);
                case UNAUTHORIZED -> new Trouble("", "", code);
                default -> AWAY; // a server that goes away does so in many ways, and that is one trouble
            };
        }

        boolean isARightAtALag() {
            return code == FORBIDDEN && AT_A_LAG.contains(kind);
        }
    }

    WatchErrors(String server, Consumer<String> said) {
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
                "missing permission to list and watch " + kind + "s in " + namespace + ": " + need(kind) + " ("
                        + ServerMessages.of(trouble) + ")";
            case NOT_FOUND -> kind + "s are not served by " + server + ": their CRD is not installed";
            case UNAUTHORIZED -> server + " does not know us: " + ServerMessages.of(trouble);
            case 0 -> server + " does not answer: " + ServerMessages.of(trouble);
            default ->
                server + " answers " + code + " to who watches " + kind + "s in " + namespace + ": "
                        + ServerMessages.of(trouble);
        };
        say(Trouble.of(kind, namespace, code), line);
    }

    /** An open watch has brought nothing for a while, although an API server sends a bookmark every minute. */
    synchronized void unheard(String kind, String namespace, Duration silent) {
        if (!ended) {
            say(
                    Trouble.UNHEARD,
                    "the watch of " + kind + "s in " + namespace + " has brought nothing for " + silent.toSeconds()
                            + " s, and " + server + " answers: listing them anew, and others like it");
        }
    }

    /** A watch cannot be opened, though the API server answers. */
    synchronized void shut(String kind, String namespace, Throwable why) {
        int code = code(why);
        if (code == UNAUTHORIZED || code == FORBIDDEN || code == NOT_FOUND) {
            met(kind, namespace, why);
        } else if (!ended) {
            say(
                    Trouble.UNHEARD,
                    "the watch of " + kind + "s in " + namespace + " cannot be opened, though " + server + " answers: "
                            + ServerMessages.of(why));
        }
    }

    /** The API server has not answered for a while. */
    synchronized void unanswered(Throwable why) {
        if (!ended) {
            say(Trouble.AWAY, server + " does not answer: " + ServerMessages.of(why));
        }
    }

    /** The API server is there; whether it accepts us, and whether it may be asked for its state, is told once. */
    synchronized void answered(ApiServerProbe.Answer answer) {
        if (ended) {
            return;
        }
        rejected = answer == ApiServerProbe.Answer.REJECTS_CREDENTIALS;
        switch (answer) {
            case SERVES -> {}
            case REJECTS_CREDENTIALS ->
                say(Trouble.of("", "", UNAUTHORIZED), server + " answers 401: it does not accept our credentials");
            case REJECTS_QUESTION -> {
                if (!mayNotAsk) {
                    mayNotAsk = true;
                    said.accept("no permission for GET /readyz at " + server
                            + ": that it answers is taken for a sign that it can serve");
                }
            }
        }
    }

    private void say(Trouble trouble, String line) {
        boolean isSaid = lasting.containsValue(line) || known.contains(trouble);
        if (lasting.putIfAbsent(trouble, line) == null && !isSaid) {
            said.accept(line + "; trying again");
        }
    }

    synchronized void over() {
        if (!lasting.isEmpty() && !rejected) {
            known.removeAll(lasting.keySet());
            lasting.clear();
            said.accept(server + " answers, everything is watched again");
        }
    }

    /** Of a kind that is not watched there any more. */
    synchronized void forget(String kind, String namespace) {
        Set<Trouble> gone = lasting.keySet().stream()
                .filter(trouble ->
                        trouble.kind().equals(kind) && trouble.namespace().equals(namespace))
                .collect(Collectors.toSet());
        lasting.keySet().removeAll(gone);
        gone.stream().filter(Trouble::isARightAtALag).forEach(known::add);
    }

    /** What informers meet from now on is of our own making. */
    synchronized void end() {
        ended = true;
    }

    private static String need(String kind) {
        return Stream.concat(Permissions.needed(false, false).stream(), Permissions.ofControllers().stream())
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
