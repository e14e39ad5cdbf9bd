package io.tidewatch.playground.sim;

/** A number of pods that is written as such or as a share of all: {@code 2} or {@code 25%}. */
final class Share {
    private Share() {}

    static int of(String text, int all, boolean roundUp) {
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        double share = all * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
        return (int) (roundUp ? Math.ceil(share) : Math.floor(share));
    }
}
