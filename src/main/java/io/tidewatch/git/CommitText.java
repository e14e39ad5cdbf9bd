package io.tidewatch.git;

import io.tidewatch.model.Commit;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** Author and time of a commit. A commit that was made manually may contain anything there. */
final class CommitText {

    private static final String NOBODY = "an unknown author";
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private CommitText() {}

    /** The commit for people. A commit may have no author or an invalid time; both are replaced. */
    static Commit described(String source, RevCommit commit) {
        return new Commit(source, commit.name(), author(commit), time(commit), commit.getShortMessage());
    }

    /** The author's name, or a replacement. JGit itself reads no name beside an invalid date. */
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

    /** The time of the commit, or the beginning of 1970 where the commit has no valid time. */
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
