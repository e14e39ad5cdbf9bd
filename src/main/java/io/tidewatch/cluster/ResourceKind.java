package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** A kind of namespaced objects, with what a path needs to reach them. */
public interface ResourceKind {

    /** As manifests name it. */
    String kind();

    String group();

    String version();

    /** As paths name it. */
    String plural();

    /** Group and version, or the version alone of the core group. */
    default String apiVersion() {
        return group().isEmpty() ? version() : group() + "/" + version();
    }

    /** As RBAC and kubectl name it, for example {@code rollouts.argoproj.io}. */
    default String resource() {
        return group().isEmpty() ? plural() : plural() + "." + group();
    }

    default ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group())
                .withVersion(version())
                .withKind(kind())
                .withPlural(plural())
                .withNamespaced(true)
                .build();
    }
}
