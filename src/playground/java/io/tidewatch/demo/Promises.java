package io.tidewatch.demo;

import io.tidewatch.cli.StatusTable;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Chronicle;
import io.tidewatch.playground.Playground;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the night with its expected results.
 *
 * @param atPeak what {@code status} said while all windows were open
 */
record Promises(Playground playground, Diary diary, Optional<StatusTable> atPeak) {

    /** Every promise of the story; the demo succeeds if all are kept. */
    List<Promise> all() {
        return Stream.of(shop(), catalog(), freeze(), stale(), messages(), report())
                .flatMap(List::stream)
                .toList();
    }

    private List<Promise> report() {
        return List.of(new Promise(
                "the report of the night is on its branch, and names cart's late step and its cause",
                playground
                        .operator()
                        .read(Night.REPORTS, Night.PAGE)
                        .filter(page -> page.contains("## Late") && page.contains("QuotaExceeded"))
                        .isPresent()));
    }

    private List<Promise> shop() {
        return List.of(
                new Promise(
                        "checkout's minimums were 5, 6, 7 and 5 again, cart's 5, 8 and 5 again, and no others",
                        minimums(Story.CHECKOUT).equals(List.of(5, 6, 7, 5))
                                && minimums(Story.CART).equals(List.of(5, 8, 5))),
                new Promise("the last step of checkout's ramp was written before its window opened", rampIsInTime()),
                new Promise(
                        "checkout had its pods after each step up",
                        diary.of(Story.CHECKOUT, "available").size() >= 3),
                new Promise(
                        "the preflight warned of the quota before cart's raise, and the warning came true",
                        warning().isPresent() && lag().isPresent()),
                new Promise(
                        "cart had its warning and one incident, which was resolved",
                        diary.of(Story.CART, "incident-opened").size() == 2
                                && diary.of(Story.CART, "incident-ended").size() >= 2));
    }

    private List<Promise> catalog() {
        return List.of(
                new Promise(
                        "web's, index's and mail's minimums were 2, 3 and 2 again, and no others",
                        Story.CATALOG.stream()
                                .allMatch(target -> minimums(target).equals(List.of(2, 3, 2)))),
                new Promise(
                        "the Deployment, the StatefulSet and the HPA without KEDA were followed to their pods",
                        Story.CATALOG.stream()
                                .allMatch(
                                        target -> diary.of(target, "available").size() >= 3)),
                new Promise(
                        "status showed all five targets in their windows, each with its pods",
                        atPeak.filter(Promises::showsAll).isPresent()));
    }

    private List<Promise> freeze() {
        return List.of(
                new Promise(
                        "the commit of 23:00 was held back while the window was open, and applied after it",
                        release().isPresent() && writesInFreeze() == 0),
                new Promise(
                        "the update of the commit was followed until it finished",
                        diary.first(Story.CHECKOUT, "update-finished").isPresent()));
    }

    private List<Promise> stale() {
        return List.of(
                new Promise(
                        "StaleStatus was reported while the status still claimed Healthy and 7 pods",
                        staleClaim()
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 7)
                                .isPresent()),
                new Promise(
                        "a nudge cured it",
                        diary.first(Story.CHECKOUT, "nudged").isPresent()
                                && diary.first(Story.CHECKOUT, "status-cured").isPresent()),
                new Promise(
                        "at the end the status was correct",
                        playground
                                .chronicle()
                                .claimedBefore("checkout", Instant.MAX)
                                .filter(claim -> claim.phase().equals("Healthy") && claim.hpaReplicas() == 5)
                                .isPresent()));
    }

    private List<Promise> messages() {
        return List.of(
                new Promise(
                        "no target but cart had an incident",
                        diary.entries().stream()
                                .filter(entry -> entry.code().equals("incident-opened"))
                                .allMatch(entry -> entry.target().equals(Optional.of(Story.CART)))),
                new Promise(
                        "Slack and the mailbox got two messages about the warning and two about the incident; Slack the digest",
                        new Inboxes(playground).hasDigest()
                                && playground.slack().messages().size() == 5
                                && playground.mail().mails().size() == 4));
    }

    private boolean rampIsInTime() {
        return diary.of(Story.CHECKOUT, "minimum-set").stream()
                .skip(1)
                .findFirst()
                .filter(last -> last.at().isBefore(Night.UP))
                .isPresent();
    }

    Optional<DiaryEntry> warning() {
        return diary.first(Story.CART, "preflight")
                .filter(entry -> entry.at().isBefore(Night.UP) && entry.text().contains("QuotaExceeded"));
    }

    private Optional<DiaryEntry> lag() {
        return diary.first(Story.CART, "AvailabilityLag")
                .filter(entry -> entry.text().contains("the quota rejects 3 pods"));
    }

    Optional<DiaryEntry> hold() {
        return diary.first(Story.CHECKOUT, "frozen").filter(entry -> entry.at().isBefore(Night.DOWN));
    }

    Optional<DiaryEntry> release() {
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

    /** What Argo's status claimed when the nudge came. */
    Optional<Chronicle.Claim> staleClaim() {
        return diary.first(Story.CHECKOUT, "nudged")
                .or(() -> diary.first(Story.CHECKOUT, "StaleStatus"))
                .flatMap(entry -> playground.chronicle().claimedBefore("checkout", entry.at()));
    }

    private static boolean showsAll(StatusTable table) {
        Set<String> converged = table.targets(Optional.empty()).stream()
                .filter(row -> row.path("state").asText().equals("Converged") && row.hasNonNull("window"))
                .map(row -> row.path("target").asText())
                .collect(Collectors.toSet());
        return converged.equals(Set.of("shop/checkout", "shop/cart", "catalog/web", "catalog/index", "catalog/mail"));
    }

    private List<Integer> minimums(Target target) {
        return playground.chronicle().minimums(target.namespace(), target.name());
    }
}
