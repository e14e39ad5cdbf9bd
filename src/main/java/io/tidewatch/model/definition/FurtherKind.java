package io.tidewatch.model.definition;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of objects that a source applies only where its configuration lists them. */
public enum FurtherKind {
    DEPLOYMENT("apps/v1", "Deployment"),
    STATEFUL_SET("apps/v1", "StatefulSet"),
    HPA("autoscaling/v2", "HorizontalPodAutoscaler");

    private final String apiVersion;
    private final String kind;

    FurtherKind(String apiVersion, String kind) {
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    /** As the configuration names it: {@code apps/v1/Deployment}. */
    @Override
    public String toString() {
        return apiVersion + "/" + kind;
    }

    /** The kinds without their versions. */
    public static Set<String> kinds() {
        return Arrays.stream(values()).map(FurtherKind::kind).collect(Collectors.toUnmodifiableSet());
    }

    /** The kind of this name, whatever its version; absent for a kind that no source can list. */
    public static Optional<FurtherKind> named(String kind) {
        return Arrays.stream(values()).filter(known -> known.kind.equals(kind)).findFirst();
    }

    /** @return empty for a kind that no source can list */
    public static Optional<FurtherKind> of(String apiVersion, String kind) {
        return parse(apiVersion + "/" + kind);
    }

    /**
     * @param text as {@link #toString} writes it
     * @return empty for a kind that no source can list
     */
    public static Optional<FurtherKind> parse(String text) {
        for (FurtherKind known : values()) {
            if (known.toString().equals(text)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
