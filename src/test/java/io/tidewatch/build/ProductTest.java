package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build puts on the product's class path ({@code target/classes} and {@code target/lib}), and what it does not. */
class ProductTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path LIBRARIES = Path.of("target/lib");
    private static final Path PLAYGROUND_LIBRARIES = Path.of("target/lib-playground");
    private static final Pattern VERSION = Pattern.compile("-\\d[^/]*\\.jar$");

    /** Servers, mocks, and what tests alone need: packages as folders, as a jar names them. */
    private static final List<String> NOT_OF_THE_PRODUCT = List.of(
            "com/icegreen/",
            "io/fabric8/mockwebserver/",
            "io/fabric8/kubernetes/client/server/",
            "okhttp3/mockwebserver/",
            "org/apache/camel/test/",
            "org/assertj/",
            "org/bouncycastle/",
            "org/junit/",
            "junit/",
            "com/tngtech/archunit/",
            "io/tidewatch/playground/",
            "io/tidewatch/demo/");

    private static final Set<String> OF_THE_PLAYGROUND = Set.of(
            "bcpkix-jdk18on",
            "bcprov-jdk18on",
            "bcutil-jdk18on",
            "greenmail",
            "kubernetes-server-mock",
            "mockwebserver");

    @Test
    void itsLibrariesAreThoseOfTheNotice() throws IOException {
        Set<String> named = LibrariesTest.shipped().stream()
                .map(library -> library.substring(library.indexOf(':') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(LIBRARIES)).isEqualTo(named);
    }

    @Test
    void noLibraryBringsAServerOrAMock() throws IOException {
        for (Path library : files(LIBRARIES)) {
            try (JarFile jar = new JarFile(library.toFile())) {
                assertThat(jar.stream().map(entry -> entry.getName()))
                        .as(library.toString())
                        .noneMatch(ProductTest::isNotOfTheProduct);
            }
        }
    }

    @Test
    void itsClassesKnowNoPlayground() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> CLASSES.relativize(file).toString()))
                    .contains("io/tidewatch/app/Main.class")
                    .noneMatch(ProductTest::isNotOfTheProduct)
                    .noneMatch(name -> name.startsWith("META-INF/services/"));
        }
    }

    @Test
    void itsRoutesAreThoseOfTheRepository() throws IOException {
        Set<String> routes = texts(Path.of("routes"));

        assertThat(routes).isNotEmpty();
        assertThat(texts(CLASSES.resolve("routes"))).isEqualTo(routes);
    }

    @Test
    void whatTheDemoNeedsBesideItLiesApart() throws IOException {
        assertThat(names(PLAYGROUND_LIBRARIES)).isEqualTo(OF_THE_PLAYGROUND);
    }

    /** On the class path of an image, in a class loader of its own. */
    @Test
    void theDemoIsNotPartOfIt() throws IOException, ReflectiveOperationException {
        try (URLClassLoader product = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> product.loadClass("io.tidewatch.demo.Demo"))
                    .isInstanceOf(ClassNotFoundException.class);

            assertThat(typed(product, "demo"))
                    .isEqualTo("2 tidewatch: the demo is not part of this installation; run ./tidewatch demo in a"
                            + " checkout of the sources; see tidewatch --help\n");
            assertThat(typed(product, "--help"))
                    .startsWith("0 ")
                    .contains("preview")
                    .doesNotContain("demo");
        }
    }

    private static String typed(ClassLoader product, String argument) throws ReflectiveOperationException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        System.setOut(both);
        System.setErr(both);
        thread.setContextClassLoader(product);
        try {
            Object code = product.loadClass("io.tidewatch.app.Main")
                    .getMethod("execute", String[].class)
                    .invoke(null, (Object) new String[] {argument});
            return code + " " + printed.toString(StandardCharsets.UTF_8);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.setContextClassLoader(before);
            System.setErr(err);
            System.setOut(out);
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> path = new ArrayList<>();
        path.add(CLASSES.toUri().toURL());
        for (Path library : files(LIBRARIES)) {
            path.add(library.toUri().toURL());
        }
        return path.toArray(URL[]::new);
    }

    private static boolean isNotOfTheProduct(String name) {
        return NOT_OF_THE_PRODUCT.stream().anyMatch(name::startsWith);
    }

    private static Set<String> names(Path folder) throws IOException {
        return files(folder).stream()
                .map(jar -> VERSION.matcher(jar.getFileName().toString()).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(Path folder) throws IOException {
        assertThat(folder).as("made by mvn process-test-classes").isDirectory();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Set<String> texts(Path folder) throws IOException {
        Set<String> texts = new TreeSet<>();
        for (Path file : files(folder)) {
            texts.add(file.getFileName() + "\n" + Files.readString(file));
        }
        return texts;
    }
}
