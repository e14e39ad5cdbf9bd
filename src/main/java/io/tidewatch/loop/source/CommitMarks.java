package io.tidewatch.loop.source;

import io.tidewatch.git.CommitMarkers;
import io.tidewatch.model.Commit;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The markers that one pull writes for the commits that it reads. A marker that cannot be written is logged, and the commit is
 * read without a marker. Not safe from several threads: the pull calls from its own.
 */
final class CommitMarks {

    private static final Logger log = LoggerFactory.getLogger(CommitMarks.class);

    private final CommitMarkers markers;
    private final String source;
    private final Set<String> marked = new LinkedHashSet<>();

    CommitMarks(CommitMarkers markers, String source) {
        this.markers = markers;
        this.source = source;
    }

    boolean isSetAside(String commit) {
        return markers.isSetAside(source, commit);
    }

    void begin(String commit) {
        if (marked.add(commit)) {
            try {
                markers.begin(source, commit);
            } catch (UncheckedIOException unwritten) {
                log.warn(
                        "source {}: {}; commit {} is read without a marker",
                        source,
                        unwritten.getMessage(),
                        Commit.shortId(commit));
            }
        }
    }

    /** Ends all marks of this pull. */
    void end() {
        for (String commit : marked) {
            try {
                markers.end(source, commit);
            } catch (UncheckedIOException unwritten) {
                log.warn("source {}: {}", source, unwritten.getMessage());
            }
        }
    }

    /** Another commit was read, so commits that are set aside may be read again. */
    void forgetSetAside() {
        try {
            markers.forgetSetAside(source);
        } catch (UncheckedIOException unwritten) {
            log.warn("source {}: {}", source, unwritten.getMessage());
        }
    }
}
