package io.tidewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Browser;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.KnownTargets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;

/** What the page does in a real browser while it is open, and how it looks to whom. Its pictures lie in {@code target/pages}. */
@Tag("full")
class PageInBrowserTest {

    private static final List<String> PAGES =
            List.of("/", "/t/shop/checkout", "/i/shop/checkout@1", "/calendar", "/sources", "/itself");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");

    /** What a line may be wide, in letters of its font; a letter is a little wider than a zero. */
    private static final int LONGEST_LINE = 100;

    private static Browser browser;

    private final KnownNight night = night(State.AVAILABILITY_LAG);
    private ServedRoutes routes;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.open(Path.of("target/pages"));
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void serve() {
        routes = ServedRoutes.of(night, Access.open());
        browser.at("http://127.0.0.1:" + routes.port());
        browser.driver().manage().window().setSize(new Dimension(1280, 900));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    /** One target of each state, and much to say of the first one. */
    private static KnownNight night(State of) {
        List<TargetStatus> rows = new ArrayList<>();
        rows.add(KnownTargets.status(
                "checkout", of, of.isProblem() ? Optional.of(Cause.QUOTA_EXCEEDED) : Optional.empty()));
        StringBuilder schedules = new StringBuilder(KnownTargets.schedule("checkout"));
        for (State state : State.values()) {
            String name = "target-" + state.ordinal();
            rows.add(KnownTargets.status(name, state, Optional.empty()));
            schedules.append(KnownTargets.schedule(name));
        }
        KnownNight night = new KnownNight(KnownTargets.NOW, KnownTargets.standing(rows));
        night.definitions = KnownTargets.definitions(schedules.toString());
        Step step = new Step(
                CHECKOUT,
                Optional.of("midnight-peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(RAISE).withHpa(Optional.of(RAISE.plusSeconds(12))),
                State.AVAILABILITY_LAG,
                Step.Change.commit("3f2c1ab").by("Dana"),
                Optional.of(new Promise(Promise.Reach.PODS, RAISE.plusSeconds(300))));
        Incident incident = new Incident(
                "shop/checkout@1",
                CHECKOUT,
                Optional.of("midnight-peak"),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.QUOTA_EXCEEDED),
                Severity.CRITICAL,
                List.of("slack"),
                RAISE.plusSeconds(300),
                Optional.empty(),
                "5 of 7 available, the quota rejects 2 pods");
        List<DiaryEntry> lines = List.of(
                new DiaryEntry(RAISE.plusSeconds(320), Optional.of(CHECKOUT), "nudged", "nudged ReplicaSet a"),
                new DiaryEntry(RAISE.minusSeconds(900), Optional.empty(), "commit-read", "commit 3f2c1ab by Dana"));
        night.events = Optional.of(new PastEvents(List.of(incident), lines, List.of(step)));
        night.story = Optional.of(new IncidentStory(
                incident,
                List.of(new IncidentStory.Told(
                        "slack",
                        AlertMessage.Moment.OPENED,
                        "shop/checkout: 5 of 7 available, the quota rejects 2 pods",
                        RAISE.plusSeconds(300),
                        Optional.of(RAISE.plusSeconds(301)),
                        Optional.of(RAISE.plusSeconds(302)),
                        0,
                        Optional.empty())),
                lines,
                false));
        night.diagnoses.put(
                CHECKOUT,
                new PastDiagnosis(
                        CHECKOUT,
                        KnownTargets.NOW.minusSeconds(2),
                        Optional.of(RAISE),
                        of,
                        Optional.of(Hop.REPLICA_SET),
                        Optional.of(Cause.QUOTA_EXCEEDED),
                        Diagnosis.Certainty.CERTAIN,
                        OptionalInt.of(7),
                        "5 of 7 available, the quota rejects 2 pods: "
                                + "pods \"checkout-1\" is forbidden: exceeded quota: compute, requested: requests.cpu=500m,"
                                + " used: requests.cpu=3500m, limited: requests.cpu=3500m",
                        List.of(new Evidence("ReplicaSet checkout-1", "status.conditions.ReplicaFailure", "True")),
                        new Picture(
                                List.of(
                                        new HopRow("HPA", "7", "7", Optional.of("7"), "ok", Optional.empty()),
                                        new HopRow(
                                                "ReplicaSet", "7", "5", Optional.of("5"), "late", Optional.of(RAISE)),
                                        new HopRow("Pod", "7", "5", Optional.empty(), "late", Optional.of(RAISE))),
                                List.of(new Claim("Argo Rollouts", "Healthy")),
                                "kubectl describe resourcequota -n shop")));
        return night;
    }

    /** The page asks again at once, and shows what it is answered. */
    private void refresh() {
        browser.driver()
                .executeScript("document.querySelector('h1').dataset.before = 'yes';"
                        + "document.dispatchEvent(new Event('visibilitychange'))");
        browser.await(
                "the page is made again",
                () -> browser.driver()
                        .findElements(By.cssSelector("h1[data-before]"))
                        .isEmpty());
    }

    private static Object asked(String script) {
        return browser.driver().executeScript("return " + script);
    }

    @Test
    void whatSomebodyTypesAndWhereTheCaretIsOutliveARefresh() {
        browser.open("/");
        browser.driver().findElement(By.id("q")).sendKeys("chekout");
        browser.driver().executeScript("document.getElementById('q').setSelectionRange(3, 5)");

        refresh();

        assertThat(asked("document.activeElement.id")).isEqualTo("q");
        assertThat(asked("document.activeElement.value")).isEqualTo("chekout");
        assertThat(asked("document.activeElement.selectionStart + '-' + document.activeElement.selectionEnd"))
                .isEqualTo("3-5");
    }

    /** A filter that was typed and left is not sent yet. */
    @Test
    void whatWasTypedStaysWithoutTheFocus() {
        browser.open("/");
        browser.driver().findElement(By.id("q")).sendKeys("cart");
        browser.driver().executeScript("document.activeElement.blur()");

        refresh();

        assertThat(asked("document.getElementById('q').value")).isEqualTo("cart");
        assertThat(asked("document.activeElement === document.body")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "/, .filter button",
        "/, summary",
        "/, a.target[href='/t/shop/target-1']",
        "/t/shop/checkout, button[data-copy]",
        "/t/shop/checkout, .scroll[aria-labelledby='nights-title']"
    })
    void theFocusOutlivesARefresh(String page, String element) {
        browser.open(page);
        browser.driver().executeScript("document.querySelector(arguments[0]).focus()", element);

        refresh();

        assertThat(asked("document.activeElement.matches(\"" + element + "\")")).isEqualTo(true);
    }

    /** Its target has gone, so that the next Tab goes on in the content and not at the top. */
    @Test
    void theFocusOfALinkThatHasGoneIsOnTheContent() {
        browser.open("/");
        browser.driver().executeScript("document.querySelector(\"a[href='/t/shop/target-1']\").focus()");
        night.standing = KnownTargets.standing(night.standing.targets().subList(0, 1));

        refresh();

        assertThat(asked("document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void whatIsClosedAndScrolledStaysSo() {
        browser.driver().manage().window().setSize(new Dimension(360, 500));
        browser.open("/");
        browser.driver().executeScript("document.getElementById('signs').open = false; window.scrollTo(0, 200)");

        refresh();

        assertThat(asked("document.getElementById('signs').open")).isEqualTo(false);
        assertThat(asked("window.scrollY")).isEqualTo(200L);
        browser.open("/t/shop/checkout");
        String region = "document.querySelector('.scroll[aria-label=Incidents]')";
        browser.driver().executeScript(region + ".scrollLeft = 15");
        assertThat(asked(region + ".scrollLeft")).isEqualTo(15L);

        refresh();

        assertThat(asked(region + ".scrollLeft")).isEqualTo(15L);
    }

    /** Somebody copies the command; a page that stays as it is must not be called fresh. */
    @Test
    void aSelectionHoldsThePageAndIsToldAsWhatItIs() {
        browser.open("/t/shop/checkout");
        browser.driver()
                .executeScript("document.querySelector('h1').dataset.before = 'yes';"
                        + "document.getSelection().selectAllChildren(document.querySelector('#next-command'));"
                        + "document.dispatchEvent(new Event('visibilitychange'))");
        later(20);
        browser.await("it is told", () -> browser.text("#age").startsWith("Held while you select text for "));
        assertThat(asked("document.getSelection().toString()")).isEqualTo("kubectl describe resourcequota -n shop");

        browser.driver().executeScript("document.getSelection().removeAllRanges()");

        browser.await("it is fresh", () -> browser.text("#age").startsWith("Seen "));
        assertThat(browser.driver().findElements(By.cssSelector("h1[data-before]")))
                .isEmpty();
    }

    /** For the page, more seconds have passed. */
    private static void later(int seconds) {
        browser.driver()
                .executeScript(
                        "const before = Date.now; Date.now = () => before.call(Date) + arguments[0] * 1000", seconds);
    }

    /** A reader of the screen is told once that the page is old, and once that it is fresh again. */
    @Test
    void thatThePageIsOldIsSaidOnce() {
        browser.open("/");
        browser.driver()
                .executeScript(
                        "window.heard = [];"
                                + "new MutationObserver(() => window.heard.push(document.getElementById('news').textContent))"
                                + ".observe(document.getElementById('news'), {childList: true, characterData: true, subtree: true})");
        assertThat(asked("document.getElementById('news').getAttribute('role')"))
                .isEqualTo("status");
        refresh();
        assertThat(asked("window.heard.length")).as("a refresh is no news").isEqualTo(0L);
        later(20);
        browser.await("it is old", () -> (Long) asked("window.heard.length") == 1);
        browser.mustBeAccessible();
        browser.keep("old");
        later(5);
        browser.await("it is older", () -> browser.text("#age").contains("for 2"));
        browser.driver().executeScript("document.dispatchEvent(new Event('visibilitychange'))");

        browser.await("it is fresh", () -> (Long) asked("window.heard.length") == 2);
        assertThat(asked("window.heard"))
                .isEqualTo(List.of("Not reached: what is shown is old.", "What is shown is fresh again."));
    }

    @ParameterizedTest
    @CsvSource({"dark", "light"})
    void everyColourCanBeReadInTheDarkAndInTheLight(String scheme) {
        browser.prefer("prefers-color-scheme", scheme);
        for (String page : PAGES) {
            browser.open(page);
            browser.mustBeAccessible();
            browser.keep("1280-" + scheme + page.replace('/', '-'));
        }
        assertThat(asked("getComputedStyle(document.body).color"))
                .isEqualTo(scheme.equals("dark") ? "rgb(230, 234, 237)" : "rgb(27, 33, 38)");
        browser.driver().manage().window().setSize(new Dimension(360, 740));
        for (String page : PAGES) {
            browser.open(page);
            assertThat(browser.widthBeyondTheWindow()).as(page).isZero();
            browser.mustBeAccessible();
            browser.keep("360-" + scheme + page.replace('/', '-'));
        }
    }

    /** On a wall of screens, text is not lost, and no line is so long that the eye loses it. */
    @Test
    void linesStayShortOnALargeScreen() {
        browser.prefer("prefers-color-scheme", "dark");
        browser.driver().manage().window().setSize(new Dimension(3840, 2160));
        for (String page : PAGES) {
            browser.open(page);
            browser.keep("3840" + page.replace('/', '-'));
            assertThat(browser.widthBeyondTheWindow()).as(page).isZero();
            assertThat(((Number) asked("document.querySelector('h1').getBoundingClientRect().height")).doubleValue())
                    .as("the size of the title of " + page)
                    .isGreaterThan(45);
            assertThat((List<?>) browser.driver().executeScript(LINES, LONGEST_LINE))
                    .as(page)
                    .isEmpty();
        }
    }

    /** The texts whose lines have more letters than this. */
    private static final String LINES = """
            const long = [];
            for (const one of document.querySelectorAll("h1, p, li, dd, td, figcaption")) {
              if (one.closest(".vh, nav, .legend") || getComputedStyle(one).display === "none") continue;
              const range = document.createRange();
              range.selectNodeContents(one);
              const lines = new Set(Array.from(range.getClientRects(), (box) => Math.round(box.top))).size;
              const letters = one.textContent.trim().length;
              if (letters > arguments[0] && lines > 0 && letters / lines > arguments[0] * 1.15) {
                long.push(Math.round(letters / lines) + " letters a line: " + one.textContent.trim().slice(0, 80));
              }
            }
            return long;
            """;

    @ParameterizedTest
    @CsvSource({"reduce, none", "no-preference, breathe"})
    void nothingMovesForWhomThatIsTooMuch(String preference, String animation) {
        browser.prefer("prefers-reduced-motion", preference);
        browser.open("/");

        assertThat(asked("getComputedStyle(document.querySelector(\".lane[data-mood='busy'] .mood\")).animationName"))
                .isEqualTo(animation);
        assertThat(asked("document.getAnimations().length > 0")).isEqualTo(animation.equals("breathe"));
    }
}
