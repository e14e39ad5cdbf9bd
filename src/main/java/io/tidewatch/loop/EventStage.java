package io.tidewatch.loop;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.KubernetesEvent;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Message;
import org.apache.camel.component.kubernetes.KubernetesConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the headers of the Kubernetes events producer for an Event. Events report what was done and decide nothing, so a failure
 * to write Events is logged once until an Event is written again.
 */
public final class EventStage {

    private static final Logger log = LoggerFactory.getLogger(EventStage.class);

    private static final int LONGEST_NOTE = 1024;

    /** API servers reject an eventTime with more or fewer digits than six. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    /** A name follows from a dedupe key: the Event is there already. */
    private static final int THERE_ALREADY = 409;

    /** Three times as long as the client waits for an answer. */
    private static final Duration LEFT_OUT = Duration.ofSeconds(30);

    private final String instance;
    private final Leadership leadership;
    private final ConcurrentMap<String, Long> unanswered = new ConcurrentHashMap<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param leadership without it nothing is sent */
    public EventStage(String instance, Leadership leadership) {
        this.instance = instance;
        this.leadership = leadership;
    }

    /** An Event was written. */
    public void written() {
        if (failing.getAndSet(false)) {
            log.info("Events are written again");
        }
    }

    /**
     * Whether Events of this namespace are answered. After a timeout, the next Events of the namespace are skipped for a moment: they would
     * only delay the Events of other namespaces.
     */
    public boolean isAnswered(Message message) {
        long now = System.nanoTime();
        unanswered.values().removeIf(until -> until - now < 0);
        return !unanswered.containsKey(
                message.getHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME, "", String.class));
    }

    /** Whether this replica still leads, after an Event has waited for its turn. */
    public boolean isOurs() {
        return leadership.leads();
    }

    /** An Event could not be written; it is not tried again. */
    public void failed(Exception why, String namespace) {
        if (isTimeout(why)) {
            unanswered.put(namespace, System.nanoTime() + LEFT_OUT.toNanos());
        }
        int code = why instanceof KubernetesClientException answered ? answered.getCode() : 0;
        if (code != THERE_ALREADY && !failing.getAndSet(true)) {
            log.warn("Events are not written: {}", reason(why));
        }
    }

    private static boolean isTimeout(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Exception why) {
        int code = why instanceof KubernetesClientException answered ? answered.getCode() : 0;
        return ServerMessages.of(why) + (code > 0 ? " (" + code + ")" : "");
    }

    /** The name follows from the dedupe key, so the API server rejects the same Event when it is sent twice. */
    public void headers(Message message) {
        KubernetesEvent event = message.getBody(KubernetesEvent.class);
        Map<String, Object> headers = new HashMap<>();
        headers.put(
                KubernetesConstants.KUBERNETES_NAMESPACE_NAME, event.target().namespace());
        headers.put(KubernetesConstants.KUBERNETES_EVENT_NAME, name(event));
        headers.put(KubernetesConstants.KUBERNETES_EVENTS_LABELS, Map.of("app.kubernetes.io/managed-by", "tidewatch"));
        headers.put(KubernetesConstants.KUBERNETES_EVENT_TIME, MICROSECONDS.format(event.at()));
        headers.put(KubernetesConstants.KUBERNETES_EVENT_ACTION_PRODUCER, event.reason());
        headers.put(
                KubernetesConstants.KUBERNETES_EVENT_TYPE, event.severity() == Severity.INFO ? "Normal" : "Warning");
        headers.put(KubernetesConstants.KUBERNETES_EVENT_REASON, event.reason());
        headers.put(KubernetesConstants.KUBERNETES_EVENT_NOTE, bounded(event.message()));
        headers.put(KubernetesConstants.KUBERNETES_EVENT_REPORTING_CONTROLLER, KubernetesEvent.REPORTER);
        headers.put(KubernetesConstants.KUBERNETES_EVENT_REPORTING_INSTANCE, instance);
        headers.put(KubernetesConstants.KUBERNETES_EVENT_REGARDING, regarding(event));
        message.setHeaders(headers);
        message.setBody(null);
    }

    private static ObjectReference regarding(KubernetesEvent event) {
        return new ObjectReferenceBuilder()
                .withApiVersion(apiVersion(event.about()))
                .withKind(event.about())
                .withNamespace(event.target().namespace())
                .withName(event.name())
                .withUid(event.uid())
                .build();
    }

    private static String apiVersion(String kind) {
        return switch (kind) {
            case "Rollout" -> "argoproj.io/v1alpha1";
            case "Deployment", "StatefulSet" -> "apps/v1";
            case "HorizontalPodAutoscaler" -> "autoscaling/v2";
            default -> "keda.sh/v1alpha1";
        };
    }

    private static String name(KubernetesEvent event) {
        UUID stable = UUID.nameUUIDFromBytes(event.dedupeKey().getBytes(StandardCharsets.UTF_8));
        return event.name() + "." + Long.toHexString(stable.getMostSignificantBits());
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE - 1) + "…";
    }
}
