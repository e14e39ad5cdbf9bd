package io.tidewatch.night;

/**
 * A moment of a night at which the process is killed.
 *
 * @param label which request
 * @param occurrence which of those that look the same, 1-based
 * @param before right before the server sees it; if not, right after the server has answered and nobody heard of it
 */
record KillPoint(String label, int occurrence, boolean before) {

    @Override
    public String toString() {
        return (before ? "before " : "after ") + label + " #" + occurrence;
    }
}
