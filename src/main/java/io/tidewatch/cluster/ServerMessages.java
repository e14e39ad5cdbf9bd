package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.StrangerText;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The message of an API server's rejection; without an answer, the reason why there is none. */
public final class ServerMessages {

    /** The HTTP client's message, which continues with a URL. */
    private static final Pattern LATE = Pattern.compile("timeout period of (\\d{1,9})ms has been exceeded");

    private ServerMessages() {}

    /** Foreign text, so it is cleaned and bounded. */
    public static String of(Throwable error) {
        return StrangerText.message(message(error));
    }

    private static String message(Throwable error) {
        Throwable root = error;
        while (true) {
            if (root instanceof KubernetesClientException answered
                    && answered.getStatus() != null
                    && answered.getStatus().getMessage() != null) {
                return answered.getStatus().getMessage();
            }
            Matcher late = LATE.matcher(String.valueOf(root.getMessage()));
            if (late.find()) {
                return "no answer within " + Long.parseLong(late.group(1)) / 1000 + " s";
            }
            if (root instanceof ClosedChannelException) {
                return "the connection was closed";
            }
            if (root.getCause() == null) {
                return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            }
            root = root.getCause();
        }
    }
}
