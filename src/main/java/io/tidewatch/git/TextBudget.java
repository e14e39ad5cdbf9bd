package io.tidewatch.git;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The memory that the texts of all sources together may need, so that one source cannot take the memory of the others. It is
 * checked while files are read. A source that is read again counts once, with its new texts. Any thread may call.
 */
public final class TextBudget {

    /**
     * Bytes of memory that one byte of definitions needs while the definitions are in force. Measured: 6.2 for 4,000 schedules of
     * 20 windows, 10.9 for 8,000 small Rollouts with a ScaledObject and a schedule each.
     */
    public static final int MEMORY_PER_BYTE = 11;

    /** The same for all other texts, which are in memory only while their commit is read. */
    private static final int MEMORY_PER_OTHER_BYTE = 2;

    /** The part of the memory that definitions may use: one of so many. */
    private static final int SHARE = 4;

    private static final Pattern DEFINITIONS = Pattern.compile("\\.(ya?ml|ics)$", Pattern.CASE_INSENSITIVE);

    private final long memory;
    private final Map<String, Long> inForce = new HashMap<>();
    private final Map<String, Long> beingRead = new HashMap<>();

    /** @param memory bytes */
    TextBudget(long memory) {
        this.memory = memory;
    }

    /** A quarter of the maximum heap of this process. */
    public static TextBudget ofThisProcess() {
        return new TextBudget(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** Begins to count the texts of a source. */
    synchronized void begin(String source) {
        beingRead.put(source, 0L);
    }

    /** @throws GitException.TooLarge where all sources together would need too much memory; the source then counts no more */
    synchronized void take(String source, String path, int bytes) {
        long cost = (long) bytes * (DEFINITIONS.matcher(path).find() ? MEMORY_PER_BYTE : MEMORY_PER_OTHER_BYTE);
        long own = beingRead.merge(source, cost, Long::sum);
        long others = others(inForce, source) + others(beingRead, source);
        if (own + others > memory) {
            beingRead.remove(source);
            throw new GitException.TooLarge(
                    source + ": has more text than there is memory for: all sources together may take "
                            + Snapshot.mebibytes(memory) + " (a quarter of the memory, " + MEMORY_PER_BYTE
                            + " bytes for each byte of definitions), and the others take " + Snapshot.mebibytes(others)
                            + "; set the source's path to the folder of the definitions, or give Tidewatch more memory");
        }
    }

    /** The texts that were read last are in force, in place of those before. */
    synchronized void keep(String source) {
        Long read = beingRead.remove(source);
        if (read != null) {
            inForce.put(source, read);
        }
    }

    /** The texts that were read last are dropped. */
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
