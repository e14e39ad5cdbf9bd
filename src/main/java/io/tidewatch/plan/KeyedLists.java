package io.tidewatch.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lists of a pod template whose items the API server tells apart by fields of theirs, and not by their places (the list map keys of
 * the Kubernetes API). Each item has owners of its own, and others may add items. A Rollout has no such list: its
 * CustomResourceDefinition names no keys.
 */
final class KeyedLists {

    private static final String KEY = "k:";

    /** By the field that holds the list; the keys in the order of the alphabet, as managedFields have them. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("ports", List.of("containerPort", "protocol")),
            Map.entry("env", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("claims", List.of("name")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    /** A value in the JSON of a key. */
    private static final Pattern VALUE =
            Pattern.compile(":(?:\"([^\"\\\\]{0,4096}(?:\\\\.[^\"\\\\]{0,4096}){0,50})\"|([^,}\"]{1,100}))");

    private KeyedLists() {}

    /**
     * The items of a list by their labels, in their order.
     *
     * @param field the name of the list
     * @return absent for a list that is replaced as a whole, and where an item lacks one of its keys
     */
    static Optional<Map<String, Map<?, ?>>> items(String field, List<?> list) {
        List<String> keys = KEYS.get(field);
        if (keys == null) {
            return Optional.empty();
        }
        Map<String, Map<?, ?>> items = new LinkedHashMap<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> fields) || !keys.stream().allMatch(fields::containsKey)) {
                return Optional.empty();
            }
            items.put(
                    keys.stream().map(key -> String.valueOf(fields.get(key))).collect(Collectors.joining("/")), fields);
        }
        return items.size() == list.size() ? Optional.of(items) : Optional.empty();
    }

    /** Whether a field of a set of managedFields stands for an item of such a list. */
    static boolean isItem(Object field) {
        return field instanceof String text && text.startsWith(KEY);
    }

    /** The label of the item that a field of managedFields stands for, as {@code k:{"name":"app"}}. */
    static String label(String field) {
        StringBuilder label = new StringBuilder();
        Matcher value = VALUE.matcher(field.substring(KEY.length()));
        while (value.find()) {
            String text =
                    value.group(1) == null ? value.group(2) : value.group(1).replaceAll("\\\\(.)", "$1");
            label.append(label.isEmpty() ? "" : "/").append(text);
        }
        return label.toString();
    }

    /** What a set of managedFields has of an item; absent where nothing. */
    static Optional<Map<?, ?>> find(Map<?, ?> set, String label) {
        return set.entrySet().stream()
                .filter(entry -> isItem(entry.getKey())
                        && label(String.valueOf(entry.getKey())).equals(label))
                .findFirst()
                .map(entry -> entry.getValue() instanceof Map<?, ?> below ? below : Map.of());
    }
}
