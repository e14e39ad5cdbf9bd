package io.tidewatch.diagnose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One to four changes of a dump, each of a kind that truncation, another version, or a broken tool could cause. */
final class Mutation {

    private static final Object[] WRONG = {
        "seven",
        -3,
        1L << 40,
        Integer.MAX_VALUE,
        0,
        1,
        true,
        false,
        List.of(),
        Map.of(),
        2.5,
        "",
        "True",
        "2026-11-23T18:38:00Z",
        "9999999999"
    };

    private final List<Map<String, Object>> objects;
    private final SplittableRandom random;

    private Mutation(List<Map<String, Object>> objects, SplittableRandom random) {
        this.objects = objects;
        this.random = random;
    }

    /** A changed copy, which shares the objects that did not change. */
    static List<Map<String, Object>> of(List<Map<String, Object>> original, SplittableRandom random) {
        List<Map<String, Object>> copy = new ArrayList<>(original);
        Mutation mutation = new Mutation(copy, random);
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes && !copy.isEmpty(); change++) {
            mutation.change();
        }
        return copy;
    }

    /** The same pod under another name, owned by nobody else. */
    static Map<String, Object> renamed(Map<String, Object> pod, int number) {
        Map<String, Object> copy = copyMap(pod);
        Map<String, Object> metadata =
                pod.get("metadata") instanceof Map<?, ?> found ? copyMap(found) : new LinkedHashMap<>();
        metadata.put("name", metadata.get("name") + "-" + number);
        metadata.put("uid", metadata.get("uid") + "-" + number);
        copy.put("metadata", metadata);
        return copy;
    }

    private void change() {
        int which = random.nextInt(objects.size());
        Map<String, Object> object = copyMap(objects.get(which));
        objects.set(which, object);
        switch (random.nextInt(12)) {
            case 0 -> objects.remove(which);
            case 1 -> object.remove(random.nextBoolean() ? "status" : "spec");
            case 2 -> objects.add(renamed(object, random.nextInt(3)));
            case 3 -> object.put("metadata", without(object, random.nextBoolean() ? "uid" : "ownerReferences"));
            default -> field(object);
        }
    }

    private static Map<String, Object> without(Map<String, Object> object, String field) {
        Map<String, Object> metadata =
                object.get("metadata") instanceof Map<?, ?> found ? copyMap(found) : new LinkedHashMap<>();
        metadata.remove(field);
        return metadata;
    }

    private void field(Object object) {
        Object at = object;
        for (int depth = 0; depth < 8; depth++) {
            if (at instanceof Map<?, ?> raw && !raw.isEmpty()) {
                @SuppressWarnings("unchecked")
                Map<String, Object> map = (Map<String, Object>) raw;
                String key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
                if (key.equals("kind") && depth == 0) {
                    return;
                }
                Object inner = map.get(key);
                boolean leaf = !(inner instanceof Map) && !(inner instanceof List);
                if (leaf || random.nextInt(6) == 0) {
                    change(map, key);
                    return;
                }
                at = inner;
            } else if (at instanceof List<?> raw && !raw.isEmpty()) {
                at = raw.get(random.nextInt(raw.size()));
            } else {
                return;
            }
        }
    }

    private void change(Map<String, Object> map, String key) {
        Object now = map.get(key);
        switch (random.nextInt(4)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(key, nearly(now));
            default -> map.put(key, WRONG[random.nextInt(WRONG.length)]);
        }
    }

    /** One off, or another minute: what no type check finds. */
    private Object nearly(Object now) {
        if (now instanceof Integer number) {
            return number + (random.nextBoolean() ? 1 : -1);
        }
        if (now instanceof String text && text.matches("\\d{1,9}")) {
            return String.valueOf(Integer.parseInt(text) + 1);
        }
        if (now instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z")) {
            return Instant.parse(text).plusSeconds(random.nextInt(-600, 600)).toString();
        }
        if (now instanceof Boolean flag) {
            return !flag;
        }
        return now instanceof String text && text.equals("True") ? "False" : now;
    }

    static Map<String, Object> copyMap(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copyValue(value)));
        return copy;
    }

    private static Object copyValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copyMap(map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Mutation::copyValue).toList())
                : value;
    }
}
