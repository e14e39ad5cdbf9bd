package io.tidewatch.definition.kubernetes;

import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.List;

/** Checks a Deployment, a StatefulSet or an HPA by itself. */
public final class KubernetesChecks {

    private KubernetesChecks() {}

    /** @param document of one of the further kinds */
    public static void check(FurtherKind kind, Place document, Findings findings) {
        At.field(document, "spec").ifPresent(spec -> {
            switch (kind) {
                case DEPLOYMENT -> {
                    new SelectorChecks(findings).check(spec);
                    new PodTemplateChecks(findings).check(spec, List.of());
                    new DeploymentChecks(findings).check(spec);
                }
                case STATEFUL_SET -> {
                    new SelectorChecks(findings).check(spec);
                    new PodTemplateChecks(findings).check(spec, StatefulSetChecks.claims(spec));
                    new StatefulSetChecks(findings).check(document, spec);
                }
                case HPA -> new HpaChecks(findings).check(spec);
            }
        });
    }
}
