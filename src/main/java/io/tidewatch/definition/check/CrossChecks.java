package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.ReadDocument;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.yaml.FileProblems;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.InternalFault;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks the documents of a source against each other. */
public final class CrossChecks {

    private static final String TOO_SHORT = "progress-deadline-too-short";

    private final Catalog catalog;
    private final Scope scope;

    public CrossChecks(Catalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
    }

    public FileProblems check(ReadFile file) {
        Findings findings = new Findings(file.path());
        for (ReadDocument document : file.documents()) {
            try {
                check(file, document, findings);
            } catch (RuntimeException | StackOverflowError fault) {
                findings.error(document.line(), "", "cannot-be-judged", InternalFault.words(fault));
            }
        }
        return findings.found();
    }

    private void check(ReadFile file, ReadDocument document, Findings findings) {
        if (!isSecond(file, document, findings)) {
            document.schedule()
                    .ifPresent(s -> new ScheduleChecks(catalog, scope, findings, document.root(), s).check());
            document.manifest().ifPresent(m -> rollout(document, m, findings));
            document.manifest()
                    .filter(m -> m.key().kind().equals(Kinds.SCALED_OBJECT))
                    .ifPresent(m -> new ScaledObjectChecks(catalog, findings)
                            .check(document.root().get(), m));
        }
    }

    private boolean isSecond(ReadFile file, ReadDocument document, Findings findings) {
        Optional<Origin> first = catalog.definedAt(document.key())
                .filter(o -> !o.file().equals(file.path()) || o.line() != document.line());
        first.ifPresent(origin -> findings.error(
                document.root().get().at("metadata.name"),
                "duplicate-object",
                document.key() + " is already defined at " + origin + "; keep one of them"));
        return first.isPresent();
    }

    private void rollout(ReadDocument document, Manifest manifest, Findings findings) {
        if (!manifest.key().kind().equals(Kinds.ROLLOUT)) {
            return;
        }
        Optional<AutoscalerSpec> scaler = catalog.scalerOf(manifest.key());
        boolean writesReplicas =
                AutoscalerSpec.object(manifest.content(), "spec").containsKey("replicas");
        if (scaler.isPresent() && writesReplicas) {
            findings.warning(
                    document.root().get().at("spec.replicas"),
                    "replicas-under-autoscaler",
                    scaler.get().id()
                            + " scales this Rollout, and each apply of a fixed number undoes its rescales; leave replicas out, and if Argo CD or"
                            + " Flux applies this file, first make it ignore /spec/replicas");
        }
        Optional<ScaleSchedule> schedule = scaler.flatMap(so -> catalog.scheduleOf(so.target()));
        schedule.ifPresent(s -> deadline(document, manifest, s, findings));
    }

    /** Argo Rollouts reports Degraded before the checks may call a step late. */
    private static void deadline(ReadDocument document, Manifest manifest, ScaleSchedule schedule, Findings findings) {
        Map<?, ?> spec = AutoscalerSpec.object(manifest.content(), "spec");
        OptionalInt deadline = AutoscalerSpec.number(spec, "progressDeadlineSeconds");
        long timeout = schedule.checks().timeout().toSeconds();
        if (deadline.orElse(DeadlineHistory.DEFAULT_SECONDS) >= timeout) {
            return;
        }
        String given = " shorter than the " + timeout + " s that " + schedule.id() + " gives a step (checks.timeout); ";
        if (deadline.isPresent()) {
            findings.warning(
                    document.root().get().at("spec.progressDeadlineSeconds"),
                    TOO_SHORT,
                    deadline.getAsInt() + " s is" + given + "raise it to " + timeout + " or more");
        } else if (!spec.containsKey("progressDeadlineSeconds")) {
            findings.warning(
                    document.root().get().at("spec").line(),
                    "spec.progressDeadlineSeconds",
                    TOO_SHORT,
                    "not set, so Argo Rollouts uses " + DeadlineHistory.DEFAULT_SECONDS + " s," + given + "write "
                            + timeout + " or more");
        }
    }
}
