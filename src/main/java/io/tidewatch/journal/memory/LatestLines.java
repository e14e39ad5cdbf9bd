package io.tidewatch.journal.memory;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest lines of the diary about each target, of some codes only. The targets whose lines were neither added nor queried for
 * longest are dropped first. Not safe for use by several threads.
 */
final class LatestLines {

    /** A set that allows {@code contains(null)}: a line that no file takes must not fail here. */
    private final Set<String> codes;

    private final Map<Target, Deque<DiaryEntry>> lines = new LinkedHashMap<>(16, 0.75f, true);

    LatestLines(Set<String> codes) {
        this.codes = new HashSet<>(codes);
    }

    void add(DiaryEntry entry) {
        if (codes.contains(entry.code()) && entry.target().isPresent()) {
            Deque<DiaryEntry> ofTarget = lines.computeIfAbsent(entry.target().get(), target -> new ArrayDeque<>());
            ofTarget.add(entry);
            if (ofTarget.size() > Limits.LINES_OF_TARGET) {
                ofTarget.remove();
            }
            if (lines.size() > Limits.TARGETS_REMEMBERED) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
    }

    /** Adds lines that are older than those that are here. */
    void addOlder(List<DiaryEntry> older) {
        List<DiaryEntry> newer = lines.values().stream().flatMap(Deque::stream).toList();
        lines.clear();
        older.forEach(this::add);
        newer.forEach(this::add);
    }

    /** The lines with these codes about these targets since {@code from}, inclusive, in the order of their time. */
    List<DiaryEntry> since(Instant from, Set<String> requested, Set<Target> targets) {
        return targets.stream()
                .flatMap(target -> lines.getOrDefault(target, new ArrayDeque<>()).stream())
                .filter(entry -> requested.contains(entry.code()) && !entry.at().isBefore(from))
                .sorted(Comparator.comparing(DiaryEntry::at))
                .toList();
    }
}
