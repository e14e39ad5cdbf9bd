package io.tidewatch.text;

import io.tidewatch.model.definition.RemedyPolicy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;

/** The sentences about remedies: why none is tried, and whether one helped. */
public final class RemedyText {

    private static final String NO_CURE = "no remedy of the schedule is for a stale status";

    private RemedyText() {}

    /** @param reasons one for each remedy of the schedule, in its order */
    public static String spent(List<String> reasons) {
        return reasons.isEmpty() ? NO_CURE : String.join("; ", reasons);
    }

    public static String didNotHelp(RemedyPolicy.Type type, int attempts) {
        return attempts + " " + noun(type, attempts) + " did not help; the schedule allows no more";
    }

    private static String noun(RemedyPolicy.Type type, int attempts) {
        return switch (type) {
            case NUDGE_REPLICA_SETS -> attempts == 1 ? "nudge" : "nudges";
            case NUDGE_ROLLOUT -> (attempts == 1 ? "nudge" : "nudges") + " of the Rollout";
            case RESTART_ROLLOUT -> attempts == 1 ? "restart" : "restarts";
            case EXTEND_PROGRESS_DEADLINE -> attempts == 1 ? "longer deadline" : "longer deadlines";
        };
    }

    public static String nightSpent(int attempts) {
        return attempts + " attempts of remedies since noon did not help; a night has no more";
    }

    /** @param why one of the sentences below */
    public static String noRestart(String why) {
        return "no restart: " + why;
    }

    public static String windowIsOpen(String window) {
        return "window " + window + " is open";
    }

    public static String oneReplica(int replicas) {
        return "the Rollout has " + replicas + (replicas == 1 ? " replica" : " replicas") + ", so none would serve";
    }

    public static String updating(String rollout) {
        return "an update of Rollout " + rollout + " is in progress, paused or aborted";
    }

    public static String restarting(String rollout) {
        return "a restart of Rollout " + rollout + " is in progress";
    }

    /** @param allowed how many evictions it allows; absent where that is not known */
    public static String forbidden(String budget, OptionalInt allowed) {
        return "PodDisruptionBudget " + budget
                + (allowed.isPresent() ? " allows no eviction now" : " has no status yet, so it allows no eviction");
    }

    public static String ownedBy(String manager, String field) {
        return manager + " applies spec." + field;
    }

    /** @param length how long it takes, in words */
    public static String tooLate(String length, Instant edge, ZoneId zone) {
        return "it takes at least " + length + ", and the minimum changes at " + ScheduleTime.of(edge, zone);
    }

    public static String restartDone() {
        return "the restart is done";
    }

    /** @param timeout when Argo Rollouts would time out */
    public static String extended(int from, int to, Instant timeout, ZoneId zone) {
        return "progress deadline " + from + " s → " + to
                + " s, the pods come slowly and Argo Rollouts would time out at "
                + ScheduleTime.of(timeout, zone);
    }

    /** @param original in seconds, or none */
    public static String deadlineStays(String rollout, int extended, String original) {
        return "spec.progressDeadlineSeconds of Rollout " + rollout + " is " + extended
                + " by the remedy ExtendProgressDeadline, and will be " + original + " again once the step is over";
    }

    /** @param original in seconds, or none; followed by one of the three below */
    public static String deadlineBack(int extended, String original) {
        return "progress deadline " + extended + " → " + original + " again";
    }

    public static String cameInTime() {
        return ": it helped, the pods came before a timeout";
    }

    public static String timedOutAllTheSame() {
        return ": it did not help, Argo Rollouts timed out all the same";
    }

    public static String stepIsOver() {
        return ": its step is over";
    }

    /** @param now in seconds */
    public static String deadlineChanged(OptionalInt now) {
        return "the longer progress deadline is over: there is "
                + (now.isPresent() ? "one of " + now.getAsInt() + " s" : "none") + " now";
    }

    /** Of a deadline that Tidewatch set where there was none, and that the ScaledObject does not remember any more. */
    public static String deadlineWithoutMemory() {
        return "longer progress deadline removed: the ScaledObject does not remember it any more";
    }

    /** At the end of our memory of a remedy. */
    public static String nothingLeft() {
        return "nothing of a remedy is left";
    }

    public static String nudgeDone() {
        return "the nudge is done";
    }

    /**
     * @param after how long after the remedy, in words
     * @param remedy what was done: nudge, restart
     */
    public static String cured(String after, String remedy, boolean silently) {
        return "status correct again " + after + " after the " + remedy + (silently ? "; no alert" : "");
    }
}
