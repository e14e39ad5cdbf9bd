package io.tidewatch.definition;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that a commit makes to fields which Kubernetes never changes. They are warnings: whether the object is there is not known
 * here, and one that is made anew takes them.
 */
record ImmutableFields(SourceDefinitions previous, Collection<FileDefinitions> now) {

    /** The fields below spec, and what Kubernetes takes where one is absent. */
    private static final Map<String, Map<String, Object>> FIELDS = Map.of(
            FurtherKind.DEPLOYMENT.kind(),
            Map.of("selector", Map.of()),
            FurtherKind.STATEFUL_SET.kind(),
            Map.of(
                    "podManagementPolicy",
                    "OrderedReady",
                    "selector",
                    Map.of(),
                    "serviceName",
                    "",
                    "volumeClaimTemplates",
                    List.of()));

    List<Problem> problems() {
        Map<ObjectKey, Manifest> before = new HashMap<>();
        previous.manifests().forEach(manifest -> before.putIfAbsent(manifest.key(), manifest));
        List<Problem> problems = new ArrayList<>();
        now.forEach(file -> file.manifests()
                .forEach(manifest -> Optional.ofNullable(before.get(manifest.key()))
                        .ifPresent(old -> problems.addAll(changed(old, manifest)))));
        return problems;
    }

    private static List<Problem> changed(Manifest before, Manifest now) {
        return FIELDS.getOrDefault(now.key().kind(), Map.of()).entrySet().stream()
                .filter(field -> !value(before, field).equals(value(now, field)))
                .map(Map.Entry::getKey)
                .sorted()
                .map(name -> problem(now, name))
                .toList();
    }

    private static Object value(Manifest manifest, Map.Entry<String, Object> field) {
        Object written = AutoscalerSpec.object(manifest.content(), "spec").get(field.getKey());
        return written == null ? field.getValue() : written;
    }

    private static Problem problem(Manifest manifest, String field) {
        ObjectKey key = manifest.key();
        return new Problem(
                manifest.origin().file(),
                manifest.origin().line(),
                "spec." + field,
                Problem.Severity.WARNING,
                "never-changes",
                "changed since the commit before, and Kubernetes rejects that for a " + key.kind()
                        + " that is there; put it back, or delete " + key.kind() + " " + key.namespace() + "/"
                        + key.name()
                        + " and its pods with it, so that it is made anew");
    }
}
