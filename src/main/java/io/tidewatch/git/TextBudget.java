package io.tidewatch.git;

import java.util.HashMap;
import java.util.Map;

/**
 * The memory that the texts of all sources together may lead to, so that one source cannot take what the others need. It
 * is judged while files are read, before more of them are kept. A source that is read anew is counted once, as it will
 * be; what it said before goes when the new is in force. Safe from any thread.
 */
public final class TextBudget {

    /**
     * Bytes of memory that a byte of text comes to, as long as its definitions are in force and while they are read.
     * Measured with schedules, ScaledObjects and Rollouts of the usual size, see docs/performance.md.
     */
    public static final int MEMORY_PER_BYTE = 8;

    /** The part of the memory that definitions may have. */
    private static final int SHARE = 4;

    private final long textBytes;
    private final Map<String, Long> inForce = new HashMap<>();
    private final Map<String, Long> beingRead = new HashMap<>();

    TextBudget(long textBytes) {
        this.textBytes = textBytes;
    }

    /** A quarter of the memory that this process may have. */
    public static TextBudget ofThisProcess() {
        return new TextBudget(Runtime.getRuntime().maxMemory() / SHARE / MEMORY_PER_BYTE);
    }

    /** A source is about to be read. */
    synchronized void begin(String source) {
        beingRead.put(source, 0L);
    }

    /** @throws GitException.TooLarge where there is no room for so many bytes of text more; then the source is not read */
    synchronized void take(String source, int bytes) {
        long own = beingRead.merge(source, (long) bytes, Long::sum);
        long others = others(inForce, source) + others(beingRead, source);
        if (own + others > textBytes) {
            beingRead.remove(source);
            throw new GitException.TooLarge(
                    source + ": holds more text than there is memory for: all sources together may have "
                            + Snapshot.mebibytes(textBytes) + ", a quarter of the memory at " + MEMORY_PER_BYTE
                            + " bytes for each byte of text, and the others have " + Snapshot.mebibytes(others)
                            + "; let the source's path point at the definitions alone, or give Tidewatch more memory");
        }
    }

    /** What was read last is in force, in place of what was. */
    synchronized void keep(String source) {
        Long read = beingRead.remove(source);
        if (read != null) {
            inForce.put(source, read);
        }
    }

    /** What was read last comes to nothing. */
    synchronized void drop(String source) {
        beingRead.remove(source);
    }

    private static long others(Map<String, Long> bytes, String source) {
        return bytes.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(source))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
