package io.tidewatch.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the routes: the folder routes/ of the installation if there is one, else the copy in the artifact. */
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
