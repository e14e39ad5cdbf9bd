package io.tidewatch.playground.sim;

import java.util.Optional;
import java.util.Set;

/** The annotations by which a person pauses KEDA on a ScaledObject. */
final class KedaAnnotations {
    private static final String PREFIX = "autoscaling.keda.sh/";

    /** What Go's ParseBool reads as false; KEDA takes anything else for true. */
    private static final Set<String> OFF = Set.of("0", "f", "F", "false", "False", "FALSE");

    private KedaAnnotations() {}

    static boolean isPaused(Live scaledObject) {
        return scaledObject.annotations().containsKey(PREFIX + "paused-replicas") || isOn(scaledObject, "paused");
    }

    static boolean isScaleInPaused(Live scaledObject) {
        return isOn(scaledObject, "paused-scale-in");
    }

    static Optional<Integer> pausedReplicas(Live scaledObject) {
        return Optional.ofNullable(scaledObject.annotations().get(PREFIX + "paused-replicas"))
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt);
    }

    private static boolean isOn(Live scaledObject, String name) {
        String value = scaledObject.annotations().get(PREFIX + name);
        return value != null && !OFF.contains(value);
    }
}
