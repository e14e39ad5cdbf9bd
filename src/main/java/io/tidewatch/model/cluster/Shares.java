package io.tidewatch.model.cluster;

/** Numbers that are written as a count of pods or as a percentage of them. */
final class Shares {

    private Shares() {}

    /** A share is rounded down; the result is never below 0 nor above the number of replicas. */
    static int ofReplicas(String written, int replicas) {
        boolean isShare = written.endsWith("%");
        int number = number(isShare ? written.substring(0, written.length() - 1) : written);
        long pods = isShare ? (long) replicas * number / 100 : number;
        return (int) Math.max(0, Math.min(pods, replicas));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
