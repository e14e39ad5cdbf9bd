package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import org.junit.jupiter.api.Test;

class ConnectionRisksTest {

    @Test
    void connectionsThatProveNothingAreReported() {
        assertThat(ConnectionRisks.of(config("https://api:6443").build())).isEmpty();
        assertThat(ConnectionRisks.of(
                        config("https://api:6443").withTrustCerts().build()))
                .singleElement()
                .asString()
                .startsWith("the certificate of the API server is not checked (KUBERNETES_TRUST_CERTIFICATES");
        assertThat(ConnectionRisks.of(config("https://api:6443")
                        .withDisableHostnameVerification()
                        .build()))
                .singleElement()
                .asString()
                .startsWith("the name in the API server's certificate is not checked");
        assertThat(ConnectionRisks.of(config("http://api:8080").build()))
                .singleElement()
                .asString()
                .contains("http://api:8080/ is not encrypted");
    }

    @Test
    void onLoopbackNobodyIsBetween() {
        assertThat(ConnectionRisks.of(config("http://127.0.0.1:8001").build())).isEmpty();
        assertThat(ConnectionRisks.of(config("http://localhost:8001").build())).isEmpty();
        assertThat(ConnectionRisks.of(
                        config("http://localhost.evil.example:8001").build()))
                .hasSize(1);
    }

    private static ConfigBuilder config(String url) {
        return new ConfigBuilder(Config.empty()).withMasterUrl(url);
    }
}
