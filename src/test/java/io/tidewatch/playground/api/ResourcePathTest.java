package io.tidewatch.playground.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "/api/v1/namespaces | v1/namespaces | '' | '' | ''",
                "/api/v1/namespaces/shop | v1/namespaces | '' | shop | ''",
                "/api/v1/namespaces/shop/status | v1/namespaces | '' | shop | status",
                "/api/v1/namespaces/shop/pods | v1/pods | shop | '' | ''",
                "/api/v1/namespaces/shop/pods/web-1 | v1/pods | shop | web-1 | ''",
                "/api/v1/pods | v1/pods | '' | '' | ''",
                "/apis/apps/v1/namespaces/shop/replicasets/web/scale | apps/v1/replicasets | shop | web | scale",
                "/apis/argoproj.io/v1alpha1/rollouts | argoproj.io/v1alpha1/rollouts | '' | '' | ''",
                "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/web/status | keda.sh/v1alpha1/scaledobjects | shop | web | status",
            })
    void parses(String path, String type, String namespace, String name, String subresource) {
        ResourcePath parsed = ResourcePath.parse(path).orElseThrow();

        assertThat(parsed.type()).hasToString(type);
        assertThat(parsed.namespace().orElse("")).isEqualTo(namespace);
        assertThat(parsed.name().orElse("")).isEqualTo(name);
        assertThat(parsed.subresource().orElse("")).isEqualTo(subresource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/version",
                "/apis/keda.sh/v1alpha1",
                "/api/v1/unicorns",
                "/apis/apps/v1beta1/deployments",
                "/api/v1/namespaces/shop/nodes",
                "/api/v1/namespaces/shop/pods/web/log/x"
            })
    void leadsToNoKind(String path) {
        assertThat(ResourcePath.parse(path)).isEmpty();
    }
}
