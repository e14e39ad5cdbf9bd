package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.app.FreePort;
import io.tidewatch.git.GitHost;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.playground.Playground;
import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that {@code mvn -Pimage package} has built: what it holds, and that it starts. */
@Tag("full")
class ImageIT {

    private static final Path TAR = Path.of("target/jib-image.tar");
    private static final int ENDED_BY_SIGTERM = 143;
    private static final String APPLICATION = "opt/tidewatch";

    @TempDir
    static Path unpacked;

    @TempDir
    Path folder;

    private static UnpackedImage image;

    @BeforeAll
    static void unpack() throws IOException {
        assertThat(TAR).as("made by mvn -Pimage package").exists();
        assertThat(Files.getAttribute(unpacked, "unix:uid"))
                .as("a change of root needs root")
                .isEqualTo(0);
        image = UnpackedImage.of(TAR, Files.createDirectory(unpacked.resolve("root")));
    }

    @Test
    void itRunsTheReconcilerAsAUserWithoutRights() {
        assertThat(image.text("User")).isEqualTo("10001:10001");
        assertThat(image.texts("Entrypoint")).containsExactly("java", "@tidewatch");
        assertThat(image.texts("Cmd")).containsExactly("run", "--config", "/etc/tidewatch");
        assertThat(image.config().path("architecture").asText()).isEqualTo("amd64");
    }

    @Test
    void itsClassPathIsThatOfTheProduct() throws IOException {
        assertThat(names(image.root().resolve(APPLICATION).resolve("libs"))).isEqualTo(names(Path.of("target/lib")));
        assertThat(names(image.root().resolve(APPLICATION).resolve("classpath")))
                .containsExactly("tidewatch.jar");
        Path jar = image.root().resolve(APPLICATION).resolve("classpath/tidewatch.jar");
        try (JarFile product = new JarFile(jar.toFile())) {
            assertThat(product.stream().map(entry -> entry.getName()))
                    .contains("routes/40-pass.yaml")
                    .noneMatch(name -> name.startsWith("io/tidewatch/playground/"));
        }
    }

    /** Libraries are read, not executed by name; what is there to be executed is Java, and the helper that it starts processes with. */
    @Test
    void itHasNoShellAndNoOtherProgram() throws IOException {
        try (Stream<Path> files = Files.walk(image.root())) {
            assertThat(files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                            .map(file -> image.root().relativize(file).toString())
                            .filter(file -> !file.matches("lib(64)?/.*\\.so\\.\\d+")))
                    .containsExactlyInAnyOrder("opt/java/bin/java", "opt/java/lib/jexec", "opt/java/lib/jspawnhelper");
        }
    }

    @Test
    void itsBillOfMaterialsNamesEveryLibrary() throws IOException {
        JsonNode bill = JsonMapper.builder()
                .build()
                .readTree(image.root()
                        .resolve(APPLICATION)
                        .resolve("sbom/tidewatch.cdx.json")
                        .toFile());
        Set<String> named = new TreeSet<>();
        bill.path("components")
                .forEach(component -> named.add(component.path("group").asText() + ":"
                        + component.path("name").asText()));

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(named).isEqualTo(new TreeSet<>(LibrariesTest.shipped()));
    }

    @Test
    void itSaysItsVersion() throws IOException, InterruptedException {
        assertThat(ended(container("--version"))).startsWith("0 tidewatch ");
    }

    /** What somebody sets wins over the defaults of the image. */
    @Test
    void itsFlagsAreDefaults() throws IOException, InterruptedException {
        ProcessBuilder asked = container("--version");
        asked.environment().put("JDK_JAVA_OPTIONS", "-XX:MaxRAMPercentage=70 -XX:+PrintFlagsFinal");

        assertThat(ended(asked).replaceAll(" +", " "))
                .contains("ExitOnOutOfMemoryError = true", "UseSerialGC = true", "MaxRAMPercentage = 70.0");
    }

    @Test
    void itChecksAConfiguration() throws IOException, InterruptedException {
        assertThat(ended(container("run", "--check"))).startsWith("0 ").endsWith("0 errors, 2 warnings\n");

        Files.writeString(configuration().resolve("sources.yaml"), "sources: [{name: shop}]\n");

        assertThat(ended(container("run", "--check", "--config", "/etc/tidewatch")))
                .startsWith("2 error    sources.yaml:1: sources[0].url: ")
                .endsWith("tidewatch: the configuration in /etc/tidewatch cannot be used\n");
    }

    /** With nothing writable but /tmp and the state. */
    @Test
    void itReconcilesUntilItIsAskedToEnd() throws Exception {
        try (Playground playground = PlayedShop.start(git())) {
            reconciles(playground, "", PlayedShop.source(playground.operator().url()));
        }

        assertThat(names(state())).contains("journal.db", "git");
    }

    /** TLS with elliptic curves and PostgreSQL find in its Java what they look up at run time. */
    @Test
    void itReconcilesFromHttpsWithAJournalInPostgresql() throws Exception {
        Identity identity = Identity.ec(folder, "host", "ip:127.0.0.1");
        Files.copy(identity.certificate(), configuration().resolve("ca.pem"));
        PostgresServer postgres = PostgresServer.shared();
        try (Playground playground = PlayedShop.start(git());
                GitHost host = GitHost.https(git(), "bot:s3cret", identity.server())) {
            Path repository = Path.of(URI.create(playground.operator().url()));
            reconciles(
                    playground,
                    "tidewatch.instance = " + postgres.freshInstance() + "\ntidewatch.state.jdbcUrl = " + postgres.url()
                            + "\ntidewatch.state.username = " + PostgresServer.USER + "\ntidewatch.state.password = "
                            + PostgresServer.PASSWORD + "\n",
                    PlayedShop.source(host.url(git().relativize(repository).toString()))
                            .replace("}", ", auth: {username: bot, password: s3cret}, caFile: /etc/tidewatch/ca.pem}"));
        }

        assertThat(names(state())).contains("git").doesNotContain("journal.db");
    }

    private void reconciles(Playground playground, String properties, String source) throws Exception {
        int port = FreePort.any();
        PlayedShop.configure(
                configuration(),
                source,
                "tidewatch.state.directory = /var/lib/tidewatch\ntidewatch.http.address = 127.0.0.1:0\n" + properties
                        + "tidewatch.management.address = 127.0.0.1:" + port + "\n");
        Files.writeString(configuration().resolve("kubeconfig"), playground.kubeconfig());
        ProcessBuilder built = image.container(state(), configuration(), git());
        built.environment().put("KUBECONFIG", "/etc/tidewatch/kubeconfig");
        Process running = built.start();
        try {
            assertThat(ProcessLines.until(" available target=shop/checkout ", running))
                    .anyMatch(line -> line.contains(" applied target=shop/checkout "));
            await(() -> status(port, "/observe/health/ready") == 200);
            assertThat(status(port, "/observe/metrics")).isEqualTo(200);

            running.destroy();
            assertThat(running.waitFor(ProcessLines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(running.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            running.destroyForcibly();
        }
    }

    private Path git() throws IOException {
        return Files.createDirectories(folder.resolve("git"));
    }

    private static void await(Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + ProcessLines.PATIENCE.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private ProcessBuilder container(String... arguments) throws IOException {
        return image.container(state(), configuration(), folder, arguments);
    }

    private Path state() throws IOException {
        return Files.createDirectories(folder.resolve("state"));
    }

    private Path configuration() throws IOException {
        return Files.createDirectories(folder.resolve("config"));
    }

    /** The exit code and what was printed. */
    private static String ended(ProcessBuilder container) throws IOException, InterruptedException {
        Process process = container.start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(ProcessLines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return process.exitValue() + " " + printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
