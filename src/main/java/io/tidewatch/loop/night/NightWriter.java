package io.tidewatch.loop.night;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows what happened in the nights of a source, and writes it down. */
public interface NightWriter {

    /** The time zone that the schedules of a source share, else UTC; empty while the source has not been read. */
    Optional<ZoneId> zone(String source);

    /** Files and folders on the branch that {@link #pages} looks at. */
    List<String> paths();

    /**
     * The pages to write.
     *
     * @param standing the texts on the branch, by path
     * @return empty where what happened is not known now
     * @throws RuntimeException where the branch holds files of somebody else
     */
    Optional<Written> pages(ReportedSource source, ZoneId zone, Map<String, String> standing, Instant now);

    /** @param subject the first line of the commit */
    record Written(String subject, Map<String, String> texts) {}
}
