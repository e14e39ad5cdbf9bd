package io.tidewatch.definition.read;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import java.util.Optional;

/** The names of a ScaledObject and of its HPA, as far as KEDA limits them. */
final class NameLengths {

    private static final String HPA_PREFIX = "keda-hpa-";

    /** Characters of a label's value; KEDA labels the ScaledObject and its HPA with the name of the ScaledObject. */
    private static final int LABEL_LENGTH = 63;

    private static final String TOO_LONG = "too-long";

    private final Findings findings;
    private final boolean limitsHpaNames;

    /** @param limitsHpaNames whether KEDA's webhook judges the name of the HPA too */
    NameLengths(Findings findings, boolean limitsHpaNames) {
        this.findings = findings;
        this.limitsHpaNames = limitsHpaNames;
    }

    void check(Place document) {
        Optional<Place> name = named(document.field("metadata"));
        Optional<Place> ofHpa = named(document.field("spec")
                .flatMap(spec -> spec.field("advanced"))
                .flatMap(advanced -> advanced.field("horizontalPodAutoscalerConfig")));
        name.filter(place -> length(place) > LABEL_LENGTH)
                .ifPresent(place -> findings.error(
                        place,
                        TOO_LONG,
                        "the name has " + length(place)
                                + " characters, and KEDA writes it as a label of the HPA, which holds " + LABEL_LENGTH
                                + "; shorten it"));
        if (!limitsHpaNames) {
            return;
        }
        if (ofHpa.isPresent()) {
            ofHpa.filter(place -> length(place) > LABEL_LENGTH)
                    .ifPresent(place -> findings.error(
                            place,
                            TOO_LONG,
                            "the name has " + length(place) + " characters, and KEDA rejects a name of an HPA over "
                                    + LABEL_LENGTH + "; shorten it"));
        } else {
            name.filter(place -> length(place) <= LABEL_LENGTH)
                    .filter(place -> HPA_PREFIX.length() + length(place) > LABEL_LENGTH)
                    .ifPresent(place -> findings.error(
                            place,
                            TOO_LONG,
                            "the name has " + length(place) + " characters, with " + HPA_PREFIX
                                    + " it is the name of the HPA,"
                                    + " and KEDA rejects a name of an HPA over " + LABEL_LENGTH + "; shorten it to "
                                    + (LABEL_LENGTH - HPA_PREFIX.length())
                                    + ", or write spec.advanced.horizontalPodAutoscalerConfig.name"));
        }
    }

    /** Absent where it is empty, as KEDA has it. */
    private static Optional<Place> named(Optional<Place> object) {
        return object.flatMap(place -> place.field("name")).filter(place -> length(place) > 0);
    }

    private static int length(Place name) {
        return name.node() instanceof Node.Scalar scalar && scalar.value() != null
                ? scalar.written().length()
                : 0;
    }
}
