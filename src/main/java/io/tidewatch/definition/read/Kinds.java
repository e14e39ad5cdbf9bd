package io.tidewatch.definition.read;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds that are read, and the one version of each. */
public final class Kinds {

    public static final String ROLLOUT = "Rollout";
    public static final String SCALED_OBJECT = "ScaledObject";
    public static final String SCALE_SCHEDULE = "ScaleSchedule";
    public static final String CALENDAR = "Calendar";
    static final String OUR_GROUP = "tidewatch.io/";

    private static final Map<String, String> VERSIONS = Map.of(
            ROLLOUT, "argoproj.io/v1alpha1",
            SCALED_OBJECT, "keda.sh/v1alpha1",
            SCALE_SCHEDULE, "tidewatch.io/v1alpha1",
            CALENDAR, "tidewatch.io/v1alpha1");
    private static final Set<String> UNMISTAKABLE = Set.of(ROLLOUT, SCALED_OBJECT, SCALE_SCHEDULE);

    private Kinds() {}

    static boolean isRead(String apiVersion, String kind) {
        return apiVersion.equals(VERSIONS.get(kind));
    }

    /** Of the group of a kind that is read, in a version that is not; or an unknown kind of our own group. */
    static boolean isMistaken(String apiVersion, String kind) {
        if (isRead(apiVersion, kind)) {
            return false;
        }
        String known = VERSIONS.get(kind);
        return apiVersion.startsWith(OUR_GROUP)
                || (known != null && group(known).equals(group(apiVersion)));
    }

    /** The kind that was probably meant by another spelling of it, as {@code ScaledObjects}; of its own group alone. */
    static Optional<String> meant(String apiVersion, String kind) {
        String spelt = plainest(kind);
        return VERSIONS.keySet().stream()
                .filter(known -> !known.equals(kind) && plainest(known).equals(spelt))
                .filter(known -> group(version(known)).equals(group(apiVersion)))
                .findFirst();
    }

    private static String plainest(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Of KEDA 1, whose objects KEDA 2 does not know. */
    static boolean isOfOldKeda(String apiVersion, String kind) {
        return kind.equals(SCALED_OBJECT) && group(apiVersion).equals("keda.k8s.io");
    }

    /** The kind of the items of a typed list, as {@code ScaledObjectList}. */
    static Optional<String> ofList(String apiVersion, String kind) {
        return VERSIONS.keySet().stream()
                .filter(known ->
                        kind.equals(known + "List") && group(version(known)).equals(group(apiVersion)))
                .findFirst();
    }

    /** A document without apiVersion that can only have been meant as one of these. */
    static boolean isUnmistakable(String kind) {
        return UNMISTAKABLE.contains(kind);
    }

    static boolean isOurs(String kind) {
        return kind.equals(SCALE_SCHEDULE) || kind.equals(CALENDAR);
    }

    public static String version(String kind) {
        return VERSIONS.getOrDefault(kind, "");
    }

    static List<String> ours() {
        return List.of(SCALE_SCHEDULE, CALENDAR);
    }

    private static String group(String apiVersion) {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }
}
