package io.tidewatch.app;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A bounded dump of all threads: deadlocked threads first, then threads that run code of Tidewatch. */
final class ThreadDump {

    private static final int THREADS = 100;
    private static final int FRAMES = 40;

    private ThreadDump() {}

    static String text() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] deadlocked = threads.findDeadlockedThreads();
        List<Long> stuck = new ArrayList<>();
        if (deadlocked != null) {
            for (long id : deadlocked) {
                stuck.add(id);
            }
        }
        List<ThreadInfo> all = new ArrayList<>(List.of(threads.dumpAllThreads(true, true, FRAMES)));
        all.sort(Comparator.comparing((ThreadInfo one) -> !stuck.contains(one.getThreadId()))
                .thenComparing(one -> !isOurs(one))
                .thenComparing(ThreadInfo::getThreadName));
        StringBuilder text = new StringBuilder();
        if (!stuck.isEmpty()) {
            text.append(stuck.size()).append(" threads wait for one another in a deadlock, the first of this list\n");
        }
        all.stream().limit(THREADS).forEach(one -> append(text, one));
        if (all.size() > THREADS) {
            text.append("and ").append(all.size() - THREADS).append(" more threads\n");
        }
        return text.toString();
    }

    private static boolean isOurs(ThreadInfo thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("io.tidewatch.")) {
                return true;
            }
        }
        return false;
    }

    private static void append(StringBuilder text, ThreadInfo thread) {
        text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
        LockInfo lock = thread.getLockInfo();
        if (lock != null) {
            text.append(" on ").append(lock);
        }
        if (thread.getLockOwnerName() != null) {
            text.append(" held by \"").append(thread.getLockOwnerName()).append('"');
        }
        text.append('\n');
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
