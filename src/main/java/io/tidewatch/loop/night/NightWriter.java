package io.tidewatch.loop.night;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows what happened in the nights of a source, and writes it down. */
public interface NightWriter {

    /** The time zone that the schedules of a source share, else UTC; empty while the source has not been read. */
    Optional<ZoneId> zone(String source);

    /** Files and folders on the branch that {@link #pages} looks at. */
    List<String> paths();

    /** The files whose texts {@link #pages} looks at; of the others it is enough that they are there. */
    Set<String> read(ReportedSource source, ZoneId zone, Instant now);

    /**
     * The pages to write.
     *
     * @param standing what is on the branch, by path, with the texts of what is {@link #read}
     * @return empty where what happened is not known now
     * @throws RuntimeException where the branch holds files of somebody else
     */
    Optional<Written> pages(ReportedSource source, ZoneId zone, Map<String, String> standing, Instant now);

    /** @param subject the first line of the commit */
    record Written(String subject, Map<String, String> texts) {}
}
