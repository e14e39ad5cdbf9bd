package io.tidewatch.definition.read;

import io.tidewatch.definition.cron.CronDays;
import io.tidewatch.definition.cron.CronText;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.definition.Window.Lead;
import io.tidewatch.model.definition.Window.Minimum;
import io.tidewatch.model.definition.Window.Moment;
import io.tidewatch.model.definition.Window.Times;
import io.tidewatch.yaml.Choices;
import io.tidewatch.yaml.DurationText;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one window of a schedule. */
final class WindowReader {

    static final List<String> FIELDS = List.of(
            "name",
            "start",
            "end",
            "duration",
            "from",
            "until",
            "minReplicas",
            "maxReplicas",
            "leadTime",
            "readyBy",
            "maxLead",
            "priority",
            "except",
            "only");
    /** A raise that begins more than a day early is another window. */
    private static final Duration LONGEST_LEAD = Duration.ofHours(24);

    private static final String CONTRADICTION = "contradiction";

    private final Findings findings;
    private final Origin schedule;
    private final Optional<ZoneId> zone;

    WindowReader(Findings findings, Origin schedule, Optional<ZoneId> zone) {
        this.findings = findings;
        this.schedule = schedule;
        this.zone = zone;
    }

    Optional<Window> read(Place item) {
        return Fields.strict(item, findings, FIELDS).flatMap(this::window);
    }

    private Optional<Window> window(Fields window) {
        Optional<String> name = window.required("name", "a name for this window, as midnight-peak")
                .flatMap(place -> window.parsed(place, ShortTexts::windowName));
        Optional<Times> times = times(window);
        Optional<Minimum> minimum = window.required(
                        "minReplicas",
                        "the minimum inside the window, as 7 or \"150%\" (\"100%\" where only the maximum changes)")
                .flatMap(place -> minimum(window, place));
        Optional<Integer> max = window.integer("maxReplicas", 1, Limits.REPLICAS);
        Lead lead = lead(window);
        int priority =
                window.integer("priority", -Limits.PRIORITY, Limits.PRIORITY).orElse(0);
        List<String> except = calendars(window, "except");
        List<String> only = calendars(window, "only");
        if (minimum.isPresent() && minimum.get() instanceof Minimum.Absolute absolute && max.isPresent()) {
            rejectMinAboveMax(window, absolute.replicas(), max.get());
        }
        if (name.isEmpty() || times.isEmpty() || minimum.isEmpty()) {
            return Optional.empty();
        }
        Origin origin =
                new Origin(schedule.source(), schedule.file(), window.object().line());
        return Optional.of(new Window(
                name.get(), times.get(), minimum.get(), Choices.number(max), lead, priority, except, only, origin));
    }

    private Lead lead(Fields window) {
        Duration least = window.duration("leadTime", text -> DurationText.upTo(LONGEST_LEAD, text))
                .orElse(Duration.ZERO);
        boolean learned = window.truth("readyBy").orElse(false);
        Optional<Duration> written = window.duration("maxLead", text -> DurationText.upTo(LONGEST_LEAD, text));
        Duration most = written.orElse(Lead.MOST);
        if (!learned) {
            window.optional("maxLead")
                    .filter(place -> written.isPresent())
                    .ifPresent(place -> findings.warning(
                            place,
                            "no-ready-by",
                            "maxLead bounds a learned lead alone; add readyBy: true, or leave maxLead out"));
            return Lead.of(least);
        }
        if (most.compareTo(least) < 0) {
            String rule = written.isPresent() ? "" : ", which is the default";
            window.optional(written.isPresent() ? "maxLead" : "leadTime")
                    .ifPresent(place -> findings.error(
                            place,
                            "lead-above-max",
                            "leadTime " + Durations.compact(least) + " is above maxLead " + Durations.compact(most)
                                    + rule + "; lower leadTime, or write a maxLead of at least "
                                    + Durations.compact(least)));
        }
        return new Lead(least, Optional.of(most));
    }

    private void rejectMinAboveMax(Fields window, int min, int max) {
        if (min > max) {
            window.optional("minReplicas")
                    .ifPresent(place -> findings.error(
                            place,
                            "min-above-max",
                            "minReplicas " + min + " is above this window's maxReplicas " + max
                                    + "; lower the one or raise the other"));
        }
    }

    private Optional<Minimum> minimum(Fields window, Place place) {
        if (place.text().isPresent()) {
            return window.parsed(place, ShortTexts::share);
        }
        return window.integer(place, 0, Limits.REPLICAS).map(Minimum.Absolute::new);
    }

    private List<String> calendars(Fields window, String name) {
        Optional<String> alone = window.optional(name).flatMap(Place::text);
        if (alone.isPresent()) {
            findings.error(
                    window.object().at(name),
                    "wrong-type",
                    "expected a list, got the string " + Quoted.of(alone.get()) + "; write [" + Quoted.cut(alone.get())
                            + "]");
            return List.of();
        }
        return window.items(name, Limits.CALENDARS_IN_WINDOW).stream()
                .flatMap(item -> window.parsed(item, ShortTexts::calendar).stream())
                .toList();
    }

    private Optional<Times> times(Fields window) {
        boolean recurs = isThere(window, "start") || isThere(window, "end") || isThere(window, "duration");
        boolean once = isThere(window, "from") || isThere(window, "until");
        if (recurs && once) {
            findings.error(
                    window.object(),
                    CONTRADICTION,
                    "the window has both start/end/duration, which recur, and from/until, which happen once; keep one of the two");
            return Optional.empty();
        }
        return once ? oneOff(window) : recurring(window);
    }

    private Optional<Times> recurring(Fields window) {
        Optional<CronExpression> start = window.required(
                        "start", "a cron such as \"30 22 * * *\" (or from and until, for once)")
                .flatMap(place -> cron(window, place, CronDays::ofStart));
        Optional<Place> end = window.optional("end");
        Optional<Place> duration = window.optional("duration");
        if (end.isPresent() && duration.isPresent()) {
            findings.error(duration.get(), CONTRADICTION, "both end and duration are set; keep one of them");
        }
        if (end.isEmpty() && duration.isEmpty()) {
            findings.error(
                    window.object().line(),
                    window.object().pathOf("end"),
                    "missing-end",
                    "this window never ends; write end as a cron such as \"0 2 * * *\", or duration such as 3h30m");
        }
        Optional<CronExpression> endCron = end.flatMap(place -> cron(window, place, CronDays::ofEnd));
        Optional<Duration> length = window.duration("duration", DurationText::parsePositive);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        return endCron.<Times>map(cron -> new Times.CronToCron(start.get(), cron))
                .or(() -> length.map(d -> new Times.CronFor(start.get(), d)));
    }

    private Optional<CronExpression> cron(
            Fields window, Place place, Function<CronExpression, Optional<String>> surprise) {
        Optional<CronExpression> cron = window.parsed(place, CronText::parseFiring);
        cron.flatMap(surprise).ifPresent(words -> findings.warning(place, "day-or-weekday", words));
        return cron;
    }

    private Optional<Times> oneOff(Fields window) {
        Optional<Moment> from = moment(window, "from");
        Optional<Moment> until = moment(window, "until");
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        if (!isBefore(from.get(), until.get())) {
            window.optional("until")
                    .ifPresent(place -> findings.error(
                            place, "ends-before-start", "until is not after from; a window ends after it starts"));
        }
        return Optional.of(new Times.OneOff(from.get(), until.get()));
    }

    private Optional<Moment> moment(Fields window, String name) {
        return window.required(name, "a time as 2026-12-24T18:00, from and until both")
                .flatMap(place -> window.parsed(place, ShortTexts::moment));
    }

    /** Compares two local times on the wall clock; the lint reports what a change of the clocks leaves of a window. */
    private boolean isBefore(Moment from, Moment until) {
        Optional<LocalDateTime> a = local(from);
        Optional<LocalDateTime> b = local(until);
        if (a.isPresent() && b.isPresent()) {
            return a.get().isBefore(b.get());
        }
        return zone.map(z -> instant(from, z).isBefore(instant(until, z))).orElse(true);
    }

    private static Optional<LocalDateTime> local(Moment moment) {
        return moment instanceof Moment.Local local ? Optional.of(local.dateTime()) : Optional.empty();
    }

    /** A time that the clock skips is the first instant after the gap, one that comes twice the earlier. */
    private static Instant instant(Moment moment, ZoneId zone) {
        if (moment instanceof Moment.WithOffset withOffset) {
            return withOffset.dateTime().toInstant();
        }
        LocalDateTime local = ((Moment.Local) moment).dateTime();
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }

    private static boolean isThere(Fields window, String name) {
        return window.optional(name).isPresent();
    }
}
