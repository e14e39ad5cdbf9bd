package io.tidewatch.demo;

import io.tidewatch.log.Console;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Duration;
import java.time.format.DateTimeFormatter;

/** Prints the summary of the night, and which of its promises were kept. */
record Ending(Diary diary, Promises promises, Lag lag, Console console) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    /** @return whether all promises were kept */
    boolean print() {
        console.headline("Summary");
        console.line("  desired    checkout 5 → 6 → 7 by 22:30, 5 at 02:00; cart 5 → 8 at 22:31, 5 at 02:05");
        console.line("             web, index and mail 2 → 3 at 22:50, 2 at 02:10");
        observed("Rollout", Story.CHECKOUT, "22:30", 3);
        observed("Rollout", Story.CART, "22:31", 2);
        observed("Deployment", Story.WEB, "22:50", 2);
        observed("StatefulSet", Story.INDEX, "22:50", 2);
        observed("HPA", Story.MAIL, "22:50", 2);
        promises.warning()
                .ifPresent(entry ->
                        console.line("  warned     " + time(entry) + " the quota has no room for cart's 3 new pods"));
        diary.first(Story.CART, "incident-ended")
                .ifPresent(entry ->
                        console.line("  incident   shop/cart, one message when it was late, one when it was resolved"));
        promises.hold()
                .ifPresent(held -> console.line("  held       the commit of 23:00, from " + time(held)
                        + promises.release().map(entry -> " to " + time(entry)).orElse(" on")));
        diary.first(Story.CHECKOUT, "StaleStatus").ifPresent(this::stale);
        console.headline("Promised");
        Verdict verdict = new Verdict(promises.all(), lag);
        verdict.lines(console.columns()).forEach(console::line);
        return verdict.isAllKept();
    }

    private static String time(DiaryEntry entry) {
        return TIME.format(entry.at().atZone(Night.ZONE));
    }

    /** @param time which time it was that the target had its pods; the first is that of its creation */
    private void observed(String kind, Target target, String edge, int time) {
        diary.of(target, "available").stream()
                .skip(time - 1L)
                .findFirst()
                .ifPresent(entry -> console.line(
                        "  observed   " + kind + " " + target.name() + ", edge " + edge + ": " + entry.text()));
    }

    private void stale(DiaryEntry stale) {
        console.line("  detected   " + time(stale) + " StaleStatus for checkout");
        diary.first(Story.CHECKOUT, "status-cured")
                .ifPresent(cured -> console.line("  remedied   " + time(cured) + " " + cured.text()));
        promises.staleClaim()
                .ifPresent(claim -> console.line("  Argo       its status claimed " + claim.phase() + " with "
                        + claim.hpaReplicas() + " replicas; 5 existed"));
        console.line("             without the remedy: Degraded from "
                + TIME.format(Night.DOWN.plus(PROGRESS_DEADLINE).atZone(Night.ZONE)) + ", without end");
    }
}
