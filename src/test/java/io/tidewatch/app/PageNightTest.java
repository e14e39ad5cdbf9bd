package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A night in a real browser: what somebody on call sees, from the evening to the morning. Its pictures lie in {@code target/pages}. */
@Tag("full")
class PageNightTest {

    private static final Instant EVENING = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant LATE = Instant.parse("2026-11-22T13:36:10Z");
    private static final Instant LOWERED = Instant.parse("2026-11-22T17:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_LOOKS = 20;
    private static final double SPEED = 5;
    private static final String LONG = "a-service-with-a-name-that-is-as-long-as-most-will-be";

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void theNightAsSomebodyOnCallSeesIt() throws InterruptedException, IOException {
        try (Playground playground =
                        Playground.start(folder, EVENING, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_7_2));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch");
                Browser browser = Browser.open(Path.of("target/pages"))) {
            playground.limitPods("shop", 11);
            for (String name : List.of("cart", "checkout")) {
                PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout(name, 5));
                PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject(name, 5, 20));
            }
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout(LONG, 1));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject(LONG, 1, 20));
            playground
                    .operator()
                    .commit(
                            "scale up <b>before</b> midnight",
                            Map.of(
                                    "schedules.yaml",
                                    schedule("cart", 5, 8) + schedule("checkout", 5, 5) + schedule(LONG, 1, 1)));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                browser.at("http://127.0.0.1:" + running.statusPort());
                diary.await("all are ready", () -> browser.sentence("/").startsWith("All 3 are ready"));
                evening(browser);
                PlayedCluster.leap(playground, RAISE.minusSeconds(2));
                diary.await("the raise", () -> !diary.said("minimum-set").isEmpty());
                browser.open("/");
                browser.keep("22-31-tonight");
                PlayedCluster.leap(playground, LATE.minusSeconds(8));
                diary.await(
                        "cart is late",
                        () -> !diary.saidOf("cart", "incident-opened").isEmpty());
                diary.await("the page says so", () -> browser.sentence("/").startsWith("1 of 3 needs you"));
                Seen then = late(browser);
                playground.limitPods("shop", 20);
                diary.await(
                        "cart is ready",
                        () -> !diary.saidOf("cart", "incident-ended").isEmpty());
                incident(browser);
                PlayedCluster.leap(playground, LOWERED.minusSeconds(2));
                diary.await("the lowering", () -> diary.said("minimum-set").size() >= 2);
                browser.open("/");
                browser.keep("02-01-tonight");
                PlayedCluster.leap(playground, MORNING);
                diary.await("all are ready", () -> browser.sentence("/").startsWith("All 3 are ready"));
                morning(browser, then);
                withoutScript(browser);
                browser.mustBeQuiet();
            }
        }
    }

    private void evening(Browser browser) {
        browser.open("/");
        assertThat(browser.sentence("/")).contains("next: 22:30 Asia/Seoul shop/cart 5 → 8");
        assertThat(browser.driver().getTitle()).isEqualTo("all ready · Tidewatch");
        browser.mustBeAccessible();
        browser.keep("21-00-tonight");
        keys(browser);
        for (String page :
                List.of("/calendar", "/sources", "/itself", "/t/shop/cart", "/t/shop/" + LONG, "/t/shop/none")) {
            browser.open(page);
            assertThat(browser.text("h1")).isNotBlank();
            browser.mustBeAccessible();
            browser.keep("21-00" + page.replace('/', '-'));
        }
        browser.prefer("prefers-color-scheme", "dark");
        browser.open("/t/shop/cart");
        browser.mustBeAccessible();
        browser.keep("21-00-dark-cart");
        browser.prefer("prefers-color-scheme", "light");
        browser.open("/sources");
        assertThat(browser.body()).contains("scale up <b>before</b> midnight");
        browser.driver().manage().window().setSize(new Dimension(360, 740));
        for (String page : List.of("/", "/t/shop/" + LONG, "/calendar", "/itself")) {
            browser.open(page);
            assertThat(browser.widthBeyondTheWindow()).as(page).isZero();
            browser.mustBeAccessible();
            browser.keep("phone" + page.replace('/', '-'));
        }
        browser.driver().manage().window().setSize(new Dimension(1280, 900));
    }

    /** Keys alone: to the first target, to the filter, the list of keys, and home. */
    private static void keys(Browser browser) {
        browser.open("/");
        browser.type("j");
        assertThat(browser.focused().getText()).isEqualTo("shop/" + LONG);
        browser.type("j");
        assertThat(browser.focused().getText()).isEqualTo("shop/cart");
        browser.type("k");
        assertThat(browser.focused().getText()).isEqualTo("shop/" + LONG);
        browser.type("/");
        assertThat(browser.focused().getAccessibleName()).isEqualTo("Filter");
        browser.focused().sendKeys("checkout" + Keys.ENTER);
        browser.await("the filter", () -> browser.driver().getCurrentUrl().contains("q=checkout"));
        assertThat(browser.driver().findElements(By.cssSelector("a.target")))
                .extracting(WebElement::getText)
                .containsExactly("shop/checkout");
        browser.type("?");
        assertThat(browser.driver().findElement(By.id("keys")).isDisplayed()).isTrue();
        browser.mustBeAccessible();
        browser.type(Keys.ESCAPE.toString());
        browser.type("g");
        browser.type("t");
        browser.await("home", () -> browser.driver().getCurrentUrl().endsWith("/"));
    }

    /** The page of cart while it is late, and what it says of its state at an instant that has just passed. */
    private Seen late(Browser browser) {
        assertThat(browser.sentence("/")).startsWith("1 of 3 needs you: shop/cart 5 of 8 for ");
        assertThat(browser.driver().getTitle()).isEqualTo("1 needs you · Tidewatch");
        browser.mustBeAccessible();
        browser.keep("22-36-tonight");
        browser.open("/t/shop/cart");
        assertThat(browser.text("h1")).isEqualTo("shop/cart: AvailabilityLag/QuotaExceeded");
        assertThat(browser.text("tr.holds")).startsWith("ReplicaSet 8 5");
        browser.mustBeAccessible();
        browser.keep("22-36-cart");
        return settled(browser);
    }

    /** What the page says of an instant at which no pass is about to say anything else. */
    private static Seen settled(Browser browser) {
        Seen before = seen(browser);
        Seen now = seen(browser);
        for (int i = 0; i < MOST_LOOKS && !now.text().equals(before.text()); i++) {
            before = now;
            now = seen(browser);
        }
        assertThat(now.text()).isEqualTo(before.text());
        return now;
    }

    private static Seen seen(Browser browser) {
        browser.open("/t/shop/cart");
        return new Seen(browser.instant(), browser.text("#state") + browser.nights());
    }

    private record Seen(String at, String text) {}

    private void incident(Browser browser) {
        browser.open("/t/shop/cart");
        browser.driver().findElement(By.cssSelector("a[href^='/i/']")).click();
        browser.await("the incident", () -> browser.text("h1").contains("resolved"));
        assertThat(browser.body()).contains("chat accepted it", "the incident opened", "resolved after");
        browser.mustBeAccessible();
        browser.keep("22-42-incident");
    }

    private void morning(Browser browser, Seen then) {
        browser.open("/");
        browser.mustBeAccessible();
        browser.keep("09-00-tonight");
        browser.open("/t/shop/cart?at=" + URLEncoder.encode(then.at(), StandardCharsets.UTF_8));
        assertThat(browser.text("#state") + browser.nights()).isEqualTo(then.text());
        assertThat(browser.body()).contains("As it was at Sun 22 Nov 22:3");
        browser.keep("09-00-cart-at-22-36");
    }

    private void withoutScript(Browser browser) throws IOException {
        try (Browser plain = Browser.withoutScript(Path.of("target/pages"))) {
            plain.at(browser.address());
            plain.await("all are ready", () -> plain.sentence("/").startsWith("All 3 are ready"));
            assertThat(plain.text(".age")).endsWith(" UTC");
            plain.keep("09-00-without-script");
        }
        try (Stream<Path> pictures = Files.list(Path.of("target/pages"))) {
            assertThat(pictures).hasSizeGreaterThan(10);
        }
    }

    /** Cart alone has more pods in its window. */
    private static String schedule(String name, int baseline, int minimum) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: %2$d, maxReplicas: 20}
                  windows: [{name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: %3$d}]
                  preflight: 0s
                ---
                """.formatted(name, baseline, minimum);
    }
}
