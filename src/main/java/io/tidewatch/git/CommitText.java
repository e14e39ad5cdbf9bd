package io.tidewatch.git;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** Who made a commit and when, whatever stands there: a commit can be written by hand, and hold anything. */
final class CommitText {

    private static final String NOBODY = "an unknown author";
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private CommitText() {}

    /** The author's name; where there is none, words that say so. JGit reads no name beside a date that cannot be. */
    static String author(RevCommit commit) {
        byte[] raw = commit.getRawBuffer();
        int begin = RawParseUtils.author(raw, 0);
        if (begin < 0) {
            return NOBODY;
        }
        int end = begin;
        while (end < raw.length && raw[end] != '<' && raw[end] != '\n') {
            end++;
        }
        String name = new String(raw, begin, end - begin, StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? NOBODY : name;
    }

    /** When it was committed; where that is no date, the beginning of 1970. */
    static Instant time(RevCommit commit) {
        try {
            @Nullable PersonIdent committer = commit.getCommitterIdent();
            Instant time = committer == null ? Instant.EPOCH : committer.getWhenAsInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? Instant.EPOCH : time;
        } catch (DateTimeException | ArithmeticException absurd) {
            return Instant.EPOCH;
        }
    }
}
