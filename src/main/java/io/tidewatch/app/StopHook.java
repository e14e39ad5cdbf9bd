package io.tidewatch.app;

/**
 * What is done at once when the process is told to end, by SIGTERM or SIGINT, however far its start has come. A process that
 * is killed, runs out of memory or is halted by the watchdog does none of it.
 */
final class StopHook implements AutoCloseable {

    private final Thread hook;

    private StopHook(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on until it is closed.
     *
     * @param action must not wait for the start or the end of anything; done now where the process is ending already
     */
    static StopHook add(String name, Runnable action) {
        Thread hook = new Thread(action, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            action.run();
        }
        return new StopHook(hook);
    }

    /** The end goes its ordinary way, which does the same. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // it is being done, or is done already
        }
    }
}
