package io.tidewatch.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the routes are read from: the folder of an installation that has one, else the copy inside of the artifact. */
final class RouteFiles {

    private static final String FOLDER = "routes";

    private RouteFiles() {}

    /**
     * The pattern for Camel.
     *
     * @param home the installation
     */
    static String pattern(Path home) {
        Path folder = home.resolve(FOLDER);
        return Files.isDirectory(folder) ? "file:" + folder + "/*.yaml" : "classpath:" + FOLDER + "/*.yaml";
    }
}
