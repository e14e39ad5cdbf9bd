package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServerMessagesTest {

    @Test
    void aRequestWithoutAnAnswerIsReportedWithoutItsUrl() {
        TimeoutException late = new TimeoutException("The timeout period of 10000ms has been exceeded while executing"
                + " PATCH /apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/search?force=false for server null");

        assertThat(ServerMessages.of(new KubernetesClientException("An error has occurred.", late)))
                .isEqualTo("no answer within 10 s");
    }

    @Test
    void aClosedConnectionHasNoWordsOfItsOwn() {
        assertThat(ServerMessages.of(new KubernetesClientException(
                        "An error has occurred.", new java.nio.channels.ClosedChannelException())))
                .isEqualTo("the connection was closed");
    }

    @Test
    void theRootCauseOfAnErrorIsReported() {
        assertThat(ServerMessages.of(new KubernetesClientException(
                        "An error has occurred.", new java.net.ConnectException("Connection refused"))))
                .isEqualTo("Connection refused");
    }
}
