package io.tidewatch.view.tonight;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import io.tidewatch.view.Unknowns;
import io.tidewatch.view.tonight.Tonight.Group;
import io.tidewatch.view.tonight.Tonight.Paging;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the first page. */
public final class TonightPage {

    /** Lanes on one page. */
    public static final int LANES = 200;

    private TonightPage() {}

    public static Tonight of(Facts facts, Audience audience, Wish wish) {
        List<TargetStatus> seen = facts.standing().targets().stream()
                .filter(row -> audience.sees(row.target()))
                .toList();
        Set<Target> inTrouble = facts.inTrouble();
        List<TargetStatus> wanted = seen.stream()
                .filter(wish::isMet)
                .sorted(Comparator.comparing((TargetStatus row) -> needsSomebody(row, inTrouble) ? 0 : 1)
                        .thenComparing(TargetStatus::target))
                .toList();
        int pages = Math.max(1, (wanted.size() + LANES - 1) / LANES);
        int page = Math.min(wish.page(), pages);
        List<TargetStatus> rows = wanted.subList((page - 1) * LANES, Math.min(wanted.size(), page * LANES));
        Instant minute = facts.at().truncatedTo(ChronoUnit.MINUTES);
        Axis axis = Axis.of(minute.minus(Facts.BEFORE), facts.at(), minute.plus(Facts.AHEAD), zones(facts, rows));
        PastEvents events = facts.events().orElse(PastEvents.NONE);
        Set<Target> targets = rows.stream().map(TargetStatus::target).collect(Collectors.toSet());
        Lanes lanes = new Lanes(facts, axis, new Happened(events, targets), inTrouble);
        Unknowns unknowns = Unknowns.of(facts, audience);
        List<Group> groups = groups(rows, inTrouble, lanes);
        return new Tonight(
                facts.at(),
                Headlines.of(facts, seen, unknowns, inTrouble),
                unknowns.sentences(),
                axis,
                drawn(facts.events(), axis, groups),
                audience.seesAll() ? commits(events, axis) : List.of(),
                groups,
                new Paging(wish.filter(), wish.namespace(), page, pages, wanted.size(), seen.size()));
    }

    private static boolean needsSomebody(TargetStatus row, Set<Target> inTrouble) {
        Mood mood = Mood.of(row.state(), inTrouble.contains(row.target()));
        return mood == Mood.BAD || mood == Mood.UNKNOWN;
    }

    private static Set<ZoneId> zones(Facts facts, List<TargetStatus> rows) {
        return rows.stream()
                .flatMap(row -> facts.timetable().schedule(row.target()).stream())
                .map(ScaleSchedule::timeZone)
                .collect(Collectors.toSet());
    }

    /** The past is drawn by the schedule of now, so a commit within it may have changed what is drawn. */
    private static Optional<String> drawn(Optional<PastEvents> events, Axis axis, List<Group> groups) {
        boolean isDrawn = groups.stream()
                .flatMap(group -> group.lanes().stream())
                .flatMap(lane -> lane.bars().stream())
                .anyMatch(bar -> bar.kind() == Lane.BarKind.WINDOW && bar.from().isBefore(axis.line()));
        boolean mayDiffer = events.isEmpty()
                || events.get().cut().contains(PastEvents.Kind.LINES)
                || events.get().lines().stream()
                        .anyMatch(line -> line.code().equals(DiaryEntry.COMMIT_READ) && axis.shows(line.at()));
        return isDrawn && mayDiffer
                ? Optional.of("Windows of the past are drawn by the schedule that is in force now.")
                : Optional.empty();
    }

    private static List<Tonight.Commit> commits(PastEvents events, Axis axis) {
        Clocks clocks = new Clocks(axis.zone());
        return events.lines().stream()
                .filter(line -> line.code().equals(DiaryEntry.COMMIT_READ) && axis.shows(line.at()))
                .sorted(Comparator.comparing(DiaryEntry::at))
                .map(line -> new Tonight.Commit(
                        line.at(), axis.x(line.at()), clocks.exact(line.at(), axis.now()) + " " + line.text()))
                .toList();
    }

    private static List<Group> groups(List<TargetStatus> rows, Set<Target> inTrouble, Lanes lanes) {
        List<Group> groups = new ArrayList<>();
        List<Lane> needing = rows.stream()
                .filter(row -> needsSomebody(row, inTrouble))
                .map(lanes::of)
                .toList();
        if (!needing.isEmpty()) {
            groups.add(new Group(Optional.empty(), needing));
        }
        rows.stream()
                .filter(row -> !needsSomebody(row, inTrouble))
                .collect(Collectors.groupingBy(row -> row.target().namespace(), TreeMap::new, Collectors.toList()))
                .forEach((namespace, of) -> groups.add(new Group(
                        Optional.of(namespace), of.stream().map(lanes::of).toList())));
        return groups;
    }
}
