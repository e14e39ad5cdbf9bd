package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.StrangerText;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API server says when it refuses, in its own words; without an answer, the reason why there is none. */
public final class ServerMessages {

    /** The HTTP client's words, which go on with a URL. */
    private static final Pattern LATE = Pattern.compile("timeout period of (\\d{1,9})ms has been exceeded");

    private ServerMessages() {}

    /** A stranger's, so cleaned and bounded. */
    public static String of(Throwable refusal) {
        return StrangerText.message(said(refusal));
    }

    private static String said(Throwable refusal) {
        Throwable root = refusal;
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
