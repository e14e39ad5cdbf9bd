package io.tidewatch.demo;

import io.tidewatch.app.Reconciler;
import io.tidewatch.cli.StatusTable;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.NightReports;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.log.Console;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plays a night with a warning that comes true, a ramp, targets of all kinds, a freeze and a stale status, a digest and a report in the morning. */
final class Story {

    static final Target CHECKOUT = new Target("shop", "checkout");
    static final Target CART = new Target("shop", "cart");
    static final Target WEB = new Target("catalog", "web");
    static final Target INDEX = new Target("catalog", "index");
    static final Target MAIL = new Target("catalog", "mail");

    /** A Deployment and a StatefulSet under ScaledObjects, and an HPA without KEDA. */
    static final List<Target> CATALOG = List.of(WEB, INDEX, MAIL);

    private static final String CATALOG_FILES = "catalog/";

    /** The controller has too little CPU and reacts late, as in the incident that the demo is modelled on. */
    private static final Duration SHORT_OF_CPU = Duration.ofSeconds(4);

    private static final Duration QUICK = Duration.ofMillis(15);

    private final Playground playground;
    private final PlaygroundClock clock;
    private final Console console;
    private final Diary diary;
    private final Inboxes inboxes;
    private final Duration patience;
    private final Map<String, String> definitions;
    private Optional<StatusTable> atPeak = Optional.empty();

    Story(Playground playground, Console console, Diary diary, Duration patience, Map<String, String> definitions) {
        this.playground = playground;
        this.clock = playground.clock();
        this.console = console;
        this.diary = diary;
        this.inboxes = new Inboxes(playground);
        this.patience = patience;
        this.definitions = Map.copyOf(definitions);
    }

    /** The configuration of a production application, with the addresses of the playground. */
    Configuration configuration(Path folder, Page page) {
        SourceConfig source = new SourceConfig(
                        "shop",
                        playground.operator().url(),
                        playground.operator().ref(),
                        "",
                        SourceConfig.Reach.OPEN,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(2),
                        new SourcePolicy("shop", true, true, Set.of(), EnumSet.allOf(FurtherKind.class)),
                        Set.of())
                .with(new NightReports(
                        Night.REPORTS,
                        Night.REPORT.atZone(Night.ZONE).toLocalTime(),
                        Optional.empty(),
                        Optional.empty()));
        Receiver slack =
                new Receiver.SlackWebhook("payments-slack", playground.slack().webhookUrl());
        Receiver mail = new Receiver.Email(
                "oncall-mail",
                "tidewatch@example.com",
                List.of("oncall@example.com"),
                new Receiver.Smtp(
                        playground.mail().host(), playground.mail().port(), false, Optional.empty(), Optional.empty()));
        return new Configuration(
                "tidewatch",
                folder.resolve("state"),
                Duration.ofDays(90),
                Duration.ofMinutes(5),
                20,
                8,
                Set.of("argo-rollouts", "keda"),
                http(page.port()),
                List.of(source),
                new Alerting(
                        List.of(slack, mail),
                        List.of(),
                        List.of("payments-slack", "oncall-mail"),
                        Optional.of(new Alerting.Digest(LocalTime.of(8, 0), Night.ZONE, List.of("payments-slack")))),
                page.routes());
    }

    /** The catalog comes later, so that not everything starts at once. */
    void commitShop() {
        playground.operator().commit("scale the shop up before midnight", files(false));
    }

    private Map<String, String> files(boolean ofCatalog) {
        return definitions.entrySet().stream()
                .filter(file -> file.getKey().startsWith(CATALOG_FILES) == ofCatalog)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What {@code status} said while all windows were open; empty before. */
    Optional<StatusTable> atPeak() {
        return atPeak;
    }

    void play(Reconciler application, Sabotage sabotage) {
        console.headline("22:15  Dana has pushed the shop's definitions; its quota allows 12 pods");
        diary.await(CHECKOUT, "available", 1, patience);
        diary.await(CART, "available", 1, patience);
        sabotage.reconciler().accept(application);
        diary.await(CART, "incident-opened", 1, patience);
        inboxes.await(1, 1, patience);
        evening();
        catalog(application.statusPort());
        freeze();
        night(sabotage);
        morning();
    }

    private void evening() {
        console.headline("22:28  checkout is raised in two steps; the windows open at 22:30");
        leap(Night.FIRST_STEP);
        diary.await(CHECKOUT, "available", 2, patience);
        leap(Night.LAST_STEP);
        diary.await(CHECKOUT, "available", 3, patience);
        diary.await(CART, "minimum-set", 1, patience);
        Inboxes.await(() -> isAsked("cart", 8), patience);
        settle();
        leap(Night.LAG.plus(Duration.ofMinutes(1)));
        diary.await(CART, "incident-opened", 2, patience);
        inboxes.await(3, 3, patience);
        leap(Night.QUOTA_RAISED);
        playground.limitPods("shop", Night.ENOUGH_PODS);
        console.aside(clock.instant(), "cluster", "ResourceQuota pods allows 20 pods from now on");
        diary.await(CART, "incident-ended", 2, patience);
        inboxes.await(4, 4, patience);
    }

    private void catalog(int statusPort) {
        console.headline("22:45  Dana adds a catalog: a Deployment, a StatefulSet, an HPA without KEDA");
        leap(Night.CATALOG);
        playground.createNamespace("catalog");
        playground.controllers().load("catalog", "mail", 1);
        playground.operator().commit("scale the catalog up too", files(true));
        awaitCatalog(1);
        leap(Night.CATALOG_UP);
        awaitCatalog(2);
        Inboxes.await(() -> isConverged(statusPort), patience);
        console.headline("22:50  all windows are open; ./tidewatch status prints");
        atPeak.ifPresent(table ->
                table.text(Optional.empty()).lines().forEach(line -> console.line(line.isEmpty() ? "" : "  " + line)));
    }

    private void awaitCatalog(int times) {
        CATALOG.forEach(target -> diary.await(target, "available", times, patience));
    }

    /** Keeps what the status says. */
    private boolean isConverged(int statusPort) {
        StatusTable table = StatusTable.ask(http(statusPort), Night.ZONE);
        atPeak = Optional.of(table);
        return table.targets(Optional.empty()).stream()
                .allMatch(target -> target.path("state").asText().equals("Converged"));
    }

    private static Configuration.Http http(int port) {
        return new Configuration.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty());
    }

    private void freeze() {
        console.headline("23:00  Dana pushes a new version of checkout; the window has freezeRollouts");
        leap(Night.COMMIT);
        Map<String, String> changed = new LinkedHashMap<>();
        changed.put(
                "checkout.yaml",
                String.valueOf(definitions.get("checkout.yaml")).replace("checkout:1", "checkout:2"));
        playground.operator().commit("checkout 2", changed);
        diary.await(
                said -> diary.first(CHECKOUT, "frozen").isPresent()
                        || diary.first(CHECKOUT, "update-finished").isPresent(),
                patience);
    }

    private void night(Sabotage sabotage) {
        console.headline("02:00  the windows end; the Rollouts controller is v1.7.2");
        playground.controllers().staleReplicaSetCacheOnNextScale("shop", "checkout");
        playground.controllers().rolloutsReactAfter(SHORT_OF_CPU);
        sabotage.night().accept(playground);
        leap(Night.DOWN);
        diary.await(CHECKOUT, "StaleStatus", 1, patience);
        diary.await(
                said -> !diary.of(CHECKOUT, "status-cured").isEmpty()
                        || !diary.of(CHECKOUT, "incident-opened").isEmpty(),
                patience);
        playground.controllers().rolloutsReactAfter(QUICK);
        diary.await(CHECKOUT, "update-finished", 1, patience);
        leap(Night.DOWN.plus(Duration.ofMinutes(5)));
        diary.await(CART, "available", 3, patience);
        leap(Night.CATALOG_DOWN);
        awaitCatalog(3);
    }

    private void morning() {
        console.headline("08:00  the digest");
        leap(Night.DIGEST);
        inboxes.awaitDigest(patience);
        inboxes.await(5, 4, patience);
        console.headline("09:00  the report of the night");
        leap(Night.REPORT);
        Inboxes.await(() -> report().isPresent(), patience);
    }

    /** The report of the night, as it is on its branch. */
    Optional<String> report() {
        return playground.operator().read(Night.REPORTS, Night.PAGE);
    }

    /** Whether the HPA has set the Rollout to this many pods. */
    private boolean isAsked(String rollout, int pods) {
        return playground
                .chronicle()
                .claimedBefore(rollout, Instant.MAX)
                .filter(claim -> claim.specReplicas() == pods)
                .isPresent();
    }

    /** Waits until the simulated controllers have nothing more to do. */
    private void settle() {
        playground.controllers().awaitIdle(patience);
    }

    /** Sets the clock to shortly before an instant, unless that has passed. */
    private void leap(Instant to) {
        settle();
        Instant before = to.minus(Night.BEFORE);
        if (clock.instant().isBefore(before)) {
            clock.jumpTo(before);
        }
    }
}
