package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.KubernetesEvent;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Message;
import org.apache.camel.component.kubernetes.KubernetesConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** How an Event looks to the producer of Kubernetes Events, and which Events are left out. */
class EventStageTest {

    private final EventStage stage = new EventStage("tidewatch", Leadership.ALONE);

    private static KubernetesEvent event(String namespace, String about, Severity severity, String text) {
        return new KubernetesEvent(
                new Target(namespace, "checkout"),
                about,
                "checkout",
                "uid-1",
                severity,
                "MinimumRaised",
                text,
                PassOf.NOON,
                "shop/checkout peak");
    }

    private Message headers(KubernetesEvent event) {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
        message.setBody(event);
        stage.headers(message);
        return message;
    }

    @Test
    void anEventIsAboutItsObjectAndNamedByItsKeySoThatItExistsOnce() {
        KubernetesEvent event = event("shop", "Rollout", Severity.INFO, "minimum 5 → 7");

        Message message = headers(event);

        assertThat(message.getBody()).isNull();
        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_NAMESPACE_NAME))
                .isEqualTo("shop");
        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_EVENT_TYPE)).isEqualTo("Normal");
        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_EVENT_NOTE)).isEqualTo("minimum 5 → 7");
        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_EVENT_REGARDING, ObjectReference.class))
                .satisfies(about -> {
                    assertThat(about.getApiVersion()).isEqualTo("argoproj.io/v1alpha1");
                    assertThat(about.getKind()).isEqualTo("Rollout");
                    assertThat(about.getUid()).isEqualTo("uid-1");
                });
        assertThat(message.getHeaders())
                .containsEntry(
                        KubernetesConstants.KUBERNETES_EVENT_NAME,
                        headers(event).getHeader(KubernetesConstants.KUBERNETES_EVENT_NAME));
    }

    @Test
    void whatIsWorseThanInformationIsAWarningAndALongTextIsCut() {
        Message message = headers(event("shop", "ScaledObject", Severity.WARNING, "x".repeat(5_000)));

        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_EVENT_TYPE)).isEqualTo("Warning");
        assertThat(message.getHeader(KubernetesConstants.KUBERNETES_EVENT_NOTE, String.class))
                .hasSizeLessThanOrEqualTo(1024)
                .endsWith("…");
    }

    @Test
    void afterATimeoutTheEventsOfThatNamespaceAloneAreLeftOut() {
        stage.failed(new IllegalStateException(new TimeoutException("no answer")), "shop");

        assertThat(stage.isAnswered(headers(event("shop", "Rollout", Severity.INFO, "a"))))
                .isFalse();
        assertThat(stage.isAnswered(headers(event("bank", "Rollout", Severity.INFO, "a"))))
                .isTrue();
    }

    @Test
    void thatEventsCannotBeWrittenIsLoggedOnceUntilOneCan() {
        try (CapturedLog log = CapturedLog.start()) {
            stage.failed(new KubernetesClientException("exists", 409, null), "shop");
            assertThat(log.lines()).isEmpty();

            stage.failed(new KubernetesClientException("denied", 403, null), "shop");
            stage.failed(new KubernetesClientException("denied", 403, null), "shop");
            assertThat(log.lines()).hasSize(1);

            stage.written();
            stage.written();
            assertThat(log.lines()).hasSize(2);
        }
    }
}
