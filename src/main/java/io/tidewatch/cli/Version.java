package io.tidewatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Version and commit of this build, as the build wrote them into {@code version.properties}. */
public final class Version {

    private static final String FILE = "version.properties";

    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{7,40}");

    private Version() {}

    /**
     * @throws IllegalStateException if the build left the file out
     */
    public static String ofThisBuild() {
        return Optional.ofNullable(properties().getProperty("version"))
                .orElseThrow(() -> new IllegalStateException(FILE + " names no version"));
    }

    /** The commit that this build was made of; {@code unknown} where it was made outside of a clone. */
    public static String revision() {
        return Optional.ofNullable(properties().getProperty("revision"))
                .filter(revision -> REVISION.matcher(revision).matches())
                .orElse("unknown");
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the build");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        return properties;
    }
}
