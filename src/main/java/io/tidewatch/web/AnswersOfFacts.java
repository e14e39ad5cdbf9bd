package io.tidewatch.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that were made of the same facts: however many ask within the second in which facts are the same, each page is made once, and one
 * at a time, so that those who look take one core at most. Safe from several threads.
 */
final class AnswersOfFacts {

    /** A page of a thousand targets has some 200 kB; who asks for ever other filters gets answers that are not kept. */
    private static final int MOST = 32;

    private final Map<Object, Reply> answers = new HashMap<>();
    private Object of = new Object();

    /**
     * @param facts compared as an object
     * @param question everything but the facts that the answer depends on; compared as a value
     */
    @SuppressWarnings("ReferenceEquality") // facts are new each second, and comparing them costs more than an answer
    synchronized Reply answer(Object facts, Object question, Supplier<Reply> make) {
        if (of != facts) {
            answers.clear();
            of = facts;
        }
        Reply known = answers.get(question);
        if (known != null) {
            return known;
        }
        Reply made = make.get();
        if (answers.size() < MOST) {
            answers.put(question, made);
        }
        return made;
    }
}
