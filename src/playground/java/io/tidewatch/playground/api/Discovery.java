package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers discovery requests: the version of the server, and the kinds that it serves. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> DOOR_VERBS = List.of("get", "patch", "update");

    private Discovery() {}

    static Optional<ObjectNode> answer(String path) {
        return switch (path.replaceFirst("/$", "")) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(coreVersions());
            case "/apis" -> Optional.of(groups());
            case "" -> Optional.of(rootPaths());
            default -> groupOrVersion(path.replaceFirst("/$", ""));
        };
    }

    private static Optional<ObjectNode> groupOrVersion(String path) {
        for (Map.Entry<String, Set<String>> group : versionsByGroup().entrySet()) {
            if (path.equals("/apis/" + group.getKey())) {
                return Optional.of(group(group.getKey(), group.getValue()).put("apiVersion", "v1"));
            }
        }
        List<ResourceType> types = ServedTypes.all().stream()
                .filter(type -> path.equals((type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion()))
                .toList();
        return types.isEmpty() ? Optional.empty() : Optional.of(resources(types));
    }

    private static ObjectNode version() {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        return version.put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.0+playground")
                .put("platform", "playground");
    }

    private static ObjectNode rootPaths() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode paths = root.putArray("paths").add("/api").add("/apis").add("/version");
        versionsByGroup().keySet().forEach(group -> paths.add("/apis/" + group));
        return root;
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = JsonNodeFactory.instance.objectNode();
        versions.put("kind", "APIVersions").putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private static ObjectNode groups() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        versionsByGroup().forEach((name, versions) -> groups.add(group(name, versions)));
        return list;
    }

    private static ObjectNode group(String name, Set<String> versions) {
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.put("kind", "APIGroup").put("name", name);
        ArrayNode list = group.putArray("versions");
        versions.forEach(version ->
                list.addObject().put("groupVersion", name + "/" + version).put("version", version));
        group.set("preferredVersion", list.get(0).deepCopy());
        return group;
    }

    private static Map<String, Set<String>> versionsByGroup() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (ResourceType type : ServedTypes.all()) {
            if (!type.group().isEmpty()) {
                groups.computeIfAbsent(type.group(), any -> new LinkedHashSet<>())
                        .add(type.version());
            }
        }
        groups.put("authorization.k8s.io", Set.of("v1"));
        return groups;
    }

    private static ObjectNode resources(List<ResourceType> types) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", types.get(0).apiVersion());
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : types) {
            ObjectNode main = resource(type, "", type.kind(), VERBS);
            main.put("singularName", type.kind().toLowerCase(java.util.Locale.ROOT));
            resources.add(main);
            if (type.has(ResourceType.Trait.STATUS)) {
                resources.add(resource(type, "/status", type.kind(), DOOR_VERBS));
            }
            if (type.scale().isPresent()) {
                resources.add(resource(type, "/scale", "Scale", DOOR_VERBS)
                        .put("group", "autoscaling")
                        .put("version", "v1"));
            }
        }
        return list;
    }

    private static ObjectNode resource(ResourceType type, String door, String kind, List<String> verbs) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("name", type.plural() + door).put("singularName", "").put("kind", kind);
        resource.put("namespaced", type.has(ResourceType.Trait.NAMESPACED));
        ArrayNode list = resource.putArray("verbs");
        verbs.forEach(list::add);
        return resource;
    }
}
