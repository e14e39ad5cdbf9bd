package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists whose items are told apart by a key. Kubernetes rejects two items of one key: its validation does for some lists, and
 * server-side apply does for all of them, because it could not tell which of the two an owner means.
 */
final class KeyedLists {

    private static final Map<String, String> DEFAULTS = Map.of("protocol", "TCP");

    private final Findings findings;

    KeyedLists(Findings findings) {
        this.findings = findings;
    }

    /** Those of a pod template's spec. */
    void ofPod(Place pod) {
        List<Place> containers = new ArrayList<>(At.items(pod, "containers"));
        List<Place> init = At.items(pod, "initContainers");
        distinct(containers, "name");
        distinct(init, "name");
        beside(init, containers);
        distinct(At.items(pod, "volumes"), "name");
        distinct(At.items(pod, "imagePullSecrets"), "name");
        distinct(At.items(pod, "hostAliases"), "ip");
        distinct(At.items(pod, "topologySpreadConstraints"), "topologyKey", "whenUnsatisfiable");
        distinct(At.items(pod, "schedulingGates"), "name");
        distinct(At.items(pod, "resourceClaims"), "name");
        containers.addAll(init);
        containers.forEach(this::ofContainer);
    }

    private void ofContainer(Place container) {
        distinct(At.items(container, "env"), "name");
        distinct(At.items(container, "ports"), "containerPort", "protocol");
        distinct(At.items(container, "ports"), "name");
        distinct(At.items(container, "volumeMounts"), "mountPath");
        distinct(At.items(container, "volumeDevices"), "devicePath");
        distinct(At.items(container, "resources", "claims"), "name");
    }

    /** A container has a name of its own among all of the pod. */
    private void beside(List<Place> init, List<Place> containers) {
        Map<List<String>, Place> known = new HashMap<>();
        containers.forEach(container -> key(container, "name").ifPresent(key -> known.putIfAbsent(key, container)));
        init.forEach(container -> key(container, "name")
                .flatMap(key -> Optional.ofNullable(known.get(key)))
                .ifPresent(other -> report(container, other, "name")));
    }

    /** An item without the key is not compared: a missing field is reported elsewhere. */
    private void distinct(List<Place> items, String... names) {
        Map<List<String>, Place> known = new HashMap<>();
        items.forEach(item -> key(item, names).ifPresent(key -> {
            Place first = known.putIfAbsent(key, item);
            if (first != null) {
                report(item, first, names);
            }
        }));
    }

    private void report(Place item, Place first, String... names) {
        Place field = item.at(names[0]);
        List<String> written = new ArrayList<>();
        for (String name : names) {
            written.add(name + " " + Quoted.cut(part(item, name).orElse("")));
        }
        findings.error(
                field,
                "duplicate-item",
                String.join(" and ", written) + (names.length > 1 ? " are" : " is") + " already written at line "
                        + first.at(names[0]).line()
                        + ", and Kubernetes rejects a second item with it; keep one of them");
    }

    private static Optional<List<String>> key(Place item, String... names) {
        List<String> key = new ArrayList<>();
        for (String name : names) {
            part(item, name).ifPresent(key::add);
        }
        return key.size() == names.length ? Optional.of(key) : Optional.empty();
    }

    private static Optional<String> part(Place item, String name) {
        Optional<Place> written = At.field(item, name);
        return written.isPresent()
                ? written.filter(place -> place.node() instanceof Node.Scalar)
                        .map(place -> ((Node.Scalar) place.node()).written())
                        .filter(text -> !text.isEmpty())
                : Optional.ofNullable(DEFAULTS.get(name));
    }
}
