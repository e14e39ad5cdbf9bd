package io.tidewatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as the build wrote it from pom.xml into {@code version.properties}. */
public final class Version {

    private static final String FILE = "version.properties";

    private Version() {}

    /**
     * @throws IllegalStateException if the build left the file out
     */
    public static String ofThisBuild() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the build");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        String version = properties.getProperty("version");
        if (version == null) {
            throw new IllegalStateException(FILE + " names no version");
        }
        return version;
    }
}
