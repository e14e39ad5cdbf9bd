package io.tidewatch.definition.read;

import io.tidewatch.definition.kubernetes.CanonicalQuantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Rollout as its controller writes it back at each new revision, from its typed copy. What is applied in this form
 * conflicts with nobody and stays a no-op: otherwise the controller would come to own {@code containers}, and every
 * pass would find a difference (seen on v1.7.2 and v1.9.1).
 *
 * <p>The typed copy leaves out what says nothing (an empty {@code value}, a false {@code hostNetwork}, empty lists and
 * maps of texts), writes quantities in their canonical form and adds {@code resources: {}} to each container; the CRD
 * adds {@code protocol: TCP} to each port.
 */
public final class CanonicalRollout {

    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers", "ephemeralContainers");
    private static final Set<String> TEXT_MAPS = Set.of("labels", "annotations", "nodeSelector", "matchLabels");

    /** Besides maps of texts, the settings of a traffic-routing plugin, which the controller keeps as they are. */
    private static final Set<String> VERBATIM =
            Set.of("labels", "annotations", "nodeSelector", "matchLabels", "plugins");

    private static final Set<String> QUANTITY_MAPS = Set.of("limits", "requests", "overhead");
    private static final Set<String> QUANTITIES = Set.of("sizeLimit", "divisor");
    private static final Set<String> LEFT_OUT_WHEN_EMPTY = Set.of(
            "value",
            "subPath",
            "subPathExpr",
            "serviceAccountName",
            "serviceAccount",
            "nodeName",
            "hostname",
            "subdomain",
            "schedulerName",
            "priorityClassName",
            "dnsPolicy",
            "restartPolicy",
            "medium",
            "workingDir",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "imagePullPolicy",
            "hostIP",
            "protocol",
            "effect");
    private static final Set<String> LEFT_OUT_WHEN_FALSE = Set.of(
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "stdin",
            "stdinOnce",
            "tty",
            "readOnly",
            "paused",
            "progressDeadlineAbort",
            "dynamicStableScale");
    private static final Set<String> LEFT_OUT_WHEN_ZERO = Set.of(
            "hostPort",
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold",
            "minReadySeconds",
            "autoPromotionSeconds");
    private static final String DEFAULT_PROTOCOL = "TCP";
    private static final String NO_DIVISOR = "0";

    private CanonicalRollout() {}

    public static Map<String, Object> of(Map<String, Object> manifest) {
        Map<String, Object> canonical = new LinkedHashMap<>(manifest);
        if (manifest.get("spec") instanceof Map<?, ?> spec) {
            canonical.put("spec", fields(spec, "spec"));
        }
        return Collections.unmodifiableMap(canonical);
    }

    /** Whether the field's own value is a quantity. */
    static boolean isQuantity(String field) {
        return QUANTITIES.contains(field);
    }

    /** Whether each field of the field's value is a quantity. */
    static boolean holdsQuantities(String field) {
        return QUANTITY_MAPS.contains(field);
    }

    static boolean isVerbatim(String field) {
        return VERBATIM.contains(field);
    }

    private static Map<String, Object> fields(Map<?, ?> written, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            String field = String.valueOf(key);
            if (!isLeftOut(field, value, name)) {
                fields.put(field, value(field, value));
            }
        });
        if (name.equals("resourceFieldRef")) {
            fields.putIfAbsent("divisor", NO_DIVISOR);
        }
        return Collections.unmodifiableMap(fields);
    }

    private static Object value(String field, Object value) {
        if (QUANTITIES.contains(field)) {
            return CanonicalQuantity.of(value).<Object>map(text -> text).orElse(value);
        }
        if (value instanceof Map<?, ?> map) {
            if (VERBATIM.contains(field)) {
                return map;
            }
            return QUANTITY_MAPS.contains(field) ? quantities(map) : fields(map, field);
        }
        return value instanceof List<?> list ? items(field, list) : value;
    }

    private static List<Object> items(String field, List<?> written) {
        List<Object> items = new ArrayList<>();
        for (Object item : written) {
            if (item instanceof Map<?, ?> map) {
                Map<String, Object> fields = new LinkedHashMap<>(fields(map, field));
                if (CONTAINERS.contains(field)) {
                    fields.putIfAbsent("resources", Map.of());
                }
                if (field.equals("ports")) {
                    fields.putIfAbsent("protocol", DEFAULT_PROTOCOL);
                }
                items.add(Collections.unmodifiableMap(fields));
            } else {
                items.add(item);
            }
        }
        return Collections.unmodifiableList(items);
    }

    private static Map<String, Object> quantities(Map<?, ?> written) {
        Map<String, Object> quantities = new LinkedHashMap<>();
        written.forEach((key, value) -> quantities.put(
                String.valueOf(key),
                CanonicalQuantity.of(value).<Object>map(text -> text).orElse(value)));
        return Collections.unmodifiableMap(quantities);
    }

    private static boolean isLeftOut(String field, Object value, String parent) {
        if (value instanceof List<?> list) {
            return list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() && (TEXT_MAPS.contains(field) || QUANTITY_MAPS.contains(field));
        }
        return (value.equals("") && LEFT_OUT_WHEN_EMPTY.contains(field))
                || (value.equals(false) && LEFT_OUT_WHEN_FALSE.contains(field) && !parent.equals("csi"))
                || (value instanceof Number number && number.doubleValue() == 0 && LEFT_OUT_WHEN_ZERO.contains(field));
    }
}
