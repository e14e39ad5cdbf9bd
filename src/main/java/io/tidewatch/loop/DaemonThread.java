package io.tidewatch.loop;

/** Makes threads that never keep the process from ending. */
public final class DaemonThread {

    private DaemonThread() {}

    /** A thread that has not begun yet. */
    public static Thread of(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
