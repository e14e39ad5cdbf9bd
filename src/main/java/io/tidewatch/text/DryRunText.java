package io.tidewatch.text;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of a dry run of the write at the next edge, and the setting that changes it. */
public final class DryRunText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final String ZERO_OF_HPA =
            "a minimum of 0 needs a metric of type Object or External, and the feature"
                    + " HPAScaleToZero of the cluster (on by default from Kubernetes 1.37); write 1 or more where one of them is"
                    + " missing";

    private DryRunText() {}

    /** Other field managers own the fields to write. */
    public static String owned(DryRun dryRun, List<Owner> owners, Instant now) {
        String manager = owners.get(0).manager();
        List<String> fields = owners.stream()
                .filter(owner -> owner.manager().equals(manager))
                .map(Owner::field)
                .toList();
        return FixText.of(
                all(owners) + ": " + consequence(dryRun, when(dryRun, now)),
                Coexistence.boundsRule(manager, kind(dryRun), fields));
    }

    /** A tool applies spec.replicas of a workload that an autoscaler scales. */
    public static String replicasOwned(String manager, Workload workload) {
        return FixText.of(
                manager + " owns spec.replicas of " + workload.kind() + " "
                        + workload.meta().name()
                        + ", which an autoscaler scales: each apply sets the number back after a rescale",
                Coexistence.replicasRule(
                        Optional.of(manager),
                        workload.kind().name(),
                        workload.kind().group()));
    }

    public static String rejected(DryRun dryRun, int code, String message, Instant now) {
        String rejected = "the API server will reject the write " + when(dryRun, now) + " (" + change(dryRun) + "): ("
                + code + ") " + message;
        return kind(dryRun) == AutoscalerKind.HPA && dryRun.next().bounds().min() == 0
                ? FixText.of(rejected, ZERO_OF_HPA)
                : rejected;
    }

    private static AutoscalerKind kind(DryRun dryRun) {
        return AutoscalerKind.of(dryRun.key().kind()).orElseThrow();
    }

    public static String unanswered(DryRun dryRun, String message, Instant now) {
        return "the dry run of the write " + when(dryRun, now) + " got no answer, so who owns its fields is unknown: "
                + message;
    }

    private static String all(List<Owner> owners) {
        return owners.stream()
                .collect(Collectors.groupingBy(
                        Owner::manager,
                        TreeMap::new,
                        Collectors.mapping(owner -> owner.field().substring(1), Collectors.joining(" and "))))
                .entrySet()
                .stream()
                .map(owned -> owned.getKey() + " owns " + owned.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String consequence(DryRun dryRun, String when) {
        ConflictPolicy policy = dryRun.next().schedule().onConflict();
        return switch (policy) {
            case ADOPT ->
                "Tidewatch will take it over once " + when + " (" + change(dryRun) + "); a second time is a Conflict";
            case FORCE ->
                "Tidewatch will take it over " + when + " (" + change(dryRun) + ") and whenever it is changed";
            case REPORT -> "Conflict " + when + ", " + change(dryRun) + " will not be written";
        };
    }

    private static String change(DryRun dryRun) {
        int from = dryRun.now().min();
        int to = dryRun.next().bounds().min();
        return from == to
                ? "maximum " + dryRun.now().max() + " → "
                        + dryRun.next().bounds().max()
                : "minimum " + from + " → " + to;
    }

    /** In the schedule's zone; with the date if the edge is more than a day ahead. */
    private static String when(DryRun dryRun, Instant now) {
        ZonedDateTime local = dryRun.at().atZone(dryRun.next().schedule().timeZone());
        boolean soon = Duration.between(now, dryRun.at()).compareTo(Duration.ofDays(1)) < 0;
        String edge = dryRun.next()
                .window()
                .map(open -> open.name() + (open.leading() ? " leads" : " opens"))
                .orElse("the window ends");
        return "when " + edge + " at " + local.format(soon ? TIME : DATE);
    }
}
