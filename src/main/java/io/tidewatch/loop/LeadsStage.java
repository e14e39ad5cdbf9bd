package io.tidewatch.loop;

import io.tidewatch.model.Night;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.report.Pass;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Works out, once a day for each target with a lead, what its past raises teach. It reads the journal after a pass and delays none. A
 * pass decides by it only whether the annotation of the lead is written, never a minimum.
 *
 * <p>The raises before the last noon in the schedule's zone count. So the answer is the same until the next noon, also for a process
 * that starts in between.
 */
public final class LeadsStage implements PlanStage.Learned {

    /** How many targets one query of the journal is about; other uses of the file come in between. */
    private static final int TARGETS_IN_QUERY = 500;

    /** A journal that gives no answer is queried again after this time. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final PastRaises raises;
    private final PassRequest passes;
    private Map<Target, Known> known = new HashMap<>();
    private Instant notBefore = Instant.MIN;
    private volatile LearnedLeads learned = LearnedLeads.NONE;

    /** The raises of the journal. */
    @FunctionalInterface
    public interface PastRaises {

        /**
         * How long the last raises of each target took from the first write until enough pods were available, the newest first.
         *
         * @param before raises that were written at this instant of their target or later do not count
         * @return empty where the journal cannot be read now
         */
        Optional<Map<Target, List<Duration>>> raises(Map<Target, Instant> before);
    }

    /** @param lead absent: too few raises */
    private record Known(LocalDate until, Optional<LearnedLead> lead) {}

    /** @param passes requested where another lead was learned */
    public LeadsStage(PastRaises raises, PassRequest passes) {
        this.raises = raises;
        this.passes = passes;
    }

    @Override
    public LearnedLeads learnedLeads() {
        return learned;
    }

    /** Works out what is not known yet of this day. */
    public synchronized void learn(Pass pass) {
        Map<Target, ZoneId> leading = leading(pass.desired());
        boolean left = known.keySet().retainAll(leading.keySet());
        boolean found = !pass.desired().at().isBefore(notBefore)
                && query(due(leading, pass.desired().at()), pass);
        if (left || found) {
            publish();
        }
    }

    private static Map<Target, ZoneId> leading(DesiredState desired) {
        Map<Target, ZoneId> leading = new TreeMap<>();
        for (DesiredBounds one : desired.desired().values()) {
            if (one.schedule().windows().stream().map(Window::lead).anyMatch(LeadsStage::leads)) {
                leading.put(one.target(), one.schedule().timeZone());
            }
        }
        return leading;
    }

    private static boolean leads(Window.Lead lead) {
        return lead.isLearned() || !lead.least().isZero();
    }

    /** A day that a target is to learn until. */
    private record Day(LocalDate date, Instant noon) {

        static Day of(Instant now, ZoneId zone) {
            LocalDate date = Night.of(now, zone);
            return new Day(date, date.atTime(LocalTime.NOON).atZone(zone).toInstant());
        }
    }

    private Map<Target, Day> due(Map<Target, ZoneId> leading, Instant now) {
        Map<ZoneId, Day> days = new HashMap<>();
        Map<Target, Day> due = new TreeMap<>();
        leading.forEach((target, zone) -> {
            Day day = days.computeIfAbsent(zone, of -> Day.of(now, of));
            boolean isKnown = Optional.ofNullable(known.get(target))
                    .filter(one -> one.until().equals(day.date()))
                    .isPresent();
            if (!isKnown) {
                due.put(target, day);
            }
        });
        return due;
    }

    /** @return whether anything was learned */
    private boolean query(Map<Target, Day> due, Pass pass) {
        List<Map.Entry<Target, Day>> all = List.copyOf(due.entrySet());
        for (int from = 0; from < all.size(); from += TARGETS_IN_QUERY) {
            Map<Target, Instant> before = new HashMap<>();
            all.subList(from, Math.min(all.size(), from + TARGETS_IN_QUERY))
                    .forEach(
                            entry -> before.put(entry.getKey(), entry.getValue().noon()));
            Optional<Map<Target, List<Duration>>> answer = raises.raises(before);
            if (answer.isEmpty()) {
                notBefore = pass.desired().at().plus(PAUSE);
                return from > 0;
            }
            before.keySet().forEach(target -> {
                LocalDate until =
                        Optional.ofNullable(due.get(target)).orElseThrow().date();
                List<Duration> lengths = answer.get().getOrDefault(target, List.of());
                known.put(target, new Known(until, LearnedLead.of(lengths, until)));
            });
        }
        return !all.isEmpty();
    }

    private void publish() {
        Map<Target, LearnedLead> leads = new HashMap<>();
        known.forEach((target, one) -> one.lead().ifPresent(lead -> leads.put(target, lead)));
        LearnedLeads now = new LearnedLeads(leads);
        boolean isNew = !now.equals(learned);
        learned = now;
        if (isNew) {
            passes.request();
        }
    }
}
