package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ControllerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All objects that a diagnosis reads, listed once, for {@code diagnose} during an incident. Kinds that may not be listed, or are not
 * served, are missing and reported as problems.
 *
 * @param objects as served
 * @param problems a line for each kind that is missing, with the namespace
 * @param listed the kinds that were listed in every namespace, whether there are any or not
 */
public record Snapshot(List<Map<String, Object>> objects, List<String> problems, Set<String> listed) {

    private static final long PAGE = 500;
    private static final Set<Kinds> OF_CONTROLLERS = EnumSet.of(Kinds.DEPLOYMENT, Kinds.LEASE);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    public Snapshot {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        listed = Set.copyOf(listed);
    }

    /**
     * Where objects are listed.
     *
     * @param namespaces of the targets; all when empty
     * @param controllers of KEDA and Argo Rollouts, whose Deployments and Leases are listed; all when empty
     */
    public record Reach(Set<String> namespaces, Set<String> controllers) {

        public static final Reach ALL = new Reach(Set.of(), Set.of());

        public Reach {
            namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
            controllers = Collections.unmodifiableSortedSet(new TreeSet<>(controllers));
        }

        private List<Optional<String>> of(Kinds kind) {
            Set<String> named = OF_CONTROLLERS.contains(kind) ? controllers : namespaces;
            return named.isEmpty()
                    ? List.of(Optional.empty())
                    : named.stream().map(Optional::of).toList();
        }
    }

    /**
     * Lists each kind in each namespace of the reach once.
     *
     * @param controllers reads a Deployment as a controller, which names its Lease
     * @throws KubernetesClientException when the API server does not answer
     */
    public static Snapshot of(
            KubernetesClient client, Reach reach, Function<Map<String, Object>, ControllerView> controllers) {
        RawObjects raw = new RawObjects(client);
        List<Map<String, Object>> objects = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        Set<String> leases = new TreeSet<>();
        for (Kinds kind : Kinds.values()) {
            boolean whole = true;
            for (Optional<String> where : reach.of(kind)) {
                try {
                    list(client, kind, where, leases).forEach(found -> objects.add(raw.of(found)));
                } catch (KubernetesClientException rejection) {
                    if (rejection.getCode() != FORBIDDEN && rejection.getCode() != NOT_FOUND) {
                        throw rejection;
                    }
                    whole = false;
                    problems.add(kind.kind() + "s are not seen"
                            + where.map(name -> " in " + name).orElse("") + ": " + ServerMessages.of(rejection));
                }
            }
            if (whole) {
                listed.add(kind.kind());
            }
            if (kind == Kinds.DEPLOYMENT) {
                objects.stream()
                        .filter(object -> kind.kind().equals(object.get("kind")))
                        .forEach(object ->
                                leases.addAll(controllers.apply(object).leaseNames()));
            }
        }
        scaledKinds(objects)
                .forEach((kind, namespaces) -> namespaces.forEach(namespace -> {
                    try {
                        list(client, kind, Optional.of(namespace), new ListOptionsBuilder())
                                .forEach(found -> objects.add(raw.of(found)));
                    } catch (KubernetesClientException rejection) {
                        if (rejection.getCode() != FORBIDDEN && rejection.getCode() != NOT_FOUND) {
                            throw rejection;
                        }
                        problems.add(kind.kind() + "s are not seen in " + namespace
                                + ", so what scales them is followed to what its HPA says: "
                                + ServerMessages.of(rejection));
                    }
                }));
        return new Snapshot(objects, problems, listed);
    }

    /** The kinds that ScaledObjects scale beside those that are listed already, as KEDA found them, with the namespaces of those. */
    private static Map<ResourceKind, Set<String>> scaledKinds(List<Map<String, Object>> objects) {
        Set<WorkloadKind> known = Stream.of(Kinds.values())
                .map(kind -> new WorkloadKind(kind.group(), kind.kind()))
                .collect(Collectors.toUnmodifiableSet());
        Map<ResourceKind, Set<String>> scaled = new LinkedHashMap<>();
        objects.stream()
                .filter(object -> Kinds.SCALED_OBJECT.kind().equals(object.get("kind")))
                .forEach(object -> {
                    Map<?, ?> found = part(part(object, "status"), "scaleTargetGVKR");
                    ServedKind kind = new ServedKind(
                            text(found, "kind"), text(found, "group"), text(found, "version"), text(found, "resource"));
                    if (!kind.plural().isEmpty()
                            && !kind.version().isEmpty()
                            && !known.contains(new WorkloadKind(kind.group(), kind.kind()))) {
                        scaled.computeIfAbsent(kind, any -> new TreeSet<>())
                                .add(text(part(object, "metadata"), "namespace"));
                    }
                });
        return scaled;
    }

    private static Map<?, ?> part(Map<?, ?> object, String key) {
        return object.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String found ? found : "";
    }

    /** @param leases the names of the Leases that are listed: each node has a Lease too */
    private static List<GenericKubernetesResource> list(
            KubernetesClient client, Kinds kind, Optional<String> namespace, Set<String> leases) {
        if (kind != Kinds.LEASE) {
            return list(client, kind, namespace, new ListOptionsBuilder());
        }
        return leases.stream()
                .map(name -> new ListOptionsBuilder().withFieldSelector("metadata.name=" + name))
                .flatMap(named -> list(client, kind, namespace, named).stream())
                .toList();
    }

    private static List<GenericKubernetesResource> list(
            KubernetesClient client, ResourceKind kind, Optional<String> namespace, ListOptionsBuilder options) {
        List<GenericKubernetesResource> found = new ArrayList<>();
        ListOptions page = options.withLimit(PAGE).build();
        do {
            GenericKubernetesResourceList listed = page(client, kind, namespace, page);
            listed.getItems().forEach(item -> found.add(named(item, kind)));
            page.setContinue(
                    listed.getMetadata() == null ? null : listed.getMetadata().getContinue());
        } while (page.getContinue() != null && !page.getContinue().isEmpty());
        return found;
    }

    private static GenericKubernetesResourceList page(
            KubernetesClient client, ResourceKind kind, Optional<String> namespace, ListOptions page) {
        var all = client.genericKubernetesResources(kind.context());
        return namespace.isPresent()
                ? all.inNamespace(namespace.get()).list(page)
                : all.inAnyNamespace().list(page);
    }

    /** An item of a list comes without its kind. */
    private static GenericKubernetesResource named(GenericKubernetesResource item, ResourceKind kind) {
        item.setKind(kind.kind());
        if (item.getApiVersion() == null) {
            item.setApiVersion(kind.apiVersion());
        }
        return item;
    }
}
