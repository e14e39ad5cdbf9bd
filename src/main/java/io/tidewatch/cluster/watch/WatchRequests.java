package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager;
import io.fabric8.kubernetes.client.informers.impl.ListerWatcher;
import io.tidewatch.cluster.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The two requests for the objects of one kind in one namespace, through fabric8. Nothing is retried here. */
final class WatchRequests {

    /** How many objects an answer has at most: while they are parsed they need ten times the memory of their text. */
    private static final long PAGE = 100;

    private final FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects;
    private final ListerWatcher<GenericKubernetesResource, GenericKubernetesResourceList> watches;
    private final long limit;

    /**
     * @param objects as the client makes them, which can open a watch without waiting for it
     * @param limit how many objects a list has at most; 0: all
     */
    @SuppressWarnings("unchecked") // what fabric8's own informers are given, with the types of its objects
    WatchRequests(
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    objects,
            long limit) {
        this.limit = limit;
        this.objects = objects;
        this.watches = (ListerWatcher<GenericKubernetesResource, GenericKubernetesResourceList>) objects;
    }

    static WatchRequests of(KubernetesClient client, ResourceKind kind, String namespace, Selection selection) {
        var objects = client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withFields(selection.fields());
        for (Map.Entry<String, String> field : selection.without().entrySet()) {
            objects = objects.withoutField(field.getKey(), field.getValue());
        }
        return new WatchRequests(
                selection.label().isPresent()
                        ? objects.withLabelSelector(selection.label().get())
                        : objects,
                selection.limit());
    }

    /**
     * Lists all objects page by page, or as many as are asked for at most in one page.
     *
     * @return the resourceVersion of the list, which all pages have
     */
    String list(Consumer<List<GenericKubernetesResource>> page) {
        ListOptions options =
                new ListOptionsBuilder().withLimit(limit == 0 ? PAGE : limit).build();
        while (true) {
            GenericKubernetesResourceList listed = objects.list(options);
            page.accept(listed.getItems());
            String next = listed.getMetadata().getContinue();
            if (limit != 0 || next == null || next.isEmpty()) {
                return listed.getMetadata().getResourceVersion();
            }
            options.setContinue(next);
        }
    }

    /** Opens a watch at a resourceVersion. fabric8 has no limit for the time that this takes. */
    CompletableFuture<? extends Watch> watch(String resourceVersion, Watcher<GenericKubernetesResource> watcher) {
        return watches.submitWatch(
                new ListOptionsBuilder()
                        .withResourceVersion(resourceVersion)
                        .withAllowWatchBookmarks(true)
                        .build(),
                watcher);
    }

    /** Whether the API server has accepted the watch; of a plain request that is not known yet. */
    static boolean isAccepted(Watch watch) {
        return watch instanceof AbstractWatchManager<?> manager && manager.isWatching();
    }
}
