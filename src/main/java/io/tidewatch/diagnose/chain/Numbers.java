package io.tidewatch.diagnose.chain;

/** The two numbers of a lock screen: how many are available of how many. */
public final class Numbers {

    private Numbers() {}

    /** Of the desired minimum, even if the workload has not been scaled to it. */
    public static String ofDesired(Chain chain) {
        int desired = chain.minimum().counts();
        return desired > chain.replicas() ? chain.available() + " of " + desired + " available" : available(chain);
    }

    public static String available(Chain chain) {
        int ready = chain.sets().stream().mapToInt(chain::readyPods).sum();
        if (chain.countsByReplicaSets()
                && chain.canSee("Pod")
                && ready < Math.min(chain.available(), chain.replicas())) {
            return ready + " of " + chain.replicas() + " ready, though ReplicaSets say " + chain.available()
                    + " available";
        }
        int extra = chain.available() - chain.replicas();
        if (extra <= 0) {
            return chain.available() + " of " + chain.replicas() + " available";
        }
        return chain.replicas() + " of " + chain.replicas() + " available, " + extra + " more"
                + (Notes.isScaleDownDelayed(chain) ? " until their scale-down deadline" : "");
    }
}
