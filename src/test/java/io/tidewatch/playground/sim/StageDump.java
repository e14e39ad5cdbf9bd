package io.tidewatch.playground.sim;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code kubectl get rollout,sts,rs,pod,hpa,scaledobject,event,deployment -A -o yaml} prints of a stage, without
 * managedFields. With {@code -Dtidewatch.cases=FOLDER} each one that is asked is also written there, to become a golden
 * case by hand.
 */
final class StageDump {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final List<Kind> OURS = List.of(
            Kind.SCALED_OBJECT, Kind.HPA, Kind.ROLLOUT, Kind.STATEFUL_SET, Kind.REPLICA_SET, Kind.POD, Kind.EVENT);

    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final Instant at;

    private StageDump(Instant at) {
        this.at = at;
    }

    static StageDump of(Stage stage) {
        StageDump dump = new StageDump(stage.clock.instant());
        OURS.forEach(kind -> stage.list(kind).forEach(object -> dump.add(kind, object)));
        stage.client
                .genericKubernetesResources(Kind.DEPLOYMENT.context())
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(object -> dump.add(Kind.DEPLOYMENT, object));
        return dump;
    }

    private void add(Kind kind, GenericKubernetesResource object) {
        Map<String, Object> map = JSON.convertValue(object, OBJECT);
        map.put("apiVersion", kind.apiVersion());
        map.put("kind", kind.kindName());
        if (map.get("metadata") instanceof Map<?, ?> metadata) {
            metadata.remove("managedFields");
        }
        objects.add(map);
    }

    StageDump without(Kind kind) {
        objects.removeIf(object -> kind.kindName().equals(object.get("kind")));
        return this;
    }

    Diagnosis ask(String name, OptionalInt desired) {
        write(name);
        Target target = new Target(Stage.NS, Stage.NAME);
        ClusterState state = new Dump(objects, List.of()).read(at);
        Observation seen = Observations.of(state, Set.of(target));
        return Diagnoser.diagnose(DiagnosisInput.onDump(
                        seen.targets().get(target), seen.controllers(), desired, Checks.DEFAULT, seen.at())
                .beside(state.rollouts()));
    }

    private void write(String name) {
        String folder = System.getProperty("tidewatch.cases", "");
        if (folder.isEmpty()) {
            return;
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(120);
        String text = objects.stream()
                .map(object -> new Yaml(options).dump(object))
                .collect(Collectors.joining("---\n", "# at " + at + "\n", ""));
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, name + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
