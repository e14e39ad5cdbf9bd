package io.tidewatch.model.cluster;

/** Compares a generation with the string that the Rollouts controller writes of it. */
public final class Generations {

    private Generations() {}

    /**
     * Whether the controller has observed this generation. A text that is no number, or a number beyond the generation, is the hash
     * that old controllers wrote: it counts as observed. An empty text does not.
     */
    public static boolean isObserved(String observed, long generation) {
        if (observed.isEmpty()) {
            return false;
        }
        try {
            long number = Long.parseLong(observed);
            return number >= generation;
        } catch (NumberFormatException legacyHash) {
            return true;
        }
    }
}
