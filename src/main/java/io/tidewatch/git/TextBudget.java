package io.tidewatch.git;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The memory that the texts of all sources together may lead to, so that one source cannot take what the others need. It
 * is judged while files are read, before more of them are kept. A source that is read anew is counted once, as it will
 * be; what it said before goes when the new is in force. Safe from any thread.
 */
public final class TextBudget {

    /**
     * Bytes of memory that a byte of definitions comes to, as long as they are in force. Measured: 6.2 for 4,000 schedules of
     * 20 windows, 10.9 for 8,000 small Rollouts with a ScaledObject and a schedule each.
     */
    public static final int MEMORY_PER_BYTE = 11;

    /** The same for any other text, which is held as a text while its commit is read, and not after. */
    private static final int MEMORY_PER_OTHER_BYTE = 2;

    /** The part of the memory that definitions may have. */
    private static final int SHARE = 4;

    private static final Pattern DEFINITIONS = Pattern.compile("\\.(ya?ml|ics)$", Pattern.CASE_INSENSITIVE);

    private final long memory;
    private final Map<String, Long> inForce = new HashMap<>();
    private final Map<String, Long> beingRead = new HashMap<>();

    /** @param memory bytes */
    TextBudget(long memory) {
        this.memory = memory;
    }

    /** A quarter of the memory that this process may have. */
    public static TextBudget ofThisProcess() {
        return new TextBudget(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** A source is about to be read. */
    synchronized void begin(String source) {
        beingRead.put(source, 0L);
    }

    /** @throws GitException.TooLarge where there is no room for this text beside all others; then the source is not read */
    synchronized void take(String source, String path, int bytes) {
        long cost = (long) bytes * (DEFINITIONS.matcher(path).find() ? MEMORY_PER_BYTE : MEMORY_PER_OTHER_BYTE);
        long own = beingRead.merge(source, cost, Long::sum);
        long others = others(inForce, source) + others(beingRead, source);
        if (own + others > memory) {
            beingRead.remove(source);
            throw new GitException.TooLarge(
                    source + ": holds more text than there is memory for: all sources together may take "
                            + Snapshot.mebibytes(memory) + ", a quarter of the memory, at " + MEMORY_PER_BYTE
                            + " bytes for each byte of definitions, and the others take " + Snapshot.mebibytes(others)
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
