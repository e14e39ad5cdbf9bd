package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, on a page of ours. It keeps pictures, and what its console says. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final ChromeDriver driver;
    private final Path pictures;
    private String address = "";

    private Browser(ChromeDriver driver, Path pictures) {
        this.driver = driver;
        this.pictures = pictures;
    }

    /** @param pictures a folder for them */
    public static Browser open(Path pictures) throws IOException {
        return open(pictures, Map.of());
    }

    public static Browser withoutScript(Path pictures) throws IOException {
        return open(pictures, Map.of("profile.managed_default_content_settings.javascript", 2));
    }

    private static Browser open(Path pictures, Map<String, Object> preferences) throws IOException {
        Files.createDirectories(pictures);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed(BROWSERS, "chromium"));
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900");
        options.setExperimentalOption("prefs", preferences);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        Path.of(installed(DRIVERS, "chromium-driver")).toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
        return new Browser(driver, pictures);
    }

    private static String installed(List<String> places, String what) {
        return places.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("install " + what + ": none of " + places + " is there"));
    }

    public void at(String server) {
        address = server;
    }

    public String address() {
        return address;
    }

    public ChromeDriver driver() {
        return driver;
    }

    public void open(String path) {
        driver.get(address + path);
    }

    /** The first line of a page, without its full stop. */
    public String sentence(String path) {
        open(path);
        return text("h1").replaceFirst("\\.$", "");
    }

    public String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** The text of the page that is open. */
    public String body() {
        return text("body");
    }

    /** The instant that the page shows. */
    public String instant() {
        return driver.findElement(By.id("main")).getDomAttribute("data-at");
    }

    /** The rows of the last nights. */
    public String nights() {
        return driver.findElements(By.cssSelector("table.nights tbody tr")).stream()
                .map(WebElement::getText)
                .toList()
                .toString();
    }

    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    public void type(String keys) {
        focused().sendKeys(keys);
    }

    public void await(String what, BooleanSupplier holds) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(any -> holds.getAsBoolean());
    }

    /** How many pixels of the page lie to the right of the window. */
    public long widthBeyondTheWindow() {
        Object beyond = driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) beyond).longValue();
    }

    public void keep(String name) {
        try {
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if the person had asked for this, as in {@code prefers-color-scheme} and {@code dark}. */
    public void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** WCAG 2.2 AA, as axe-core checks it. Its script is run by the driver, which a page's policy does not bind. */
    public void mustBeAccessible() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
                + ".then(result => done(result.violations.map(one => one.id + ': ' + one.help + ': '"
                + " + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))))"
                + ".catch(error => done(['axe failed: ' + error]));");
        assertThat((List<?>) found).as(driver.getCurrentUrl()).isEmpty();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            assertThat(script).as("axe-core is on the class path").isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No request failed, no script complained, no policy was broken; but the page that is missing is asked for on purpose. */
    public void mustBeQuiet() {
        Stream<LogEntry> said = driver.manage().logs().get(LogType.BROWSER).getAll().stream();
        assertThat(said.map(LogEntry::getMessage).filter(line -> !line.contains("/t/shop/none")))
                .isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
