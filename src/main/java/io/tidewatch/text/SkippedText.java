package io.tidewatch.text;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sentences about skipped writes: why, what happens to the value, and what a person can do. */
public final class SkippedText {

    private SkippedText() {}

    /** @param reason what the person wrote beside it */
    public static String held(Instant until, Optional<String> reason) {
        return "held until " + until + reason.map(text -> ": " + text).orElse("");
    }

    /** @param edge the next edge, which comes before the hold ends */
    public static String heldPastEdge(Instant until, Optional<String> reason, Instant edge) {
        return held(until, reason) + "; the edge at " + edge + " will not be carried out";
    }

    public static String otherInstance(String name) {
        return "belongs to the Tidewatch instance " + name + "; this instance does not write to it";
    }

    public static String raisedManually(int live, int desired) {
        return "minimum was raised manually to " + live + ", above the desired " + desired + "; it stays";
    }

    /**
     * Another writer changed the bounds.
     *
     * @param maximumToo whether the schedule sets the maximum as well
     */
    public static String conflict(String manager, AutoscalerKind kind, Change change, boolean maximumToo) {
        Bounds live = change.live();
        Bounds desired = change.desired();
        List<String> fields = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (live.min() != desired.min()) {
            fields.add(".spec." + kind.minimum());
            values.add("the minimum at " + live.min() + ", desired is " + desired.min());
        }
        if (maximumToo && live.max() != desired.max()) {
            fields.add(".spec." + kind.maximum());
            values.add("the maximum at " + live.max() + ", desired is " + desired.max());
        }
        return FixText.of(
                manager + " keeps " + String.join(" and ", values), Coexistence.boundsRule(manager, kind, fields));
    }

    /** The bounds that stand, and those that are desired. */
    public record Change(Bounds live, Bounds desired) {}

    public static String beingDeleted(ObjectKey object) {
        return object + " is being deleted; it is created again once it is gone";
    }

    /** An autoscaler that no source applies, so that nobody but its owner creates it again. */
    public static String deletedByOthers(AutoscalerKind kind, Target target) {
        return kind.kind() + " " + target
                + " is being deleted (metadata.deletionTimestamp), so its minimum is not written";
    }

    public static String targetMissing(AutoscalerKind kind, Target target) {
        return kind.kind() + " " + target + " does not exist, so no minimum is written; create the " + kind.kind()
                + " or correct the schedule's reference";
    }

    /** The API server, or the dump, had no object of the kind at all. */
    public static String targetNotObserved(AutoscalerKind kind, Target target) {
        return kind.kind() + " " + target + " was not observed, so no minimum is written: " + kind.kind()
                + "s could not be read, or none exists (in a dump: add "
                + (kind == AutoscalerKind.HPA ? "hpa" : "scaledobject") + " to kubectl get)";
    }

    /** KEDA would undo each write to an HPA that it made. */
    public static String hpaOfKeda(Target target, String scaledObject) {
        return FixText.of(
                "HorizontalPodAutoscaler " + target + " belongs to ScaledObject " + scaledObject
                        + ", and KEDA would undo each write, so no minimum is written",
                "write scaledObjectRef: {name: " + scaledObject + "} in place of hpaRef");
    }

    /** A lowering waits for enough pods. */
    public static String tooFewPods(int available, int minimum) {
        return available + " pods available, the lower minimum is " + minimum;
    }

    /** A lowering waits, since an internal error keeps the number of pods from being known. */
    public static String podsUnknown() {
        return "after an internal error the number of available pods is unknown";
    }

    /** A lowering waits for an update of the workload. */
    public static String updating(String kind, String name) {
        return "an update of " + kind + " " + name + " is in progress";
    }

    /** @param others how many targets wait as well */
    public static String waitsForTurn(int others) {
        return "waits for its turn to be written, with " + others + " others";
    }

    public static String underWay(long seconds) {
        return "waits for the API server's answer to a write that was sent " + seconds + " s ago";
    }

    /**
     * An object that no schedule names any more keeps its minimum.
     *
     * @param reason one of the sentences below
     */
    public static String orphan(String reason, int minimum) {
        return reason + "; its minimum stays " + minimum
                + ". Set the minimum manually and remove the annotations tidewatch.io/…";
    }

    public static String orphanOfForeignNamespace(String source, String namespace) {
        return "its annotations name source " + source + ", which may not write to namespace " + namespace;
    }

    public static String orphanRestoredBefore() {
        return "its baseline was restored, and the annotations tidewatch.io/… are there again";
    }

    public static String orphanOfAnotherOwner(String owner) {
        return "its schedule was removed, and " + owner + " owns its bounds too, so Tidewatch does not write them";
    }

    /** @param commit shortened */
    public static String orphanClaim(Bounds baseline, String commit, String source) {
        return "its annotations claim the baseline " + baseline + " at commit " + commit + " of source " + source;
    }

    public static String orphanClaimIsFalse(String claim) {
        return claim + ", but the source had no such baseline there";
    }

    public static String orphanClaimIsUnknown(String claim) {
        return claim + ", which cannot be checked in the history of that source";
    }
}
