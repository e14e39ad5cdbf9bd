package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/shop/pods, list, pods",
        "GET, /api/v1/namespaces/shop/pods?limit=500, list, pods",
        "GET, /api/v1/namespaces/shop/pods?allowWatchBookmarks=true&watch=true, watch, pods",
        "GET, /apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/cart, get, rollouts",
        "PATCH, /apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/cart?fieldManager=tidewatch, patch, scaledobjects",
        "PUT, /apis/coordination.k8s.io/v1/namespaces/ops/leases/tidewatch-night, update, leases",
        "POST, /api/v1/namespaces/shop/pods/cart-1/eviction, create, pods",
        "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, create, selfsubjectaccessreviews",
        "DELETE, /api/v1/namespaces/shop/pods/cart-1, delete, pods",
        "DELETE, /api/v1/namespaces/shop/pods, deletecollection, pods",
        "GET, /api/v1/namespaces, list, namespaces",
        "GET, /api/v1/namespaces/shop, get, namespaces",
        "GET, /k8s/clusters/c-1/apis/apps/v1/namespaces/shop/deployments, list, deployments",
        "GET, /api/v1/namespaces/apis/pods/apis, get, pods",
        "GET, /apis/apps/v1, get, ''",
        "GET, /api, get, ''",
        "GET, /readyz?verbose, get, ''",
        "GET, /version, get, ''",
        "GET, '', get, ''"
    })
    void isNamedAsInAuthorization(String method, String uri, String verb, String resource) {
        assertThat(ApiRequest.of(method, URI.create("https://cluster.example.com" + uri)))
                .isEqualTo(new ApiRequest(verb, resource));
    }
}
