package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.ReadDocument;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.read.Workload;
import io.tidewatch.model.Limits;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Autoscalers;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.CountingSchedules;
import io.tidewatch.model.definition.CountingSchedules.Named;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All definitions of a source, by name. Of two definitions with one name the first counts. */
public final class Catalog {

    private final Map<String, Origin> objects = new LinkedHashMap<>();
    private final Autoscalers autoscalers = new Autoscalers();
    private final Map<Target, AutoscalerSpec> byRollout = new HashMap<>();
    /** Computed at the first use, after everything was added. */
    private Optional<Scheduled> scheduled = Optional.empty();

    private final Map<String, List<String>> names = new HashMap<>();
    private int hints;
    private final List<ScaleSchedule> schedules = new ArrayList<>();
    private final Scalers scalers = new Scalers();
    private final Map<String, String> broken = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();

    /** Last good versions come first: they are in force already, so a newcomer of the same name is the second. */
    public Catalog(Collection<FileDefinitions> lastGood, Collection<ReadFile> read) {
        lastGood.forEach(this::add);
        read.forEach(file -> {
            file.documents().forEach(d -> objects.putIfAbsent(id(d.key()), origin(file, d)));
            add(file.definitions());
            scalers.add(file);
        });
    }

    /** Adds definitions of files that cannot be read now, from their last good versions; they count where no other definition does. */
    Catalog withRemembered(Collection<FileDefinitions> remembered) {
        remembered.forEach(this::add);
        return this;
    }

    /**
     * @param counting which schedule counts for each ScaledObject that is defined
     * @param unfollowed the first schedule for each kind of workload whose pods are not followed, by the kind with its group
     * @param tooMany schedules whose labels were not looked up, for those before them had looked at as many as may be
     */
    private record Scheduled(
            CountingSchedules counting, Map<String, Origin> unfollowed, Map<Origin, ScaleSchedule> tooMany) {}

    private Scheduled scheduled() {
        if (scheduled.isEmpty()) {
            CountingSchedules counting = new CountingSchedules();
            Map<String, Origin> unfollowed = new HashMap<>();
            Map<Origin, ScaleSchedule> tooMany = new LinkedHashMap<>();
            long before = compared();
            for (ScaleSchedule schedule : schedules) {
                if (schedule.targets() instanceof TargetSelector.ByLabels
                        && compared() - before > Limits.SELECTED_IN_SOURCE) {
                    tooMany.put(schedule.origin(), schedule);
                } else {
                    Named named = Named.of(schedule);
                    targets(schedule).forEach(so -> {
                        counting.add(so.target(), named);
                        Optional.of(Workload.of(so))
                                .filter(workload -> !workload.isFollowed())
                                .ifPresent(workload ->
                                        unfollowed.putIfAbsent(workload.kindWithGroup(), schedule.origin()));
                    });
                }
            }
            scheduled = Optional.of(new Scheduled(counting, unfollowed, tooMany));
        }
        return scheduled.get();
    }

    /** Whether no schedule before this one scales a workload of this kind, whose pods are not followed. */
    boolean isFirstToScale(Workload unfollowed, ScaleSchedule schedule) {
        return schedule.origin().equals(scheduled().unfollowed().get(unfollowed.kindWithGroup()));
    }

    /** The first schedule whose selector is not evaluated, because the limit of compared ScaledObjects is reached. */
    Optional<ScaleSchedule> firstTooMany() {
        return scheduled().tooMany().values().stream().findFirst();
    }

    boolean isOneTooMany(ScaleSchedule schedule) {
        return scheduled().tooMany().containsKey(schedule.origin());
    }

    /**
     * The ScaledObjects against which a schedule is checked: those that it scales, and the first that another schedule scales, which
     * is an error. So the work is bounded, however many schedules select one ScaledObject.
     */
    public List<AutoscalerSpec> concerns(ScaleSchedule schedule) {
        List<AutoscalerSpec> concerns = new ArrayList<>();
        boolean reported = false;
        for (AutoscalerSpec so : targets(schedule)) {
            boolean anothers = isAnothers(so, schedule);
            if (!anothers || !reported) {
                concerns.add(so);
            }
            reported |= anothers;
        }
        return concerns;
    }

    boolean isAnothers(AutoscalerSpec so, ScaleSchedule schedule) {
        return scheduled().counting().insteadOf(Named.of(schedule), so.target()).isPresent();
    }

    /** Whether a broken file is known to define this name, so that a reference to it has a known reason. */
    Catalog withBroken(Collection<ReadFile> files) {
        for (ReadFile file : files) {
            file.documents().forEach(d -> broken.putIfAbsent(id(d.key()), file.path()));
            if (!file.wholly()) {
                unreadable.add(file.path());
            }
        }
        return this;
    }

    private void add(AutoscalerSpec so) {
        if (autoscalers.add(so) && so.targetKind().equals(Kinds.ROLLOUT)) {
            byRollout.putIfAbsent(new Target(so.target().namespace(), so.targetName()), so);
        }
    }

    private void add(FileDefinitions file) {
        scheduled = Optional.empty();
        names.clear();
        for (Manifest manifest : file.manifests()) {
            objects.putIfAbsent(id(manifest.key()), manifest.origin());
            AutoscalerSpec.of(manifest).ifPresent(this::add);
            scalers.add(manifest);
        }
        for (AutoscalerSpec hpa : file.hpas()) {
            objects.putIfAbsent(
                    id(hpa.kind().kind(), hpa.target().namespace(), hpa.target().name()), hpa.origin());
            add(hpa);
        }
        for (Calendar calendar : file.calendars()) {
            objects.putIfAbsent(id(Kinds.CALENDAR, calendar.namespace(), calendar.name()), calendar.origin());
        }
        for (ScaleSchedule schedule : file.schedules()) {
            objects.putIfAbsent(id(Kinds.SCALE_SCHEDULE, schedule.namespace(), schedule.name()), schedule.origin());
            schedules.add(schedule);
        }
    }

    Scalers scalers() {
        return scalers;
    }

    Optional<Origin> definedAt(ObjectKey key) {
        return Optional.ofNullable(objects.get(id(key)));
    }

    boolean hasCalendar(String namespace, String name) {
        return objects.containsKey(id(Kinds.CALENDAR, namespace, name));
    }

    /** The broken file that would define it. */
    Optional<String> brokenFileOf(String kind, String namespace, String name) {
        return Optional.ofNullable(broken.get(id(kind, namespace, name)));
    }

    /** Files of which not even the names could be read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** The known name of a kind, {@code namespace/name}, that a mistyped name resembles most; only for as many problems as are reported. */
    Optional<String> nearest(String id, String kind) {
        hints++;
        return hints > Limits.PROBLEMS_IN_COMMIT ? Optional.empty() : Nearest.to(id, names(kind));
    }

    /** A known object of a kind, {@code namespace/name}, that has this name in whatever namespace; the first one. */
    Optional<String> namesake(String name, String kind) {
        return hints > Limits.PROBLEMS_IN_COMMIT
                ? Optional.empty()
                : names(kind).stream().filter(id -> id.endsWith("/" + name)).findFirst();
    }

    private List<String> names(String kind) {
        return names.computeIfAbsent(
                kind,
                k -> objects.keySet().stream()
                        .filter(id -> id.startsWith(k + " "))
                        .map(id -> id.substring(k.length() + 1))
                        .toList());
    }

    /** How many ScaledObjects were compared for schedules with selectors, as a measure of that work. */
    public long compared() {
        return autoscalers.compared();
    }

    public List<AutoscalerSpec> targets(ScaleSchedule schedule) {
        return autoscalers.declared(schedule);
    }

    Optional<ScaleSchedule> scheduleOf(Target target) {
        return scheduled().counting().of(target).map(Named::schedule);
    }

    /** The ScaledObject that scales a Rollout. */
    public Optional<AutoscalerSpec> scalerOf(ObjectKey rollout) {
        return Optional.ofNullable(byRollout.get(new Target(rollout.namespace(), rollout.name())));
    }

    private static Origin origin(ReadFile file, ReadDocument document) {
        return new Origin("", file.path(), document.line());
    }

    static String id(ObjectKey key) {
        return id(key.kind(), key.namespace(), key.name());
    }

    private static String id(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }
}
