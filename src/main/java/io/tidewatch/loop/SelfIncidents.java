package io.tidewatch.loop;

/**
 * Incidents of Tidewatch itself, one for each key: {@code loop}, {@code standstill}, {@code source/NAME}, {@code reports/NAME},
 * {@code journal}, {@code receiver/NAME}. They go to the receivers under {@code default}, with a message at the beginning and one at the end.
 *
 * <p>Both methods may be called again and again, from any thread: they return at once and never throw. An incident that was open when the
 * process before this one ended is still open, so call {@link #resolve} whenever all is well, also where nothing was opened.
 */
public interface SelfIncidents {

    /** Reports nothing. */
    SelfIncidents NONE = new SelfIncidents() {
        @Override
        public void open(String key, String summary) {
            // nothing is reported
        }

        @Override
        public void resolve(String key, String summary) {
            // nothing is reported
        }
    };

    /**
     * There is trouble. Where its incident is open already, nothing happens.
     *
     * @param summary one line that fits a lock screen: what is wrong
     */
    void open(String key, String summary);

    /**
     * There is no trouble (any more). Where no incident is open, nothing happens.
     *
     * @param summary one line: what ended it
     */
    void resolve(String key, String summary);
}
