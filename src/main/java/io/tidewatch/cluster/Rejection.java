package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the API server's rejections into outcomes: decide again, correct the request, or retry later. */
public final class Rejection {

    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]*)\"");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /**
     * The message of the authorizer. Admission (webhooks, policies, quotas) answers with the same code, but its message begins
     * otherwise, whatever it quotes.
     */
    private static final Pattern NOT_ALLOWED = Pattern.compile(
            "^\\S{1,300} (?:\"[^\"]{0,300}\" )?is forbidden: User \"(?:[^\"\\\\]|\\\\.){0,500}\" cannot \\S{1,100} resource ");

    private Rejection() {}

    static Outcome outcome(Action action, KubernetesClientException rejection, Instant now) {
        String message = ServerMessages.of(rejection);
        return switch (rejection.getCode()) {
            case 409 ->
                conflict(rejection)
                        .<Outcome>map(cause -> new Outcome.Conflicted(action, now, manager(cause), cause.getField()))
                        .orElseGet(() -> new Outcome.Outdated(action, now, message));
            case 404 -> new Outcome.Outdated(action, now, message);
            case 400, 401, 403, 405, 413, 415, 422 ->
                new Outcome.Rejected(action, now, subject(rejection.getCode(), message), rejection.getCode(), message);
            case 500 ->
                message.contains("not declared in schema")
                        ? new Outcome.Rejected(action, now, Subject.REQUEST, rejection.getCode(), message)
                        : new Outcome.Unavailable(action, now, true, message);
            default -> new Outcome.Unavailable(action, now, rejection.getCode() > 0, message);
        };
    }

    /** Whether the caller or the request is rejected; admission and authorization answer with the same code. */
    public static Subject subject(int code, String message) {
        return code == UNAUTHORIZED
                        || (code == FORBIDDEN && NOT_ALLOWED.matcher(message).find())
                ? Subject.CALLER
                : Subject.REQUEST;
    }

    /** The same for a dry run. Whether another decision is needed is known only after the write itself. */
    static DryRunAnswer answer(DryRun dryRun, KubernetesClientException rejection) {
        String message = ServerMessages.of(rejection);
        return switch (rejection.getCode()) {
            case 409 -> {
                List<DryRunAnswer.Owner> owners = conflicts(rejection)
                        .map(cause -> new DryRunAnswer.Owner(manager(cause), cause.getField()))
                        .toList();
                yield owners.isEmpty()
                        ? new DryRunAnswer.Unanswered(dryRun, message)
                        : new DryRunAnswer.Owned(dryRun, owners);
            }
            case 400, 403, 405, 413, 415, 422 -> new DryRunAnswer.Rejected(dryRun, rejection.getCode(), message);
            case 500 ->
                message.contains("not declared in schema")
                        ? new DryRunAnswer.Rejected(dryRun, rejection.getCode(), message)
                        : new DryRunAnswer.Unanswered(dryRun, message);
            default -> new DryRunAnswer.Unanswered(dryRun, message);
        };
    }

    private static Optional<StatusCause> conflict(KubernetesClientException rejection) {
        return conflicts(rejection).findFirst();
    }

    private static Stream<StatusCause> conflicts(KubernetesClientException rejection) {
        return Optional.ofNullable(rejection.getStatus())
                .map(io.fabric8.kubernetes.api.model.Status::getDetails)
                .map(StatusDetails::getCauses)
                .orElse(List.of())
                .stream()
                .filter(cause -> "FieldManagerConflict".equals(cause.getReason()));
    }

    private static String manager(StatusCause cause) {
        Matcher named = MANAGER.matcher(String.valueOf(cause.getMessage()));
        return named.find() ? named.group(1) : "an unknown manager";
    }
}
