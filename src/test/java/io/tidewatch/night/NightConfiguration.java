package io.tidewatch.night;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.playground.Playground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The three files of a configuration, as a user of the playground would write them. */
final class NightConfiguration {

    private NightConfiguration() {}

    static void write(Path folder, Playground playground, String slackUrl) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n",
                "sources.yaml",
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: "
                        + playground.operator().ref() + ", interval: 20s}]\n",
                "alerts.yaml",
                """
                receivers:
                  - {name: payments-slack, type: slack, webhookUrl: "%s"}
                  - {name: oncall-mail, type: email, from: tidewatch@example.com, to: [oncall@example.com],
                     smtp: {host: %s, port: %d, startTls: false}}
                default: [payments-slack, oncall-mail]
                """.formatted(
                        slackUrl, playground.mail().host(), playground.mail().port()));
        files.forEach((name, text) -> {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static Configuration read(Path folder) {
        return accepted(texts(folder));
    }

    /** The texts of the files that {@link #write} wrote, by their names. */
    static Map<String, String> texts(Path folder) {
        Map<String, String> files = new HashMap<>();
        for (String name : ConfigurationReader.FILES) {
            try {
                files.put(name, Files.readString(folder.resolve(name)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** What these files say, by their names. */
    static Configuration accepted(Map<String, String> files) {
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw new IllegalStateException("the night's configuration is refused: " + read.problems());
    }
}
