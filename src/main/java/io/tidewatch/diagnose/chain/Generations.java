package io.tidewatch.diagnose.chain;

/** Compares a generation with the string that the Rollouts controller writes of it. */
public final class Generations {

    private Generations() {}

    /**
     * Whether the controller has seen this generation. What is no number, or is beyond the generation, is the hash that
     * old controllers wrote there: it counts as seen. Nothing written is not seen.
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
