package io.tidewatch.app;

/**
 * Runs an action as soon as the process gets SIGTERM or SIGINT, even while it still starts. The action does not run if the
 * process is killed, runs out of memory or is halted by the watchdog.
 */
final class StopHook implements AutoCloseable {

    private final Thread hook;

    private StopHook(Thread hook) {
        this.hook = hook;
    }

    /**
     * Runs the action at a stop from now on, until this is closed.
     *
     * @param action must not wait for a start or an end; runs now if the process is ending already
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

    /** For an ordinary end, which does the same by itself. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the action runs now or has run
        }
    }
}
