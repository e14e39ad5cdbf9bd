package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.countOrZero;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a Deployment as a controller, with the options that it was started with. */
final class ControllerReader {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([^()]+)\\)");

    private final String namespace;
    private final Map<String, Object> container;
    private final Map<String, String> environment;
    private final List<String> arguments;

    private ControllerReader(String namespace, Map<String, Object> container) {
        this.namespace = namespace;
        this.container = container;
        this.environment = environment();
        this.arguments = Stream.of("command", "args")
                .flatMap(field -> list(container, field).stream())
                .map(argument -> expanded(String.valueOf(argument)))
                .toList();
    }

    static ControllerView read(Map<String, Object> deployment) {
        List<Map<String, Object>> containers = list(map(deployment, "spec", "template", "spec"), "containers").stream()
                .map(Fields::map)
                .toList();
        Map<String, Object> container = containers.stream()
                .filter(found -> isControllerImage(text(found, "image")))
                .findFirst()
                .or(() -> containers.stream().findFirst())
                .orElse(Map.of());
        Map<String, Object> labels = map(deployment, "metadata", "labels");
        String namespace = text(map(deployment, "metadata"), "namespace");
        return new ControllerView(
                namespace,
                text(map(deployment, "metadata"), "name"),
                text(container, "image"),
                part(labels),
                text(labels, "app.kubernetes.io/version"),
                count(map(deployment, "spec"), "replicas").orElse(1),
                readyReplicas(map(deployment, "status")),
                new ControllerReader(namespace, container).options(),
                Optional.empty());
    }

    /** Left out of a status at 0; where nothing of a status is there, or more are available, it is not known. */
    private static OptionalInt readyReplicas(Map<String, Object> status) {
        OptionalInt ready = count(status, "readyReplicas");
        boolean unknown = status.isEmpty() || countOrZero(status, "availableReplicas") != 0;
        return ready.isPresent() || unknown ? ready : OptionalInt.of(0);
    }

    /** The image's last path segment, without tag and digest, names the controller. */
    private static boolean isControllerImage(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return name.matches("(argo-rollouts|keda)([:@].*)?");
    }

    /** A mirror or a distribution may rename the image; the dashboard of Argo Rollouts carries the same name. */
    private static String part(Map<String, Object> labels) {
        return text(labels, "app.kubernetes.io/component").endsWith("dashboard")
                ? ""
                : text(labels, "app.kubernetes.io/name");
    }

    private ControllerOptions options() {
        return new ControllerOptions(
                argument("--instance-id").orElse(""),
                argument("--leader-election-id").orElse(""),
                !isSwitch("--leader-elect", "false"),
                namespaces(),
                new LabelSelector(environment.getOrDefault("WATCH_LABEL_SELECTOR", "")));
    }

    /** Argo Rollouts is bound to one namespace by an argument, KEDA's operator to a list of namespaces by a variable. */
    private Set<String> namespaces() {
        if (arguments.contains("--namespaced") || isSwitch("--namespaced", "true")) {
            return Set.of(argument("--namespace").orElse(namespace));
        }
        return Stream.of(environment.getOrDefault("WATCH_NAMESPACE", "").split(","))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A switch takes no value from the argument behind it. */
    private boolean isSwitch(String name, String value) {
        return arguments.stream()
                .filter(argument -> argument.equals(name) || argument.startsWith(name + "="))
                .reduce((earlier, later) -> later)
                .filter(argument -> argument.equalsIgnoreCase(name + "=" + value))
                .isPresent();
    }

    /** Written {@code --name=value} or as two arguments; the last counts. */
    private Optional<String> argument(String name) {
        Optional<String> found = Optional.empty();
        for (int at = 0; at < arguments.size(); at++) {
            if (arguments.get(at).startsWith(name + "=")) {
                found = Optional.of(arguments.get(at).substring(name.length() + 1));
            } else if (arguments.get(at).equals(name) && at + 1 < arguments.size()) {
                found = Optional.of(arguments.get(at + 1));
            }
        }
        return found.map(String::strip);
    }

    /** Values that stand in the Deployment; a value from a ConfigMap or a Secret is not known. */
    private Map<String, String> environment() {
        Map<String, String> values = new HashMap<>();
        for (Object entry : list(container, "env")) {
            Map<String, Object> variable = map(entry);
            boolean isOwnNamespace =
                    text(map(variable, "valueFrom", "fieldRef"), "fieldPath").equals("metadata.namespace");
            values.put(text(variable, "name"), isOwnNamespace ? namespace : text(variable, "value"));
        }
        return values;
    }

    /** Kubernetes replaces $(NAME) by the variable; a variable that is not known stays as it is written. */
    private String expanded(String argument) {
        return VARIABLE.matcher(argument)
                .replaceAll(found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group())));
    }
}
