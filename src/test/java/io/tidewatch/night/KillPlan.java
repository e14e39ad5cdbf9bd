package io.tidewatch.night;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides when to die. */
interface KillPlan {

    /** Asked once at each moment of a night, in order. */
    boolean diesAt(KillPoint here);

    /** Never. */
    static KillPlan none() {
        return here -> false;
    }

    /** At exactly these moments, each once. */
    static KillPlan at(List<KillPoint> points) {
        List<KillPoint> left = new ArrayList<>(points);
        return left::remove;
    }

    /**
     * After a random number of moments, again and again.
     *
     * @param longest most moments between two deaths; questions about rights and the heartbeat do not count, there are many
     *     and all alike
     */
    static KillPlan random(long seed, int longest, int deaths) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] left = {random.nextInt(longest), deaths};
        return here -> {
            if (left[1] == 0
                    || here.label().endsWith("accessreviews")
                    || HeartbeatPaths.contain(here.label())
                    || left[0]-- > 0) {
                return false;
            }
            left[0] = random.nextInt(longest);
            left[1]--;
            return true;
        };
    }
}
