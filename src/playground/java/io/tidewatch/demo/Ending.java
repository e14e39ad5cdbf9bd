package io.tidewatch.demo;

import io.tidewatch.log.Console;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Chronicle;
import io.tidewatch.playground.Playground;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Compares the night with its expected results, and prints the summary. */
record Ending(Playground playground, Diary diary, Console console) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    /** Every promise of the story; the demo succeeds if all are kept. */
    List<Promise> promises() {
        return List.of(
                new Promise(
                        "checkout's minimums were 5, 6, 7 and 5 again, cart's 5, 8 and 5 again, and no others",
                        floors("checkout").equals(List.of(5, 6, 7, 5))
                                && floors("cart").equals(List.of(5, 8, 5))),
                new Promise("the last step of checkout's ramp was written before its window opened", rampIsInTime()),
                new Promise("checkout had its pods after each step up", reported("checkout", "available", 3)),
                new Promise(
                        "the preflight warned of the quota before cart's raise, and the warning came true",
                        warning().isPresent() && lag().isPresent()),
                new Promise(
                        "cart had its warning and one incident, which was resolved",
                        reported("cart", "incident-opened", 2)
                                && !reported("cart", "incident-opened", 3)
                                && reported("cart", "incident-ended", 2)),
                new Promise(
                        "the commit of 22:50 was held back while the window was open, and applied after it",
                        release().isPresent() && writesInFreeze() == 0),
                new Promise(
                        "StaleStatus was reported while the status still claimed Healthy and 7 pods",
                        staleClaim()
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 7)
                                .isPresent()),
                new Promise(
                        "a nudge cured it",
                        reported("checkout", "nudged", 1) && reported("checkout", "status-cured", 1)),
                new Promise("checkout had no incident", !reported("checkout", "incident-opened", 1)),
                new Promise(
                        "Slack and the mailbox got two messages about the warning and two about the incident; Slack the digest",
                        playground.slack().messages().size() == 5
                                && playground.mail().mails().size() == 4),
                new Promise(
                        "the update of the commit was followed until it finished",
                        reported("checkout", "update-finished", 1)),
                new Promise(
                        "at the end the status was correct",
                        playground
                                .chronicle()
                                .claimedBefore("checkout", Instant.MAX)
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 5)
                                .isPresent()));
    }

    private boolean rampIsInTime() {
        return diary.of(Story.CHECKOUT, "minimum-set").stream()
                .skip(1)
                .findFirst()
                .filter(last -> last.at().isBefore(Night.UP))
                .isPresent();
    }

    private Optional<DiaryEntry> warning() {
        return diary.first(Story.CART, "preflight")
                .filter(entry -> entry.at().isBefore(Night.UP) && entry.text().contains("QuotaExceeded"));
    }

    private Optional<DiaryEntry> lag() {
        return diary.first(Story.CART, "AvailabilityLag")
                .filter(entry -> entry.text().contains("the quota rejects 3 pods"));
    }

    private Optional<DiaryEntry> hold() {
        return diary.first(Story.CHECKOUT, "frozen").filter(entry -> entry.at().isBefore(Night.DOWN));
    }

    private Optional<DiaryEntry> release() {
        return hold().flatMap(held -> diary.of(Story.CHECKOUT, "applied").stream()
                .filter(entry -> entry.at().isAfter(Night.DOWN) && entry.text().contains("held back by freezeRollouts"))
                .findFirst());
    }

    /** The applies of the Rollout between the commit and the end of the window, by the log of the API server. */
    private long writesInFreeze() {
        return playground.cluster().requests().entries().stream()
                .filter(entry -> entry.path().endsWith("/rollouts/checkout")
                        && entry.contentType().contains("apply")
                        && !entry.dryRun())
                .filter(entry -> entry.at().isAfter(Night.COMMIT) && entry.at().isBefore(Night.DOWN))
                .count();
    }

    /** @return whether all promises were kept */
    boolean print() {
        console.headline("Summary");
        console.line("  desired    checkout 5 → 6 → 7 by 22:30, 5 at 02:00; cart 5 → 8 at 22:31, 5 at 02:05");
        took("checkout", "22:30", 3);
        took("cart", "22:31", 2);
        warning()
                .ifPresent(entry ->
                        console.line("  warned     " + time(entry) + " the quota has no room for cart's 3 new pods"));
        diary.first(Story.CART, "incident-ended")
                .ifPresent(entry ->
                        console.line("  incident   shop/cart, one message when it was late, one when it was resolved"));
        hold().ifPresent(held -> console.line("  held       the commit of 22:50, from " + time(held)
                + release().map(entry -> " to " + time(entry)).orElse(" on")));
        diary.first(Story.CHECKOUT, "StaleStatus").ifPresent(this::stale);
        List<Promise> promises = promises();
        console.headline("Promised");
        promises.forEach(promise -> console.line("  " + (promise.kept() ? "kept    " : "BROKEN  ") + promise.words()));
        return promises.stream().allMatch(Promise::kept);
    }

    private static String time(DiaryEntry entry) {
        return TIME.format(entry.at().atZone(Night.ZONE));
    }

    private void took(String name, String edge, int time) {
        List<DiaryEntry> available = diary.of(new Target("shop", name), "available");
        if (available.size() >= time) {
            console.line("  observed   " + name + ", edge " + edge + ": "
                    + available.get(time - 1).text());
        }
    }

    private void stale(DiaryEntry stale) {
        console.line("  detected   " + time(stale) + " StaleStatus for checkout");
        diary.first(Story.CHECKOUT, "status-cured")
                .ifPresent(cured -> console.line("  remedied   " + time(cured) + " " + cured.text()));
        staleClaim()
                .ifPresent(claim -> console.line("  Argo       its status claimed " + claim.phase() + " with "
                        + claim.hpaReplicas() + " replicas; 5 existed"));
        console.line("             without the remedy: Degraded from "
                + TIME.format(Night.DOWN.plus(PROGRESS_DEADLINE).atZone(Night.ZONE)) + ", without end");
    }

    private Optional<Chronicle.Claim> staleClaim() {
        return diary.first(Story.CHECKOUT, "nudged")
                .or(() -> diary.first(Story.CHECKOUT, "StaleStatus"))
                .flatMap(entry -> playground.chronicle().claimedBefore("checkout", entry.at()));
    }

    private List<Integer> floors(String name) {
        return playground.chronicle().minimums(name);
    }

    private boolean reported(String name, String code, int times) {
        return diary.of(new Target("shop", name), code).size() >= times;
    }
}
