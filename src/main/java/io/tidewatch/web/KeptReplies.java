package io.tidewatch.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Replies that were made of the same thing, of facts or of a calendar: however many ask while it is the same, each reply is made once, and
 * one at a time, so that those who look take one core at most. Safe from several threads.
 */
final class KeptReplies {

    /** A page of a thousand targets has some 200 kB; who asks for ever other filters gets answers that are not kept. */
    private static final int MOST = 32;

    private final Map<Object, Reply> replies = new HashMap<>();
    private Object of = new Object();

    /**
     * @param thing compared as an object
     * @param question everything else that the reply depends on; compared as a value
     */
    @SuppressWarnings("ReferenceEquality") // things are new each second, and comparing them costs more than a reply
    synchronized Reply reply(Object thing, Object question, Supplier<Reply> make) {
        if (of != thing) {
            replies.clear();
            of = thing;
        }
        Reply known = replies.get(question);
        if (known != null) {
            return known;
        }
        Reply made = make.get();
        if (replies.size() < MOST) {
            replies.put(question, made);
        }
        return made;
    }
}
