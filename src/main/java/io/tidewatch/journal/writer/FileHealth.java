package io.tidewatch.journal.writer;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.memory.JournalMemory.CaughtUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the journal's file works, and what of it is logged and reported to the {@link JournalListener}. Belongs to the journal's
 * thread, except {@link #late}.
 */
final class FileHealth {

    private static final String FROM_MEMORY = "minimums are written and messages sent all the same, from memory";
    private static final Logger log = LoggerFactory.getLogger(FileHealth.class);

    private final String place;
    private final JournalListener listener;
    private final Duration firstPause;
    private Optional<Outage> outage = Optional.empty();
    private boolean reportedWell;

    /** @param firstPause after which a file that failed is tried again for the first time */
    FileHealth(String place, JournalListener listener, Duration firstPause) {
        this.place = place;
        this.listener = listener;
        this.firstPause = firstPause;
    }

    boolean isOut() {
        return outage.isPresent();
    }

    /** The file has all that waited for it. */
    void well(CaughtUp before, Instant now) {
        String lost = before.lostLines() == 0
                ? ""
                : "; " + before.lostLines() + " lines of the diary could not be kept meanwhile";
        Optional<Duration> lasted = outage.map(ended -> ended.lasted(now)).or(before::late);
        String summary = lasted.map(time -> "the journal works again after " + time.toSeconds() + " s")
                        .orElse("the journal works")
                + lost;
        if (lasted.isPresent() || !lost.isEmpty()) {
            log.warn("{}", summary);
        }
        boolean reported = outage.filter(Outage::reported).isPresent();
        if (!lost.isEmpty() && !reported) {
            listener.trouble("the journal did not keep up: its oldest " + before.lostLines()
                    + " lines that were not written yet are lost");
        }
        if (!reportedWell || reported || before.late().isPresent() || !lost.isEmpty()) {
            reportedWell = true;
            listener.well(summary);
        }
        outage = Optional.empty();
    }

    /**
     * The file failed.
     *
     * @param aside where the file is now, if it was damaged and set aside
     * @return the pause until the next attempt
     */
    Duration trouble(Throwable failed, Reason reason, Optional<String> aside, Instant now) {
        boolean first = outage.isEmpty();
        Outage current = outage.orElseGet(() -> Outage.began(now, firstPause));
        boolean report = current.mustBeReported(reason, now);
        if (report && !current.reported()) {
            listener.trouble(aside.map(moved -> "the journal was damaged (" + failed.getMessage()
                            + ") and is set aside as " + moved + "; a new one begins, without its history")
                    .orElseGet(() -> "the journal " + place + " cannot be written: " + cause(reason, failed) + "; "
                            + FROM_MEMORY));
        }
        outage = Optional.of(current.after(report));
        return aside.isPresent() && first ? Duration.ZERO : current.pause();
    }

    private static String cause(Reason reason, Throwable failed) {
        return switch (reason) {
            case FULL -> "no room is left on its file system";
            case LOCKED -> "another process holds it";
            case DAMAGED -> "it is damaged and cannot be set aside";
            case AWAY, SUPERSEDED, UNFIT, UNAVAILABLE -> String.valueOf(failed.getMessage());
        };
    }

    /** The journal's thread has not answered for so long, and may never do so again. Called from other threads. */
    void late(Duration waited) {
        log.warn(
                "The journal has not answered for {} ms. Tidewatch goes on from memory and does not wait for the journal"
                        + " until it answers",
                waited.toMillis());
        listener.late("the journal " + place + " does not answer: its use neither ends nor fails; " + FROM_MEMORY);
    }
}
