package io.tidewatch.text;

import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Raise;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The sentences about what a preflight found. Instants are in the time zone of the schedule. */
public final class PreflightText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private PreflightText() {}

    /** The finding, and the raise that it is about; the first line of a message. */
    public static String summary(Finding finding, Raise raise, ZoneId zone) {
        return finding.sentence() + " (" + raise(raise, zone) + ")";
    }

    /** A line of a message. */
    public static String toDo(Finding finding) {
        return word(finding) + ": " + finding.sentence() + "; to do: " + finding.advice();
    }

    /** The Event about the finding that opened the incident: it names the raise and what to do. */
    public static String event(Finding finding, Raise raise, ZoneId zone) {
        return word(finding) + ": " + summary(finding, raise, zone) + "; to do: " + finding.advice();
    }

    /** The finding, the raise, and what to do. */
    public static String line(Finding finding, Raise raise, ZoneId zone) {
        return "preflight: " + event(finding, raise, zone);
    }

    /** A line that a finding reported before is not found any more. */
    public static String gone(String key) {
        return "preflight: no longer found: " + key;
    }

    /** A known fault that the raise may meet, for which the schedule allows no remedy; a line of a message. */
    public static String known(Advisory advisory) {
        return "known fault, and the schedule allows no remedy: " + advisory.line();
    }

    /** The same as a line of its own. */
    public static String advisory(Advisory advisory) {
        return "preflight: " + known(advisory);
    }

    /** @param what and why, in words */
    public static String unchecked(String what) {
        return "preflight: not checked: " + what;
    }

    /** The end of an incident before its raise. */
    public static String clear() {
        return "the preflight finds nothing any more";
    }

    /** The end of the warning where the raise met what it warned of, or something graver. */
    public static String cameTrue(String trouble) {
        return "continued by an incident of the target itself: " + trouble;
    }

    /** How the end of a warning begins. */
    public static String endedAfter(String lasted) {
        return "preflight warning ended after " + lasted;
    }

    /** Beside the state of a target. */
    public static String note(Finding finding) {
        return "preflight: " + word(finding) + ": " + finding.sentence();
    }

    /** What a lowering deletes, and what to do to keep it. */
    public static String line(ClaimLoss loss, ZoneId zone) {
        return note(loss, zone) + "; to do: " + advice(loss);
    }

    /** Beside the state of a target. */
    public static String note(ClaimLoss loss, ZoneId zone) {
        return "preflight: note: " + sentence(loss, zone);
    }

    /** What a lowering deletes. */
    public static String sentence(ClaimLoss loss, ZoneId zone) {
        return lowering(loss, zone) + ", and up to " + pods(loss.pods()) + " of StatefulSet " + loss.statefulSet()
                + " may go; Kubernetes then deletes their claims (persistentVolumeClaimRetentionPolicy.whenScaled: Delete),"
                + " and the data unless the volumes have the reclaim policy Retain: " + loss.claims();
    }

    /** How to keep the claims. */
    public static String advice(ClaimLoss loss) {
        return "write persistentVolumeClaimRetentionPolicy: {whenScaled: Retain} into StatefulSet " + loss.statefulSet()
                + " to keep them";
    }

    private static String lowering(ClaimLoss loss, ZoneId zone) {
        return loss.begins()
                        .map(name -> "window " + name + " lowers ")
                        .or(() -> loss.ends().map(name -> "the end of window " + name + " lowers "))
                        .orElse("the next edge lowers ")
                + loss.from() + " → " + loss.to() + " at " + time(loss.at(), zone);
    }

    private static String pods(int number) {
        return number == 1 ? "1 pod" : number + " pods";
    }

    /** The risk, and that it is not proven where it is not. */
    private static String word(Finding finding) {
        return finding.risk().word() + (finding.certainty() == Certainty.CERTAIN ? "" : " (likely)");
    }

    /** Which window raises the minimum, and when. */
    public static String raise(Raise raise, ZoneId zone) {
        return raise.window().map(name -> "window " + name + " ").orElse("the next edge ") + "raises " + raise.from()
                + " → " + raise.to() + " at " + time(raise.at(), zone);
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone)) + " " + zone.getId();
    }
}
