package io.tidewatch.definition;

import io.tidewatch.model.Manifest;
import io.tidewatch.model.Origin;
import io.tidewatch.model.Problem;
import io.tidewatch.model.ScaleSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What must hold between the documents of a source. */
final class CrossChecks {

    private final Catalog catalog;
    private final Scope scope;

    CrossChecks(Catalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
    }

    List<Problem> check(ReadFile file) {
        Findings findings = new Findings(file.path());
        for (ReadDocument document : file.documents()) {
            if (isSecond(file, document, findings)) {
                continue;
            }
            document.schedule()
                    .ifPresent(s -> new ScheduleChecks(catalog, scope, findings, document.root(), s).check());
            document.manifest().ifPresent(m -> rollout(document, m, findings));
        }
        return findings.problems();
    }

    private boolean isSecond(ReadFile file, ReadDocument document, Findings findings) {
        Optional<Origin> first = catalog.definedAt(document.key())
                .filter(o -> !o.file().equals(file.path())
                        || o.line() != document.root().line());
        first.ifPresent(origin -> findings.error(
                document.root().at("metadata.name"),
                "duplicate-object",
                document.key() + " is already defined at " + origin + "; keep one of them"));
        return first.isPresent();
    }

    private void rollout(ReadDocument document, Manifest manifest, Findings findings) {
        if (!manifest.key().kind().equals(Kinds.ROLLOUT)) {
            return;
        }
        Optional<ScaledObjectSpec> scaler = catalog.scalerOf(manifest.key());
        Optional<Place> replicas = document.root().at("spec").field("replicas").filter(place -> !place.isNull());
        if (scaler.isPresent() && replicas.isPresent()) {
            findings.warning(
                    replicas.get(),
                    "replicas-under-autoscaler",
                    "ScaledObject " + scaler.get().target()
                            + " scales this Rollout, a written number would fight it; leave replicas out");
        }
        Optional<ScaleSchedule> schedule = scaler.flatMap(so -> catalog.scheduleOf(so.target()));
        schedule.ifPresent(s -> deadline(document, manifest, s, findings));
    }

    /** Argo Rollouts says Degraded before a step may be called late. */
    private static void deadline(ReadDocument document, Manifest manifest, ScaleSchedule schedule, Findings findings) {
        Map<?, ?> spec = ScaledObjectSpec.object(manifest.content(), "spec");
        OptionalInt deadline = ScaledObjectSpec.number(spec, "progressDeadlineSeconds");
        long timeout = schedule.checks().timeout().toSeconds();
        if (deadline.isPresent() && deadline.getAsInt() < timeout) {
            findings.warning(
                    document.root().at("spec.progressDeadlineSeconds"),
                    "progress-deadline-too-short",
                    deadline.getAsInt() + " s is shorter than the " + timeout + " s that " + schedule.id()
                            + " gives a step (checks.timeout); raise it to " + timeout + " or more");
        }
    }
}
