package io.tidewatch.model;

import java.time.Instant;

/**
 * A commit of a source, with what messages show of it.
 *
 * @param source the source's configured name
 * @param id the full object id
 * @param author the author's name as written in the commit, as {@link StrangerText}
 * @param time the committer's time
 * @param subject the first line of its message, as {@link StrangerText}
 */
public record Commit(String source, String id, String author, Instant time, String subject) {

    private static final int SHORT = 7;

    public Commit {
        author = StrangerText.name(author);
        subject = StrangerText.message(subject);
    }

    /** The first seven characters of the id. */
    public String shortId() {
        return shortId(id);
    }

    /** The first seven characters of an id. */
    public static String shortId(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }
}
