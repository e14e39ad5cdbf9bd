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

/** Tells apart what an API server's refusals ask for: another decision, another request, or another time. */
final class Rejection {

    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]*)\"");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /**
     * The authorizer's words. Admission (webhooks, policies, quotas) answers with the same code, but its message begins
     * otherwise, whatever it quotes.
     */
    private static final Pattern NOT_ALLOWED = Pattern.compile(
            "^\\S{1,300} (?:\"[^\"]{0,300}\" )?is forbidden: User \"(?:[^\"\\\\]|\\\\.){0,500}\" cannot \\S{1,100} resource ");

    private Rejection() {}

    static Outcome outcome(Action action, KubernetesClientException refusal, Instant now) {
        String message = ServerMessages.of(refusal);
        return switch (refusal.getCode()) {
            case 409 ->
                conflict(refusal)
                        .<Outcome>map(cause -> new Outcome.Conflicted(action, now, manager(cause), cause.getField()))
                        .orElseGet(() -> new Outcome.Outdated(action, now, message));
            case 404 -> new Outcome.Outdated(action, now, message);
            case 400, 401, 403, 405, 413, 415, 422 ->
                new Outcome.Rejected(action, now, subject(refusal.getCode(), message), refusal.getCode(), message);
            case 500 ->
                message.contains("not declared in schema")
                        ? new Outcome.Rejected(action, now, Subject.REQUEST, refusal.getCode(), message)
                        : new Outcome.Unavailable(action, now, true, message);
            default -> new Outcome.Unavailable(action, now, refusal.getCode() > 0, message);
        };
    }

    /** Whether the caller or the request is rejected; admission and authorization answer with the same code. */
    static Subject subject(int code, String message) {
        return code == UNAUTHORIZED
                        || (code == FORBIDDEN && NOT_ALLOWED.matcher(message).find())
                ? Subject.CALLER
                : Subject.REQUEST;
    }

    /** The same for a dry run: what another decision asks for cannot be told before the write itself. */
    static DryRunAnswer answer(DryRun question, KubernetesClientException refusal) {
        String message = ServerMessages.of(refusal);
        return switch (refusal.getCode()) {
            case 409 -> {
                List<DryRunAnswer.Owner> owners = conflicts(refusal)
                        .map(cause -> new DryRunAnswer.Owner(manager(cause), cause.getField()))
                        .toList();
                yield owners.isEmpty()
                        ? new DryRunAnswer.Unanswered(question, message)
                        : new DryRunAnswer.Owned(question, owners);
            }
            case 400, 403, 405, 413, 415, 422 -> new DryRunAnswer.Refused(question, refusal.getCode(), message);
            case 500 ->
                message.contains("not declared in schema")
                        ? new DryRunAnswer.Refused(question, refusal.getCode(), message)
                        : new DryRunAnswer.Unanswered(question, message);
            default -> new DryRunAnswer.Unanswered(question, message);
        };
    }

    private static Optional<StatusCause> conflict(KubernetesClientException refusal) {
        return conflicts(refusal).findFirst();
    }

    private static Stream<StatusCause> conflicts(KubernetesClientException refusal) {
        return Optional.ofNullable(refusal.getStatus())
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
