package io.tidewatch.loop.source;

import io.tidewatch.git.GitException;
import io.tidewatch.loop.Failures;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Durations;
import java.time.Duration;
import java.util.Optional;

/** The sentences about pulls for the diary and for incidents. The name of the source stands before each of them. */
final class PullTexts {

    private PullTexts() {}

    /** @param suspended whether the source is not pulled until a thread ends */
    static String givenUp(Optional<Commit> reading, Duration deadline, boolean suspended) {
        String end = " within " + Durations.words(deadline) + " and was given up";
        return reading.map(commit -> commit(commit) + " was not read" + end).orElse("the pull did not end" + end)
                + (suspended ? "; two of its threads hang, so it is not pulled until one of them ends" : "");
    }

    static String tryingAgain(String trouble) {
        return trouble + "; trying again";
    }

    static String tryingAgain(String trouble, Duration pause) {
        return trouble + "; trying again after " + Durations.words(pause) + ", then with growing pauses";
    }

    static String unreadable(Commit commit, Throwable failure) {
        return commit(commit) + " could not be read: " + reason(failure);
    }

    /**
     * @param read the commit before, where this pull read it
     * @param inForce the full id of the commit in force
     */
    static String setAside(String commit, Optional<Commit> read, Optional<String> inForce) {
        return "commit " + Commit.shortId(commit)
                + " was being read when Tidewatch died, twice; it is set aside until another commit"
                + " comes, and "
                + read.map(before -> "commit " + before.shortId() + ", which was read before, is in force")
                        .or(() -> inForce.map(before -> "commit " + Commit.shortId(before) + " stays in force"))
                        .orElse("nothing of this source is in force");
    }

    static String answersAgain(Duration after) {
        return "answers again after " + Durations.words(after);
    }

    /** Messages of this project need no class name; for any other exception, its class and its place are named. */
    static String reason(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        boolean own = cause instanceof GitException || cause instanceof IllegalStateException;
        return own && cause.getMessage() != null ? cause.getMessage() : cause + place(cause);
    }

    private static String commit(Commit commit) {
        return "commit " + commit.shortId() + " (" + commit.author() + ")";
    }

    private static String place(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }
}
