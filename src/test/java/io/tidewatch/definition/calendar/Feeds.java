package io.tidewatch.definition.calendar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Calendars in the manner of programs in use, below src/test/resources/feeds, and their dates, worked out manually. */
final class Feeds {

    private static final Path FOLDER = Path.of("src/test/resources/feeds");
    private static final Map<String, List<String>> DATES = Map.of(
            "google",
            List.of("2027-03-08", "2027-03-09", "2027-03-24", "2027-03-29", "2027-03-30", "2027-05-01", "2027-05-02"),
            "outlook",
            List.of("2027-01-04", "2027-02-01", "2027-03-01", "2027-04-05", "2027-06-01", "2027-06-02"),
            "apple",
            List.of("2026-12-25", "2027-03-27", "2027-03-28", "2027-04-10", "2027-04-11", "2027-12-25", "2028-12-25"),
            "thunderbird",
            List.of(
                    "2027-06-01",
                    "2027-06-03",
                    "2027-06-04",
                    "2027-07-01",
                    "2027-07-02",
                    "2027-07-03",
                    "2027-07-04",
                    "2027-07-05"),
            "radicale",
            List.of(
                    "2027-02-06",
                    "2027-02-07",
                    "2027-02-08",
                    "2027-03-10",
                    "2027-03-11",
                    "2027-08-31",
                    "2027-09-30",
                    "2027-11-02",
                    "2027-12-31",
                    "2028-03-08",
                    "2028-03-09"));

    private Feeds() {}

    static String text(String feed) {
        try {
            return Files.readString(FOLDER.resolve(feed + ".ics")).replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> dates(String feed) {
        return DATES.getOrDefault(feed, List.of());
    }
}
