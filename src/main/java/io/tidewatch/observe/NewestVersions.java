package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.WorkloadKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each object once, in its newest version, because a folder may have dumps of different times.
 *
 * @param olderVersions how many were dropped
 * @param example the name of an object with several versions
 */
record NewestVersions(List<Map<String, Object>> objects, int olderVersions, String example) {

    static NewestVersions of(Collection<Map<String, Object>> all) {
        Map<String, Map<String, Object>> newest = new LinkedHashMap<>();
        List<Map<String, Object>> nameless = new ArrayList<>();
        int older = 0;
        String example = "";
        for (Map<String, Object> object : all) {
            String name = name(object);
            if (name.isEmpty()) {
                nameless.add(object);
                continue;
            }
            Map<String, Object> other = newest.get(name);
            if (other != null && !version(other).equals(version(object))) {
                older++;
                example = name;
            }
            if (other == null || isNotOlder(object, other)) {
                newest.put(name, object);
            }
        }
        List<Map<String, Object>> objects = new ArrayList<>(newest.values());
        objects.addAll(nameless);
        return new NewestVersions(objects, older, example);
    }

    String problem() {
        return example + (olderVersions == 1 ? " is" : " and " + (olderVersions - 1) + " more are")
                + " there in two versions: the newer counts";
    }

    private static String name(Map<String, Object> object) {
        Map<String, Object> meta = map(object, "metadata");
        String name = text(meta, "name");
        return name.isEmpty() ? "" : kind(object) + " " + text(meta, "namespace") + "/" + name;
    }

    /** Two projects have a kind Rollout, and two a StatefulSet. An Event is served by two groups, and has one name here. */
    private static String kind(Map<String, Object> object) {
        String kind = text(object, "kind");
        String version = text(object, "apiVersion");
        return version.contains("/") ? WorkloadKind.of(version, kind).toString() : kind;
    }

    private static String version(Map<String, Object> object) {
        return text(map(object, "metadata"), "resourceVersion");
    }

    /** On every API server that stores in etcd the resourceVersion is a number that grows. */
    private static boolean isNotOlder(Map<String, Object> object, Map<String, Object> other) {
        String version = version(object);
        String others = version(other);
        return version.length() == others.length()
                ? version.compareTo(others) >= 0
                : version.length() > others.length();
    }
}
