package io.tidewatch.schedule;

import io.tidewatch.definition.calendar.IcsReader;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Definitions as a test writes them: documents in the contract's words, without the checks of the real reader. */
final class Written {

    private static final Commit COMMIT = new Commit("shop", "3f2c1ab", "Dana", Instant.EPOCH, "as written");

    private Written() {}

    /** All in one file, numbered by their place in the list instead of by line. */
    static Definitions definitions(List<Map<String, Object>> documents) {
        List<ScaleSchedule> schedules = new ArrayList<>();
        List<Calendar> calendars = new ArrayList<>();
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            Map<String, Object> document = documents.get(i);
            Origin origin = new Origin("shop", "all.yaml", i + 1);
            switch (text(document, "kind")) {
                case "ScaleSchedule" -> schedules.add(schedule(document, origin));
                case "Calendar" -> calendars.add(calendar(document, origin));
                default -> manifests.add(manifest(document, origin));
            }
        }
        FileDefinitions file = new FileDefinitions("all.yaml", COMMIT.id(), schedules, calendars, manifests);
        return new Definitions(
                List.of(new SourceDefinitions("shop", COMMIT, new TreeMap<>(Map.of(file.path(), file)), List.of())));
    }

    static ScaleSchedule schedule(Map<String, Object> document, Origin origin) {
        Map<String, Object> spec = map(document, "spec");
        return new ScaleSchedule(
                namespace(document),
                text(map(document, "metadata"), "name"),
                origin,
                targets(spec),
                ZoneId.of(text(spec, "timeZone")),
                Boolean.TRUE.equals(spec.get("suspend")),
                Optional.ofNullable(spec.get("baseline"))
                        .map(b -> new ScaleSchedule.Baseline(
                                number(map(spec, "baseline"), "minReplicas").orElseThrow(),
                                number(map(spec, "baseline"), "maxReplicas"))),
                list(spec, "windows").stream().map(w -> window(w, origin)).toList(),
                Checks.DEFAULT,
                ScaleSchedule.ConflictPolicy.ADOPT,
                ramp(spec),
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new ScaleSchedule.AlertRouting(List.of(), Severity.CRITICAL));
    }

    private static Ramp ramp(Map<String, Object> spec) {
        if (!spec.containsKey("ramp")) {
            return Ramp.NONE;
        }
        Map<String, Object> up = map(map(spec, "ramp"), "up");
        String step = up.get("step").toString();
        Ramp.Size size = step.endsWith("%")
                ? new Ramp.Size.Share(Integer.parseInt(step.substring(0, step.length() - 1)))
                : new Ramp.Size.Absolute(Integer.parseInt(step));
        return new Ramp(Optional.of(new Ramp.Pace(size, duration(text(up, "pause")))), Optional.empty());
    }

    private static ScaleSchedule.TargetSelector targets(Map<String, Object> spec) {
        if (spec.containsKey("scaledObjectSelector")) {
            Map<String, String> labels = new TreeMap<>();
            map(map(spec, "scaledObjectSelector"), "matchLabels").forEach((k, v) -> labels.put(k, v.toString()));
            return new ScaleSchedule.TargetSelector.ByLabels(labels);
        }
        return new ScaleSchedule.TargetSelector.ByName(text(map(spec, "scaledObjectRef"), "name"));
    }

    private static Window window(Map<String, Object> written, Origin origin) {
        return new Window(
                text(written, "name"),
                times(written),
                minimum(text(written, "minReplicas")),
                number(written, "maxReplicas"),
                lead(written),
                number(written, "priority").orElse(0),
                names(written, "except"),
                names(written, "only"),
                origin);
    }

    private static Window.Lead lead(Map<String, Object> written) {
        return new Window.Lead(
                duration(written.getOrDefault("leadTime", "PT0S").toString()),
                Boolean.TRUE.equals(written.get("readyBy"))
                        ? Optional.of(duration(
                                written.getOrDefault("maxLead", "PT30M").toString()))
                        : Optional.empty());
    }

    private static Window.Times times(Map<String, Object> written) {
        if (written.containsKey("from")) {
            return new Window.Times.OneOff(moment(text(written, "from")), moment(text(written, "until")));
        }
        return written.containsKey("duration")
                ? new Window.Times.CronFor(
                        CronTexts.expression(text(written, "start")), duration(text(written, "duration")))
                : new Window.Times.CronToCron(
                        CronTexts.expression(text(written, "start")), CronTexts.expression(text(written, "end")));
    }

    private static Window.Moment moment(String text) {
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
                ? new Window.Moment.WithOffset(OffsetDateTime.parse(text))
                : new Window.Moment.Local(LocalDateTime.parse(text));
    }

    private static Window.Minimum minimum(String text) {
        return text.endsWith("%")
                ? new Window.Minimum.Share(Integer.parseInt(text.substring(0, text.length() - 1)))
                : new Window.Minimum.Absolute(Integer.parseInt(text));
    }

    private static Duration duration(String text) {
        return Duration.parse(text.startsWith("P") ? text : "PT" + text.toUpperCase(java.util.Locale.ROOT));
    }

    private static Calendar calendar(Map<String, Object> document, Origin origin) {
        Map<String, Object> spec = map(document, "spec");
        return new Calendar(
                namespace(document),
                text(map(document, "metadata"), "name"),
                origin,
                ((List<?>) spec.getOrDefault("dates", List.of()))
                        .stream().map(Written::range).toList(),
                names(spec, "yearly").stream()
                        .map(d -> MonthDay.parse("--" + d))
                        .toList(),
                Optional.ofNullable(spec.get("ics"))
                        .map(t -> IcsReader.read("calendar.ics", t.toString(), true)
                                .file()
                                .orElseThrow()));
    }

    private static Calendar.DateRange range(Object written) {
        if (written instanceof Map<?, ?> range) {
            return new Calendar.DateRange(
                    LocalDate.parse(range.get("from").toString()),
                    LocalDate.parse(range.get("to").toString()));
        }
        LocalDate day = LocalDate.parse(written.toString());
        return new Calendar.DateRange(day, day);
    }

    private static Manifest manifest(Map<String, Object> document, Origin origin) {
        return new Manifest(
                new ObjectKey(
                        "keda.sh/v1alpha1",
                        text(document, "kind"),
                        namespace(document),
                        text(map(document, "metadata"), "name")),
                document,
                origin);
    }

    private static String namespace(Map<String, Object> document) {
        return map(document, "metadata").getOrDefault("namespace", "shop").toString();
    }

    static String text(Map<String, Object> in, String name) {
        return Optional.ofNullable(in.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + in))
                .toString();
    }

    private static OptionalInt number(Map<String, Object> in, String name) {
        return in.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static List<String> names(Map<String, Object> in, String name) {
        return ((List<?>) in.getOrDefault(name, List.of()))
                .stream().map(Object::toString).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> in, String name) {
        return (Map<String, Object>) in.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> in, String name) {
        return (List<Map<String, Object>>) in.getOrDefault(name, List.of());
    }
}
