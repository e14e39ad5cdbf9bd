package io.tidewatch.ownership;

import io.tidewatch.model.Limits;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.definition.RemedyPolicy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which remedies were tried, as the ScaledObject remembers it: {@code NudgeReplicaSets=3@INSTANT RestartRollout=1@INSTANT
 * night=2026-11-22/4 deadline=600/1200}. Attempts are counted in a period. All attempts of a night are counted too, over its edges.
 *
 * @param byType attempts in the recorded period
 * @param night attempts of all remedies in the last night that had one
 * @param extension a longer progress deadline that is not put back yet; it counts over all edges
 * @param readable false for a text that is not ours: whatever happened to our record, a remedy stays bounded
 */
public record Remedies(
        Map<RemedyPolicy.Type, Attempts> byType,
        Optional<Night> night,
        Optional<Extension> extension,
        boolean readable) {

    public static final Remedies NONE = new Remedies(Map.of(), Optional.empty(), Optional.empty(), true);

    private static final Remedies UNREADABLE = new Remedies(Map.of(), Optional.empty(), Optional.empty(), false);
    private static final String NIGHT = "night";
    private static final String DEADLINE = "deadline";

    /** More than the types, the night and the deadline; each has one entry. */
    private static final int ENTRIES = 10;

    /** A count that was written by us has no more digits. */
    private static final int DIGITS = 6;

    public Remedies {
        byType = Map.copyOf(byType);
    }

    /** @param last when the remedy was tried last */
    public record Attempts(int count, Instant last) {}

    /** @param date the local date on which the night begins, see {@link io.tidewatch.model.Night} */
    public record Night(LocalDate date, int count) {}

    /** Reads what {@link #text} wrote. */
    static Remedies read(String text) {
        Map<RemedyPolicy.Type, Attempts> byType = new EnumMap<>(RemedyPolicy.Type.class);
        Optional<Night> night = Optional.empty();
        Optional<Extension> extension = Optional.empty();
        for (String entry : text.split(" ", ENTRIES)) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals);
            String value = entry.substring(equals + 1);
            Optional<RemedyPolicy.Type> type = type(name);
            Optional<Attempts> attempts = type.flatMap(any -> attempts(value));
            Optional<Night> counted = name.equals(NIGHT) ? night(value) : Optional.empty();
            Optional<Extension> extended = name.equals(DEADLINE) ? Extension.read(value) : Optional.empty();
            if (attempts.isEmpty() && counted.isEmpty() && extended.isEmpty()) {
                return UNREADABLE;
            }
            attempts.ifPresent(tried -> byType.put(type.orElseThrow(), tried));
            night = counted.isPresent() ? counted : night;
            extension = extended.isPresent() ? extended : extension;
        }
        return new Remedies(byType, night, extension, true);
    }

    /** How often a remedy was tried in the period; all attempts of it where the record cannot be read. */
    public int attempts(RemedyPolicy policy) {
        return readable
                ? Optional.ofNullable(byType.get(policy.type()))
                        .map(Attempts::count)
                        .orElse(0)
                : policy.attempts();
    }

    /** When a remedy was tried last in the period. */
    public Optional<Instant> last(RemedyPolicy.Type type) {
        return Optional.ofNullable(byType.get(type)).map(Attempts::last);
    }

    /** Until when an attempt of any of these remedies keeps all others waiting; a remedy's own length is not in it. */
    public Optional<Instant> spacing(List<RemedyPolicy> policies) {
        return policies.stream()
                .flatMap(policy -> last(policy.type()).map(last -> last.plus(policy.every())).stream())
                .max(Instant::compareTo);
    }

    /** How many attempts of all remedies a night had. */
    public int attempts(LocalDate ofNight) {
        return night.map(known -> known.date().equals(ofNight) ? known.count() : 0)
                .orElseGet(
                        () -> byType.values().stream().mapToInt(Attempts::count).sum());
    }

    public boolean isNightSpent(LocalDate ofNight) {
        return attempts(ofNight) >= Limits.REMEDIES_IN_NIGHT;
    }

    /** After another attempt. */
    public Remedies another(RemedyPolicy.Type type, Instant now, LocalDate ofNight) {
        Map<RemedyPolicy.Type, Attempts> tried = new EnumMap<>(RemedyPolicy.Type.class);
        tried.putAll(byType);
        tried.merge(type, new Attempts(1, now), (before, one) -> new Attempts(before.count() + 1, now));
        return new Remedies(tried, Optional.of(new Night(ofNight, attempts(ofNight) + 1)), extension, true);
    }

    /** With a longer progress deadline. */
    public Remedies extended(Extension longer) {
        return new Remedies(byType, night, Optional.of(longer), readable);
    }

    /** Once the progress deadline is put back, or somebody else has changed it. */
    public Remedies withoutExtension() {
        return new Remedies(byType, night, Optional.empty(), readable);
    }

    /** What counts on after an edge. */
    public Remedies inNextPeriod() {
        return new Remedies(Map.of(), night, extension, true);
    }

    public boolean isEmpty() {
        return byType.isEmpty() && night.isEmpty() && extension.isEmpty();
    }

    /** As the annotation has it. */
    public String text() {
        List<String> entries = new ArrayList<>();
        byType.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(entry -> entry.getKey().word() + "=" + entry.getValue().count() + "@"
                        + entry.getValue().last())
                .forEach(entries::add);
        extension.ifPresent(longer -> entries.add(DEADLINE + "=" + longer.text()));
        night.ifPresent(counted -> entries.add(NIGHT + "=" + counted.date() + "/" + counted.count()));
        return entries.stream().collect(Collectors.joining(" "));
    }

    private static Optional<RemedyPolicy.Type> type(String word) {
        for (RemedyPolicy.Type type : RemedyPolicy.Type.values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static Optional<Attempts> attempts(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? Optional.empty()
                : count(text.substring(0, at))
                        .flatMap(count ->
                                Annotations.instant(text.substring(at + 1)).map(last -> new Attempts(count, last)));
    }

    private static Optional<Night> night(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : count(text.substring(slash + 1))
                        .flatMap(count -> date(text.substring(0, slash)).map(date -> new Night(date, count)));
    }

    private static Optional<Integer> count(String text) {
        boolean isCount = !text.isEmpty()
                && text.length() <= DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isCount ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
