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
                        "the minimums were 5, 7 and 5 again, and no others",
                        floors("checkout").equals(List.of(5, 7, 5))
                                && floors("cart").equals(List.of(5, 7, 5))),
                new Promise("checkout had its pods after the step up", reported("checkout", "available", 2)),
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
                        "the cause of cart's lag was named: pods that cannot be scheduled",
                        diary.first(Story.CART, "AvailabilityLag")
                                .filter(entry -> entry.text().contains("scheduled"))
                                .isPresent()),
                new Promise(
                        "cart had one incident, which was resolved",
                        reported("cart", "incident-opened", 1)
                                && !reported("cart", "incident-opened", 2)
                                && reported("cart", "incident-ended", 1)),
                new Promise(
                        "Slack got its first and last message and the digest; the mailbox its first and last message",
                        playground.slack().messages().size() == 3
                                && playground.mail().mails().size() == 2),
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

    /** @return whether all promises were kept */
    boolean print() {
        console.headline("Summary");
        console.line("  desired    checkout 5 → 7 at 22:30, 5 at 02:00; cart 5 → 7 at 22:31, 5 at 02:05");
        took("checkout", "22:30", 2);
        took("cart", "22:31", 2);
        diary.first(Story.CHECKOUT, "StaleStatus").ifPresent(this::stale);
        diary.first(Story.CART, "incident-ended")
                .ifPresent(entry ->
                        console.line("  incident   shop/cart, one message when it opened, one when it was resolved"));
        List<Promise> promises = promises();
        console.headline("Promised");
        promises.forEach(promise -> console.line("  " + (promise.kept() ? "kept    " : "BROKEN  ") + promise.words()));
        return promises.stream().allMatch(Promise::kept);
    }

    private void took(String name, String edge, int time) {
        List<DiaryEntry> available = diary.of(new Target("shop", name), "available");
        if (available.size() >= time) {
            console.line("  observed   " + name + ", edge " + edge + ": "
                    + available.get(time - 1).text());
        }
    }

    private void stale(DiaryEntry stale) {
        console.line("  detected   " + TIME.format(stale.at().atZone(Night.ZONE)) + " StaleStatus for checkout");
        diary.first(Story.CHECKOUT, "status-cured")
                .ifPresent(cured -> console.line(
                        "  remedied   " + TIME.format(cured.at().atZone(Night.ZONE)) + " " + cured.text()));
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
