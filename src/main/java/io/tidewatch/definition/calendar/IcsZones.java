package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.definition.calendar.IcsZone.Onset;
import io.tidewatch.yaml.Quoted;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The time zones of one VCALENDAR: those that a VTIMEZONE of it describes, then those of IANA. */
final class IcsZones {

    private static final Set<String> OF_IANA = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final Map<String, IcsZone> described = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();
    private final IcsProblems problems;
    private final IcsMeter meter;

    private IcsZones(IcsProblems problems, IcsMeter meter) {
        this.problems = problems;
        this.meter = meter;
    }

    static IcsZones of(IcsComponent calendar, IcsProblems problems, IcsMeter meter) throws TooMuch {
        IcsZones zones = new IcsZones(problems, meter);
        for (IcsComponent zone : calendar.all("VTIMEZONE")) {
            zones.read(zone);
        }
        return zones;
    }

    Optional<IcsZone> zone(String tzid) {
        return Optional.ofNullable(described.get(tzid))
                .or(() -> OF_IANA.contains(tzid) ? Optional.of(IcsZone.of(ZoneId.of(tzid))) : Optional.empty());
    }

    private void read(IcsComponent zone) throws TooMuch {
        Optional<String> tzid = single(zone, "TZID").map(line -> unescaped(line.value()));
        List<Onset> onsets = new ArrayList<>();
        for (IcsComponent observance : zone.components()) {
            onsets.addAll(onsets(observance));
        }
        if (zone.components().isEmpty()) {
            problems.add(
                    zone.line(), "VTIMEZONE has no STANDARD and no DAYLIGHT; remove it if its TZID is an IANA name");
        }
        if (tzid.isEmpty() || onsets.isEmpty()) {
            return;
        }
        List<String> text = zone.components().stream()
                .map(observance -> observance.properties().stream()
                        .map(line -> line.name() + line.value())
                        .sorted()
                        .toList()
                        .toString())
                .sorted()
                .toList();
        List<String> before = texts.put(tzid.get(), text);
        if (before != null && !before.equals(text)) {
            problems.add(
                    zone.line(),
                    "a second VTIMEZONE describes " + Quoted.of(tzid.get()) + " differently; remove one of them");
        }
        described.put(tzid.get(), IcsZone.of(onsets));
    }

    private List<Onset> onsets(IcsComponent observance) throws TooMuch {
        Optional<LocalDateTime> start = single(observance, "DTSTART").flatMap(line -> time(line, line.value()));
        Optional<ZoneOffset> from = offset(observance, "TZOFFSETFROM");
        Optional<ZoneOffset> to = offset(observance, "TZOFFSETTO");
        Optional<IcsLine> rule = atMostOnce(observance, "RRULE");
        Optional<IcsRule> read = rule.flatMap(line -> IcsRuleReader.ofZone(line, problems));
        List<LocalDateTime> further = new ArrayList<>();
        for (IcsLine line : observance.every("RDATE")) {
            for (String one : line.value().split(",", -1)) {
                time(line, one).ifPresent(further::add);
            }
        }
        for (String never : List.of("EXRULE", "EXDATE")) {
            for (IcsLine line : observance.every(never)) {
                problems.add(line.number(), never + " has no meaning in a time zone; remove " + never);
            }
        }
        if (read.flatMap(IcsRule::until).filter(IcsTime::isDate).isPresent()) {
            problems.add(
                    observance.line(),
                    "RRULE of a time zone has an UNTIL without a time; write UNTIL as 20261025T010000Z");
        }
        if (start.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return List.of();
        }
        List<Onset> onsets = new ArrayList<>();
        onsets.add(new Onset(start.get(), from.get(), to.get()));
        further.forEach(wall -> onsets.add(new Onset(wall, from.get(), to.get())));
        if (read.isPresent()) {
            LocalDateTime last = read.get()
                    .until()
                    .map(until -> until.kind() == IcsTime.Kind.FIXED
                            ? until.written().plusSeconds(from.get().getTotalSeconds())
                            : until.written())
                    .orElse(LocalDateTime.MAX);
            new IcsRecurrence(read.get(), start.get(), last, meter)
                    .forEach(wall -> onsets.add(new Onset(wall, from.get(), to.get())));
        }
        return onsets;
    }

    private Optional<LocalDateTime> time(IcsLine line, String text) {
        boolean other = !line.parameters().getOrDefault("VALUE", "DATE-TIME").equalsIgnoreCase("DATE-TIME");
        Optional<LocalDateTime> time = other ? Optional.empty() : IcsText.time(text);
        if (time.isEmpty()) {
            problems.add(
                    line.number(),
                    line.name() + " of a time zone is " + Quoted.of(text)
                            + ", which is no local time that exists; write " + line.name() + " as 20261025T030000");
        }
        return time;
    }

    private Optional<ZoneOffset> offset(IcsComponent observance, String name) {
        return single(observance, name).flatMap(line -> {
            Optional<ZoneOffset> offset = IcsText.offset(line.value());
            if (offset.isEmpty()) {
                problems.add(
                        line.number(),
                        name + " is " + Quoted.of(line.value()) + ", which is no offset; write " + name + " as +0900");
            }
            return offset;
        });
    }

    private Optional<IcsLine> single(IcsComponent component, String name) {
        Optional<IcsLine> line = atMostOnce(component, name);
        if (line.isEmpty() && !component.unreadable().contains(name)) {
            problems.add(component.line(), component.name() + " has no " + name + "; add " + name);
        }
        return line;
    }

    private Optional<IcsLine> atMostOnce(IcsComponent component, String name) {
        List<IcsLine> lines = component.every(name);
        if (lines.size() > 1) {
            problems.add(lines.get(1).number(), component.name() + " has " + name + " twice; remove one of them");
        }
        return lines.stream().findFirst();
    }

    /** Of a text, in which a backslash comes before commas, semicolons and backslashes. */
    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escapes = text.charAt(i) == '\\' && i + 1 < text.length();
            char c = text.charAt(escapes ? ++i : i);
            plain.append(escapes && (c == 'n' || c == 'N') ? '\n' : c);
        }
        return plain.toString();
    }
}
