package io.tidewatch.loop.source;

import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Commit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the trouble of sources is reported: the diary, and an incident for each source. */
public record SourceReports(SourceDiary diary, SelfIncidents incidents) {

    private static final Logger log = LoggerFactory.getLogger(SourceReports.class);

    /** Never throws: a full disk must not end the pulls. */
    void write(String source, String text) {
        try {
            diary.write(source, text);
        } catch (RuntimeException unwritten) {
            log.warn("source {}: {} (not in the diary: {})", source, text, unwritten.getMessage());
        }
    }

    /** The source is not pulled, because too many of its threads hang. */
    void suspended(String source) {
        incidents.open(key(source), "source " + source + " is not pulled: two pulls hang");
    }

    /** Opens or resolves the incident of the source after a pull within its deadline. */
    void ended(String source, PullResult result) {
        Optional<Commit> unreadable = result.commit().filter(commit -> result.isUnreadable());
        Optional<String> setAside = result.skipped().filter(commit -> result.setAside());
        if (unreadable.isPresent()) {
            incidents.open(
                    key(source),
                    "source " + source + ": commit " + unreadable.get().shortId() + " cannot be read");
        } else if (setAside.isPresent()) {
            incidents.open(
                    key(source), "source " + source + ": commit " + Commit.shortId(setAside.get()) + " is set aside");
        } else if (result.isHealthy()) {
            incidents.resolve(key(source), "source " + source + " is read again");
        }
    }

    private static String key(String source) {
        return "source/" + source;
    }
}
