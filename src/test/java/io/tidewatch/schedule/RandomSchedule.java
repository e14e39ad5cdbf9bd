package io.tidewatch.schedule;

import io.tidewatch.model.Target;
import io.tidewatch.schedule.BruteForce.Answer;
import io.tidewatch.schedule.BruteForce.Once;
import io.tidewatch.schedule.BruteForce.Up;
import io.tidewatch.schedule.BruteForce.Win;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Windows as documents, and whom they move from which baselines. */
record RandomSchedule(
        ZoneId zone,
        List<Win> windows,
        Optional<Up> ramp,
        boolean suspended,
        boolean byLabels,
        Map<Target, Answer> baselines) {

    private static final Map<String, String> LABELS = Map.of("tier", "web");

    static RandomSchedule of(ZoneId zone, List<Win> windows, SplittableRandom random) {
        Map<Target, Answer> baselines = new TreeMap<>();
        boolean byLabels = random.nextInt(3) == 0;
        if (byLabels) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                baselines.put(new Target("shop", "web-" + i), new Answer(random.nextInt(9), random.nextInt(20, 40)));
            }
        } else {
            baselines.put(new Target("shop", "checkout"), new Answer(5, 20));
        }
        boolean suspended = random.nextInt(12) == 0;
        Optional<Up> ramp = random.nextInt(3) == 0 ? Optional.of(Up.random(random)) : Optional.empty();
        return new RandomSchedule(zone, windows, ramp, suspended, byLabels, baselines);
    }

    /** The schedule, calendars of each window's dates, and ScaledObjects, of which one carries no label. */
    List<Map<String, Object>> documents() {
        List<Map<String, Object>> documents = new ArrayList<>();
        documents.add(schedule());
        for (Win window : windows) {
            documents.add(calendar(window.name(), window.closed()));
            documents.add(calendar(window.name() + "-only", window.only()));
        }
        if (byLabels) {
            baselines.forEach((target, baseline) -> documents.add(scaledObject(target, baseline, LABELS)));
            documents.add(scaledObject(new Target("shop", "other"), new Answer(3, 9), Map.of("tier", "db")));
            documents.add(scaledObject(new Target("elsewhere", "web-0"), new Answer(3, 9), LABELS));
        }
        return documents;
    }

    private Map<String, Object> schedule() {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (byLabels) {
            spec.put("scaledObjectSelector", Map.of("matchLabels", LABELS));
        } else {
            Answer baseline = baselines.values().iterator().next();
            spec.put("scaledObjectRef", Map.of("name", "checkout"));
            spec.put("baseline", Map.of("minReplicas", baseline.min(), "maxReplicas", baseline.max()));
        }
        spec.put("timeZone", zone.getId());
        spec.put("suspend", suspended);
        ramp.ifPresent(up -> spec.put(
                "ramp",
                Map.of(
                        "up",
                        Map.of(
                                "step",
                                up.percent().isPresent() ? up.percent().getAsInt() + "%" : up.replicas(),
                                "pause",
                                up.pause().toString()))));
        spec.put("windows", windows.stream().map(this::window).toList());
        return Map.of("kind", "ScaleSchedule", "metadata", Map.of("name", "random"), "spec", spec);
    }

    private Map<String, Object> window(Win window) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", window.name());
        window.once().ifPresentOrElse(once -> once(written, once), () -> recurring(written, window));
        written.put("except", window.closed().isEmpty() ? List.of() : List.of(window.name()));
        written.put("only", window.only().isEmpty() ? List.of() : List.of("shop/" + window.name() + "-only"));
        written.put(
                "minReplicas", window.percent().isPresent() ? window.percent().getAsInt() + "%" : window.min());
        window.max().ifPresent(max -> written.put("maxReplicas", max));
        written.put("priority", window.priority());
        written.put("leadTime", window.lead().toString());
        window.maxLead().ifPresent(most -> {
            written.put("readyBy", true);
            written.put("maxLead", most.toString());
        });
        return written;
    }

    private void once(Map<String, Object> written, Once once) {
        written.put(
                "from",
                once.withOffset() ? withOffset(once.from()) : once.from().toString());
        written.put(
                "until",
                once.withOffset() ? withOffset(once.until()) : once.until().toString());
    }

    private String withOffset(LocalDateTime local) {
        return BruteForce.firstInstantShowingAtLeast(local, zone)
                .atOffset(ZoneOffset.ofHoursMinutes(5, 30))
                .toString();
    }

    private static void recurring(Map<String, Object> written, Win window) {
        written.put("start", window.start().cron());
        window.end()
                .ifPresentOrElse(
                        end -> written.put("end", end.cron()),
                        () -> written.put("duration", window.duration().toString()));
    }

    private static Map<String, Object> calendar(String name, Set<LocalDate> dates) {
        return Map.of(
                "kind", "Calendar",
                "metadata", Map.of("name", name),
                "spec", Map.of("dates", dates.stream().map(LocalDate::toString).toList()));
    }

    private static Map<String, Object> scaledObject(Target target, Answer baseline, Map<String, String> labels) {
        return Map.of(
                "kind",
                "ScaledObject",
                "metadata",
                Map.of("name", target.name(), "namespace", target.namespace(), "labels", labels),
                "spec",
                Map.of("minReplicaCount", baseline.min(), "maxReplicaCount", baseline.max()));
    }
}
