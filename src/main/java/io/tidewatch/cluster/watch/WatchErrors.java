package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.Permissions;
import io.tidewatch.cluster.ResourceKind;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.cluster.heartbeat.ApiServerProbe;
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
 * Reports each trouble of the watches once, and once that all of it is resolved. A trouble is dropped, and not reported as
 * resolved, when its namespace is not watched any more. A missing permission for what is watched only while a target lags or a raise
 * is near is reported once, and not at every lag and raise.
 */
final class WatchErrors {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;

    private final String server;
    private final Consumer<String> log;
    /** By trouble, the line that was logged. */
    private final Map<Trouble, String> lasting = new HashMap<>();
    /** Missing permissions that were logged at an earlier lag or raise. */
    private final Set<Trouble> known = new HashSet<>();

    private boolean ended;
    private boolean probeForbiddenLogged;
    private boolean unauthorized;

    /**
     * A trouble, however many watches have it.
     *
     * @param kind empty where all kinds and namespaces have the trouble
     * @param code the HTTP status; 0: an outage of the API server; -1: a watch that receives nothing or cannot be opened
     */
    private record Trouble(String kind, String namespace, int code) {

        private static final Set<String> WATCHED_FOR_A_TIME = Stream.of(
                        Kinds.EVENT, Kinds.LEASE, Kinds.RESOURCE_QUOTA, Kinds.LIMIT_RANGE)
                .map(Kinds::kind)
                .collect(Collectors.toUnmodifiableSet());

        static final Trouble OUTAGE = new Trouble("", "", 0);

        /** One trouble of all watches: a network that freezes one of them freezes many. */
        static final Trouble WATCH_FAILS = new Trouble("", "", -1);

        static Trouble of(String kind, String namespace, int code) {
            return switch (code) {
                case FORBIDDEN, NOT_FOUND -> new Trouble(kind, namespace, code);
                case UNAUTHORIZED -> new Trouble("", "", code);
                default -> OUTAGE; // an API server that stops answers in many ways, and all of them are one trouble
            };
        }

        boolean isPermissionForATime() {
            return code == FORBIDDEN && WATCHED_FOR_A_TIME.contains(kind);
        }
    }

    /**
     * @param server the URL of the API server
     * @param log takes each line
     */
    WatchErrors(String server, Consumer<String> log) {
        this.server = server;
        this.log = log;
    }

    /** A request for a list failed, or a watch that is needed first could not be opened. */
    synchronized void requestFailed(ResourceKind failed, String namespace, Throwable error) {
        String kind = failed.kind();
        int code = code(error);
        if (ended || code == GONE) {
            return; // after 410 the watch begins again with a list, as it should
        }
        String reason = ServerMessages.of(error);
        String line = switch (code) {
            case FORBIDDEN ->
                "missing permission to list and watch " + failed.resource() + " in " + namespace + ": "
                        + consequence(failed) + " (" + reason + ")";
            case NOT_FOUND -> kind + "s are not served by " + server + ": their CRD is not installed";
            case UNAUTHORIZED -> "authentication failed (401) at " + server + ": " + reason;
            case 0 -> server + " does not answer: " + reason;
            default -> server + " answers " + code + " to the watch of " + kind + "s in " + namespace + ": " + reason;
        };
        report(Trouble.of(kind, namespace, code), line);
    }

    /** The API server did not say where a kind is served. */
    synchronized void discoveryFailed(String kind, String apiVersion, Throwable error) {
        if (!ended) {
            report(
                    Trouble.of(kind, "", code(error)),
                    server + " does not say where it serves " + kind + "s of " + apiVersion
                            + ": a target of this kind is followed to what its HPA says ("
                            + ServerMessages.of(error) + ")");
        }
    }

    /** An open watch has received nothing for a while, although an API server sends a bookmark every minute. */
    synchronized void watchIsDeaf(String kind, String namespace, Duration silent) {
        if (!ended) {
            report(
                    Trouble.WATCH_FAILS,
                    "the watch of " + kind + "s in " + namespace + " has received nothing for " + silent.toSeconds()
                            + " s, though " + server
                            + " answers: listing the objects again, and those of other silent kinds");
        }
    }

    /** A watch cannot be opened, though the API server answers. */
    synchronized void watchIsClosed(ResourceKind closed, String namespace, Throwable error) {
        int code = code(error);
        if (code == UNAUTHORIZED || code == FORBIDDEN || code == NOT_FOUND) {
            requestFailed(closed, namespace, error);
        } else if (!ended) {
            report(
                    Trouble.WATCH_FAILS,
                    "the watch of " + closed.kind() + "s in " + namespace + " cannot be opened, though " + server
                            + " answers: " + ServerMessages.of(error));
        }
    }

    /** An outage: the API server has not answered for a while. */
    synchronized void outage(Throwable error) {
        if (!ended) {
            report(Trouble.OUTAGE, server + " does not answer: " + ServerMessages.of(error));
        }
    }

    /** The API server answered the heartbeat. Reports once that it does not accept the credentials, or not this request. */
    synchronized void answered(ApiServerProbe.Answer answer) {
        if (ended) {
            return;
        }
        unauthorized = answer == ApiServerProbe.Answer.REJECTS_CREDENTIALS;
        switch (answer) {
            case SERVES -> {}
            case REJECTS_CREDENTIALS ->
                report(
                        Trouble.of("", "", UNAUTHORIZED),
                        "authentication failed (401) at " + server + ": the credentials are not accepted");
            case REJECTS_REQUEST -> {
                if (!probeForbiddenLogged) {
                    probeForbiddenLogged = true;
                    log.accept("missing permission for GET /readyz at " + server
                            + ": any answer counts as a sign that the API server can serve");
                }
            }
        }
    }

    private void report(Trouble trouble, String line) {
        boolean isReported = lasting.containsValue(line) || known.contains(trouble);
        if (lasting.putIfAbsent(trouble, line) == null && !isReported) {
            log.accept(line + "; trying again");
        }
    }

    /** All watches are open and complete. */
    synchronized void resolved() {
        if (!lasting.isEmpty() && !unauthorized) {
            known.removeAll(lasting.keySet());
            lasting.clear();
            log.accept(server + " answers, everything is watched again");
        }
    }

    /** The kind is not watched in this namespace any more. */
    synchronized void forget(String kind, String namespace) {
        Set<Trouble> gone = lasting.keySet().stream()
                .filter(trouble ->
                        trouble.kind().equals(kind) && trouble.namespace().equals(namespace))
                .collect(Collectors.toSet());
        lasting.keySet().removeAll(gone);
        gone.stream().filter(Trouble::isPermissionForATime).forEach(known::add);
    }

    /** The process stops: what fails from now on fails because of that, and is not reported. */
    synchronized void end() {
        ended = true;
    }

    /** What Tidewatch cannot do without the permission. */
    private static String consequence(ResourceKind kind) {
        if (!(kind instanceof Kinds)) {
            return "a target of this kind is followed to what its HPA says";
        }
        return Stream.concat(Permissions.needed(false, false).stream(), Permissions.ofControllers().stream())
                .filter(permission -> permission.resource().equals(kind.plural()))
                .map(Right::need)
                .findFirst()
                .orElse("cannot see them");
    }

    /** The HTTP status of an error; 0 where there was no answer. */
    static int code(Throwable error) {
        Throwable at = error;
        while (at != null) {
            if (at instanceof KubernetesClientException rejection && rejection.getCode() > 0) {
                return rejection.getCode();
            }
            at = at.getCause();
        }
        return 0;
    }
}
