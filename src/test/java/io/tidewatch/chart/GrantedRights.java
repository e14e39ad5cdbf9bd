package io.tidewatch.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.playground.api.RequestLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the roles of a rendering let the service account of Tidewatch do, as the API server decides it. */
public final class GrantedRights {

    /** What every authenticated user may do by default: discovery, health, and asking for one's own rights. */
    private static final Set<String> EVERYBODY =
            Set.of("/version", "/readyz", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");

    private final String rendering;

    private GrantedRights(String rendering) {
        this.rendering = rendering;
    }

    /** Of one of the renderings that are kept. */
    public static GrantedRights of(String rendering) {
        return new GrantedRights(rendering);
    }

    /**
     * The parts of the path of a request.
     *
     * @param name of the object, empty in a list
     */
    private record Asked(
            String verb, String group, Optional<String> namespace, String resource, Optional<String> name) {

        /** Empty where the path names no kind. */
        static Optional<Asked> of(String verb, String path) {
            List<String> parts = List.of(path.substring(1).split("/"));
            int skipped = parts.get(0).equals("api") ? 2 : 3;
            if (parts.size() <= skipped) {
                return Optional.empty();
            }
            boolean namespaced = parts.get(skipped).equals("namespaces") && parts.size() > skipped + 2;
            List<String> object = parts.subList(namespaced ? skipped + 2 : skipped, parts.size());
            return Optional.of(new Asked(
                    verb,
                    skipped == 2 ? "" : parts.get(1),
                    namespaced ? Optional.of(parts.get(skipped + 1)) : Optional.empty(),
                    Stream.concat(Stream.of(object.get(0)), object.stream().skip(2))
                            .reduce((a, b) -> a + "/" + b)
                            .orElseThrow(),
                    object.stream().skip(1).findFirst()));
        }
    }

    /** Whether a role of the rendering, bound by it, allows the request. */
    public boolean allows(RequestLog.Entry request) {
        return EVERYBODY.contains(request.path())
                || Asked.of(request.verb(), request.path()).map(this::allows).orElse(true);
    }

    private boolean allows(Asked asked) {
        return Stream.of("Role", "ClusterRole")
                .flatMap(kind -> Chart.objects(rendering, kind + "Binding").stream()
                        .filter(binding -> isOfUs(binding) && reaches(binding, asked))
                        .flatMap(binding ->
                                Chart.objects(rendering, kind).stream().filter(role -> is(role, binding))))
                .flatMap(role -> elements(role.path("rules")))
                .anyMatch(rule -> contains(rule, "apiGroups", asked.group())
                        && contains(rule, "resources", asked.resource())
                        && contains(rule, "verbs", asked.verb())
                        && (!rule.has("resourceNames")
                                || asked.name()
                                        .filter(name -> contains(rule, "resourceNames", name))
                                        .isPresent()));
    }

    private static boolean isOfUs(JsonNode binding) {
        return binding.at("/subjects/0/name").asText().equals("tidewatch");
    }

    private static boolean reaches(JsonNode binding, Asked asked) {
        JsonNode namespace = binding.at("/metadata/namespace");
        return namespace.isMissingNode()
                || asked.namespace().filter(namespace.asText()::equals).isPresent();
    }

    private static boolean is(JsonNode role, JsonNode binding) {
        return role.at("/metadata/name").equals(binding.at("/roleRef/name"))
                && role.at("/metadata/namespace").equals(binding.at("/metadata/namespace"));
    }

    private static boolean contains(JsonNode rule, String list, String word) {
        return elements(rule.path(list)).anyMatch(one -> one.asText().equals(word));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
