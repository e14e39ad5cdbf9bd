package io.tidewatch.definition.kubernetes;

import io.tidewatch.model.Limits;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must fit together in the pod template of a Deployment or StatefulSet. */
final class PodTemplateChecks {

    private final Findings findings;
    /** The nearest name is searched for as many problems as a file reports. */
    private int hints = Limits.PROBLEMS_IN_FILE;

    PodTemplateChecks(Findings findings) {
        this.findings = findings;
    }

    /** @param claims further volumes: the claims of a StatefulSet */
    void check(Place spec, List<String> claims) {
        At.field(spec, "template", "spec").ifPresent(pod -> {
            new KeyedLists(findings).ofPod(pod);
            forbidden(pod, "activeDeadlineSeconds", "it would end pods that are to run for ever");
            At.field(pod, "ephemeralContainers")
                    .filter(list -> !list.items().isEmpty())
                    .ifPresent(list -> forbidden(pod, "ephemeralContainers", "they are added to pods that run"));
            Set<String> volumes = new LinkedHashSet<>(claims);
            At.items(pod, "volumes").forEach(volume -> At.text(volume, "name").ifPresent(volumes::add));
            List<Place> containers = new ArrayList<>(At.items(pod, "initContainers"));
            containers.addAll(At.items(pod, "containers"));
            containers.forEach(container -> {
                mounts(container, "volumeMounts", volumes, !claims.isEmpty());
                mounts(container, "volumeDevices", volumes, !claims.isEmpty());
                new ContainerChecks(findings).check(container);
            });
        });
    }

    private void forbidden(Place pod, String field, String why) {
        At.field(pod, field)
                .ifPresent(place -> findings.error(
                        place,
                        "not-allowed",
                        "Kubernetes rejects this field in the template of a Deployment or StatefulSet: " + why
                                + "; leave it out"));
    }

    private void mounts(Place container, String list, Set<String> volumes, boolean hasClaims) {
        for (Place mount : At.items(container, list)) {
            Optional<String> name = At.text(mount, "name").filter(text -> !text.isEmpty());
            if (name.isPresent() && !volumes.contains(name.get())) {
                findings.error(
                        mount.at("name"),
                        "missing-volume",
                        "no volume " + Quoted.cut(name.get()) + " in spec.template.spec.volumes"
                                + (hasClaims ? " or spec.volumeClaimTemplates" : "")
                                + ", so no pod can be made; " + meant(name.get(), volumes));
            }
        }
    }

    private String meant(String name, Set<String> volumes) {
        hints--;
        return (hints < 0 ? Optional.<String>empty() : Nearest.to(name, volumes))
                .map(near -> "did you mean " + near + "?")
                .orElse("add it, or fix the name");
    }
}
