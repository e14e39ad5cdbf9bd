package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.StrangerText;
import java.io.IOException;
import java.util.Optional;

/** The line for a failure: what could not be done, and why. */
final class FailureMessages {

    private FailureMessages() {}

    static String of(Throwable failure) {
        Throwable diagnosed = failure;
        while (diagnosed.getCause() != null && saysNothing(diagnosed)) {
            diagnosed = diagnosed.getCause();
        }
        String what = message(diagnosed).orElse(diagnosed.getClass().getSimpleName());
        return StrangerText.line(what
                + why(diagnosed)
                        .filter(words -> !what.contains(words))
                        .map(words -> ": " + words)
                        .orElse(""));
    }

    /** A wrapper repeats the message of its cause, and the client's own message names the operation but no reason. */
    private static boolean saysNothing(Throwable one) {
        String message = one.getMessage();
        return message == null
                || message.equals(String.valueOf(one.getCause()))
                || one instanceof KubernetesClientException;
    }

    private static Optional<String> why(Throwable diagnosed) {
        Throwable cause = diagnosed.getCause();
        return cause instanceof IOException ? message(cause) : Optional.empty();
    }

    private static Optional<String> message(Throwable one) {
        return Optional.ofNullable(one.getMessage()).filter(text -> !text.isBlank());
    }
}
