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

/** Holds what came against what was promised, and closes the night with a summary. */
record Ending(Playground playground, Diary diary, Console console) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    /** Every promise of the story; the demo succeeds if all are kept. */
    List<Promise> promises() {
        return List.of(
                new Promise(
                        "the minimums were 5, 7 and 5 again, and nothing else",
                        floors("checkout").equals(List.of(5, 7, 5))
                                && floors("cart").equals(List.of(5, 7, 5))),
                new Promise("checkout had its pods after the step up", said("checkout", "available", 2)),
                new Promise(
                        "StaleStatus was said while the status still said Healthy and 7",
                        staleClaim()
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 7)
                                .isPresent()),
                new Promise("a nudge cured it", said("checkout", "nudged", 1) && said("checkout", "status-cured", 1)),
                new Promise("nobody was paged for checkout", !said("checkout", "incident-opened", 1)),
                new Promise(
                        "cart's lag was told apart: pods that cannot be scheduled",
                        diary.first(Story.CART, "AvailabilityLag")
                                .filter(entry -> entry.text().contains("scheduled"))
                                .isPresent()),
                new Promise(
                        "one incident, with an ending",
                        said("cart", "incident-opened", 1)
                                && !said("cart", "incident-opened", 2)
                                && said("cart", "incident-ended", 1)),
                new Promise(
                        "Slack got its beginning, its end and the digest; the mailbox its beginning and its end",
                        playground.slack().messages().size() == 3
                                && playground.mail().mails().size() == 2),
                new Promise("the commit's update was followed to its end", said("checkout", "update-finished", 1)),
                new Promise(
                        "at the end the status says what is true",
                        playground
                                .chronicle()
                                .claimedBefore("checkout", Instant.MAX)
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 5)
                                .isPresent()));
    }

    /** @return whether everything came as promised */
    boolean tell() {
        console.headline("Summary");
        console.line("  wanted   checkout 5 → 7 at 22:30, 5 at 02:00; cart 5 → 7 at 22:31, 5 at 02:05");
        took("checkout", "22:30", 2);
        took("cart", "22:31", 2);
        diary.first(Story.CHECKOUT, "StaleStatus").ifPresent(this::stale);
        diary.first(Story.CART, "incident-ended")
                .ifPresent(entry -> console.line("  incident shop/cart, one message at its beginning, one at its end"));
        List<Promise> promises = promises();
        console.headline("Promised");
        promises.forEach(promise -> console.line("  " + (promise.kept() ? "kept    " : "BROKEN  ") + promise.words()));
        return promises.stream().allMatch(Promise::kept);
    }

    private void took(String name, String edge, int time) {
        List<DiaryEntry> available = diary.of(new Target("shop", name), "available");
        if (available.size() >= time) {
            console.line("  seen     " + name + ", edge " + edge + ": "
                    + available.get(time - 1).text());
        }
    }

    private void stale(DiaryEntry stale) {
        console.line("  said     " + TIME.format(stale.at().atZone(Night.ZONE)) + " StaleStatus for checkout");
        diary.first(Story.CHECKOUT, "status-cured")
                .ifPresent(cured ->
                        console.line("  done     " + TIME.format(cured.at().atZone(Night.ZONE)) + " " + cured.text()));
        staleClaim()
                .ifPresent(claim -> console.line("  Argo Rollouts itself said " + claim.phase() + " with "
                        + claim.hpaReplicas() + " replicas, 5 of which existed;"));
        console.line("           left alone: Degraded from "
                + TIME.format(Night.DOWN.plus(PROGRESS_DEADLINE).atZone(Night.ZONE)) + " on, for ever");
    }

    private Optional<Chronicle.Claim> staleClaim() {
        return diary.first(Story.CHECKOUT, "nudged")
                .or(() -> diary.first(Story.CHECKOUT, "StaleStatus"))
                .flatMap(entry -> playground.chronicle().claimedBefore("checkout", entry.at()));
    }

    private List<Integer> floors(String name) {
        return playground.chronicle().floors(name);
    }

    private boolean said(String name, String code, int times) {
        return diary.of(new Target("shop", name), code).size() >= times;
    }
}
