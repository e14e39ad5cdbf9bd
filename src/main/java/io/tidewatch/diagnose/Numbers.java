package io.tidewatch.diagnose;

/** The two numbers of a lock screen: how many are available of how many. */
final class Numbers {

    private Numbers() {}

    static String available(Chain chain) {
        int extra = chain.available() - chain.replicas();
        if (extra <= 0) {
            return chain.available() + " of " + chain.replicas() + " available";
        }
        return chain.replicas() + " of " + chain.replicas() + " available, " + extra + " more"
                + (Notes.isScaleDownDelayed(chain) ? " until their scale-down deadline" : "");
    }
}
