package io.tidewatch.cluster;

/** A kind that Tidewatch does not know by itself, as an autoscaler or the API server names it. */
public record ServedKind(String kind, String group, String version, String plural) implements ResourceKind {

    /** @param apiVersion group and version, or the version alone of the core group */
    public static ServedKind of(String apiVersion, String kind, String plural) {
        int slash = apiVersion.indexOf('/');
        return new ServedKind(
                kind, slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), plural);
    }
}
