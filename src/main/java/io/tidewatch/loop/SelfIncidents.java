package io.tidewatch.loop;

/**
 * Incidents of Tidewatch itself, one for each key: {@code loop}, {@code standstill}, {@code source/NAME}, {@code journal},
 * {@code receiver/NAME}. They go to the receivers under {@code default}, with a message at the beginning and one at the end.
 *
 * <p>Both methods may be called again and again, from any thread: they return at once and never throw. What lasted when the
 * process before this one ended still lasts, so call {@link #resolve} whenever all is well, also where nothing was opened.
 */
public interface SelfIncidents {

    /** Nobody is told anything. */
    SelfIncidents NONE = new SelfIncidents() {
        @Override
        public void open(String key, String summary) {
            // nobody is told
        }

        @Override
        public void resolve(String key, String summary) {
            // nobody is told
        }
    };

    /**
     * There is trouble. Where its incident lasts already, nothing happens.
     *
     * @param summary one line that fits a lock screen: what is wrong
     */
    void open(String key, String summary);

    /**
     * There is no trouble (any more). Where no incident lasts, nothing happens.
     *
     * @param summary one line: what ended it
     */
    void resolve(String key, String summary);
}
