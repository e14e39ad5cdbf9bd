package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.StrangerText;
import java.io.IOException;
import java.util.Optional;

/** A failure in one line: what could not be done, and why. */
final class FailureMessages {

    private FailureMessages() {}

    static String of(Throwable failure) {
        Throwable told = failure;
        while (told.getCause() != null && saysNothing(told)) {
            told = told.getCause();
        }
        String what = message(told).orElse(told.getClass().getSimpleName());
        return StrangerText.line(what
                + why(told)
                        .filter(words -> !what.contains(words))
                        .map(words -> ": " + words)
                        .orElse(""));
    }

    /** A wrapper's words are those of what it wraps; the client's say which operation failed, and not why. */
    private static boolean saysNothing(Throwable one) {
        String message = one.getMessage();
        return message == null
                || message.equals(String.valueOf(one.getCause()))
                || one instanceof KubernetesClientException;
    }

    private static Optional<String> why(Throwable told) {
        Throwable cause = told.getCause();
        return cause instanceof IOException ? message(cause) : Optional.empty();
    }

    private static Optional<String> message(Throwable one) {
        return Optional.ofNullable(one.getMessage()).filter(text -> !text.isBlank());
    }
}
