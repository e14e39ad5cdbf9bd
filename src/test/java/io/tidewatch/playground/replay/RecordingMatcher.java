package io.tidewatch.playground.replay;

import io.tidewatch.playground.replay.Trace.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the states of an object in a run against those in a recording.
 *
 * <p>Both must pass through the same states in the same order, but for what a watch may merge: changes within a quarter
 * of a second of each other can be seen as one, in the recording or in the run, never in both at once. A state that only
 * the run shows must lie between its neighbours field by field, or some recording must show its phase, message and
 * conditions together.
 */
public final class RecordingMatcher {
    private static final int NO_NUMBER = -1;
    private static final long MERGED_WITHIN_MILLIS = 250;

    private static final Set<String> POD_COUNTERS = Set.of("replicas", "readyReplicas", "availableReplicas");

    private final List<Change> recorded;
    private final List<Change> run;

    private final Set<Map<String, String>> shown;

    private RecordingMatcher(List<Change> recorded, List<Change> run, Set<Map<String, String>> shown) {
        this.shown = shown;
        this.recorded = climbed(recorded);
        this.run = climbed(run);
    }

    /**
     * Everything that differs, in words; empty when the run shows what was recorded and nothing else.
     *
     * @param shown what {@link #verdicts} found in all recordings
     */
    public static List<String> differences(Trace recorded, Trace run, Set<Map<String, String>> shown) {
        return differences(recorded.byObject(), run.byObject(), shown);
    }

    /** The same for some of the objects, or for some of their fields. */
    public static List<String> differences(
            Map<String, List<Change>> desired, Map<String, List<Change>> got, Set<Map<String, String>> shown) {
        List<String> differences = new ArrayList<>();
        for (String object : desired.keySet()) {
            if (!got.containsKey(object)) {
                differences.add(object + " was not seen in the run");
            } else if (!new RecordingMatcher(desired.get(object), got.get(object), shown).matches()) {
                differences.add(
                        object + "\n  recorded" + told(desired.get(object)) + "\n  run" + told(got.get(object)));
            }
        }
        got.keySet().stream()
                .filter(object -> !desired.containsKey(object))
                .forEach(object -> differences.add(object + " is not in the recording"));
        return differences;
    }

    /** Phase, message and conditions as they were recorded together. */
    public static Set<Map<String, String>> verdicts(Trace recorded) {
        return recorded.changes().stream().map(RecordingMatcher::verdict).collect(Collectors.toSet());
    }

    private static Map<String, String> verdict(Change change) {
        Map<String, String> verdict = new TreeMap<>(change.state());
        verdict.keySet().removeIf(field -> !isVerdict(field));
        return verdict;
    }

    private static boolean isVerdict(String field) {
        return field.equals("phase") || field.equals("message") || field.startsWith("conditions.");
    }

    /** Whether each state of the run between the two is one that a watch could have merged away. */
    private boolean areMergeable(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            Change middle = run.get(i);
            Set<String> odd = changedFields(run.get(from), middle);
            odd.retainAll(changedFields(middle, run.get(to)));
            odd.removeAll(between(run.get(from), middle, run.get(to)));
            if (!odd.isEmpty()
                    && !(odd.stream().allMatch(RecordingMatcher::isVerdict) && shown.contains(verdict(middle)))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> between(Change from, Change middle, Change to) {
        Set<String> fields = new TreeSet<>(middle.state().keySet());
        fields.removeIf(field -> {
            int low = Math.min(number(from, field), number(to, field));
            int high = Math.max(number(from, field), number(to, field));
            int value = number(middle, field);
            return value == NO_NUMBER || value < low || value > high;
        });
        return fields;
    }

    /** A counter that is absent is 0. */
    private static int number(Change change, String field) {
        String value = change.state().getOrDefault(field, "0");
        return value.matches("\\+?\\d+") ? Integer.parseInt(value) : NO_NUMBER;
    }

    private boolean matches() {
        return same(0, 0) && matchesFrom(0, 0);
    }

    /** Whether the rest fits, given that the states at i and j are the same. */
    private boolean matchesFrom(int i, int j) {
        boolean recordedEnds = i == recorded.size() - 1;
        boolean runEnds = j == run.size() - 1;
        if (recordedEnds || runEnds) {
            return recordedEnds && runEnds;
        }
        for (int next = j + 1; next < run.size() && isOneLook(run, j + 1, next); next++) {
            if (same(i + 1, next) && areMergeable(j, next) && matchesFrom(i + 1, next)) {
                return true;
            }
        }
        for (int next = i + 2; next < recorded.size() && isOneLook(recorded, i + 1, next); next++) {
            if (same(next, j + 1) && matchesFrom(next, j + 1)) {
                return true;
            }
        }
        return matchesCountingFrom(i, j);
    }

    /** Pods come and become ready one by one, in groups that are chance: only where such a group ends must be the same. */
    private boolean matchesCountingFrom(int i, int j) {
        for (int end = i + 1; end < recorded.size() && isCounting(recorded, i, end); end++) {
            for (int next = j + 1; next < run.size() && isCounting(run, j, next); next++) {
                if (same(end, next) && matchesFrom(end, next)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isCounting(List<Change> changes, int from, int last) {
        return changes.get(last).object().startsWith("ReplicaSet")
                && isOneLook(changes, from + 1, last)
                && POD_COUNTERS.containsAll(changedFields(changes.get(last - 1), changes.get(last)));
    }

    private static Set<String> changedFields(Change from, Change to) {
        Set<String> fields = new TreeSet<>(from.state().keySet());
        fields.addAll(to.state().keySet());
        fields.removeIf(
                field -> Objects.equals(from.state().get(field), to.state().get(field)));
        return fields;
    }

    /**
     * Which pods become ready together is chance: changes in a row that move nothing but the counters of ready pods, in
     * one direction and within the same span, count as one.
     */
    private static List<Change> climbed(List<Change> changes) {
        List<Change> kept = new ArrayList<>();
        for (Change change : changes) {
            int last = kept.size() - 1;
            if (last >= 1
                    && change.at() - kept.get(last).at() <= MERGED_WITHIN_MILLIS
                    && isClimb(kept.get(last - 1), kept.get(last))
                    && isClimb(kept.get(last), change)) {
                kept.remove(last);
            }
            kept.add(change);
        }
        return kept;
    }

    private static boolean isClimb(Change from, Change to) {
        return Set.of("readyReplicas", "availableReplicas").equals(changedFields(from, to))
                && number(from) < number(to);
    }

    private static int number(Change change) {
        return Integer.parseInt(change.state().getOrDefault("readyReplicas", "0"));
    }

    private boolean same(int i, int j) {
        return recorded.get(i).state().equals(run.get(j).state());
    }

    private static boolean isOneLook(List<Change> changes, int first, int last) {
        return changes.get(last).at() - changes.get(first).at() <= MERGED_WITHIN_MILLIS;
    }

    private static String told(List<Change> changes) {
        StringBuilder text = new StringBuilder();
        Map<String, String> before = new TreeMap<>();
        for (Change change : changes) {
            Map<String, String> changed = new TreeMap<>(change.state());
            changed.entrySet().removeAll(before.entrySet());
            before.keySet().stream()
                    .filter(field -> !change.state().containsKey(field))
                    .forEach(field -> changed.put(field, "gone"));
            text.append("\n    ").append(change.at()).append(' ').append(changed);
            before = change.state();
        }
        return text.toString();
    }
}
