package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What must fit together in a StatefulSet. */
final class StatefulSetChecks {

    private static final String CLAIMS = "volumeClaimTemplates";
    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]|[a-z0-9][-a-z0-9]{0,61}[a-z0-9]");

    private final Findings findings;

    StatefulSetChecks(Findings findings) {
        this.findings = findings;
    }

    /** The names of its claims, which the containers mount as volumes. */
    static List<String> claims(Place spec) {
        return At.items(spec, CLAIMS).stream()
                .flatMap(claim -> At.text(claim, "metadata", "name").stream())
                .toList();
    }

    void check(Place document, Place spec) {
        name(document);
        service(spec);
        strategy(spec);
        At.items(spec, CLAIMS).forEach(this::claim);
    }

    /** Its pods are named after it, and a pod's name is a label. */
    private void name(Place document) {
        At.field(document, "metadata", "name")
                .filter(name -> name.text()
                        .filter(text -> !LABEL.matcher(text).matches())
                        .isPresent())
                .filter(name -> name.text().orElse("").contains(".")
                        || name.text().orElse("").length() > LONGEST_LABEL)
                .ifPresent(name -> findings.error(
                        name,
                        "wrong-name",
                        Quoted.of(name.text().orElse(""))
                                + " cannot name a StatefulSet: its name is part of a label; write at most 63 characters of"
                                + " a-z, 0-9 and -, without a dot"));
    }

    /** Kubernetes before 1.33 takes any name, and takes it from a StatefulSet that is there already. */
    private void service(Place spec) {
        At.field(spec, "serviceName")
                .filter(place -> place.text()
                        .filter(text -> !text.isEmpty() && !LABEL.matcher(text).matches())
                        .isPresent())
                .ifPresent(place -> findings.warning(
                        place,
                        "wrong-name",
                        Quoted.of(place.text().orElse(""))
                                + " can be the name of no Service, so the pods get no names of their own in DNS, and"
                                + " Kubernetes from 1.33 on rejects a new StatefulSet with it; write the name of its"
                                + " headless Service"));
    }

    private void strategy(Place spec) {
        Optional<Place> rolling = At.field(spec, "updateStrategy", "rollingUpdate");
        if (rolling.isPresent()
                && At.text(spec, "updateStrategy", "type")
                        .filter("OnDelete"::equals)
                        .isPresent()) {
            findings.error(
                    rolling.get(),
                    "contradiction",
                    "Kubernetes rejects rollingUpdate beside type: OnDelete; leave it out, or write type: RollingUpdate");
        }
        rolling.flatMap(fields -> At.field(fields, "maxUnavailable")).ifPresent(share -> {
            new Shares(findings).check(share, true);
            if (share.text().isPresent() && Shares.number(share).equals(OptionalInt.of(0))) {
                findings.error(share, "out-of-range", "0% is too low; write 1% or more");
            }
        });
    }

    private void claim(Place claim) {
        Optional<Place> name = At.field(claim, "metadata", "name");
        if (name.isEmpty()) {
            findings.error(
                    claim.at("metadata.name"),
                    "missing-field",
                    "missing, so no claim can be made; write the name under which the containers mount it");
        } else if (name.get()
                .text()
                .filter(text -> !LABEL.matcher(text).matches())
                .isPresent()) {
            findings.error(
                    name.get(),
                    "wrong-name",
                    Quoted.of(name.get().text().orElse(""))
                            + " cannot name a volume, so no pod can be made; write at most 63 characters of a-z, 0-9 and -");
        }
        At.field(claim, "spec", "resources", "requests").ifPresent(requests -> storage(requests));
    }

    private void storage(Place requests) {
        Optional<Place> storage = At.field(requests, "storage");
        if (storage.isEmpty()) {
            findings.error(
                    requests.at("storage"),
                    "missing-field",
                    "missing, and Kubernetes makes no claim without it; write how much, as storage: 10Gi");
        } else if (storage.flatMap(At::value)
                .flatMap(CanonicalQuantity::amount)
                .filter(amount -> amount.compareTo(BigDecimal.ZERO) <= 0)
                .isPresent()) {
            findings.error(storage.get(), "out-of-range", "a claim asks for more than 0; write how much, as 10Gi");
        }
    }
}
