package io.tidewatch.model.cluster;

import java.util.List;
import java.util.Map;

/**
 * The cluster that Tidewatch is connected to, and what is missing there.
 *
 * @param server its address
 * @param kubernetes its version, as {@code v1.36.0}
 * @param served group → versions of its kind that we need; a group that is not there has no such CRD
 * @param controllers the Deployments found where controllers run
 * @param denied permissions that are needed and missing
 * @param asked whether all permissions are known: false while one is missing in some namespace and no namespace is named yet
 */
public record Survey(
        String server,
        String kubernetes,
        Map<String, List<String>> served,
        List<ControllerView> controllers,
        List<Right> denied,
        boolean asked) {

    public Survey {
        served = Map.copyOf(served);
        controllers = List.copyOf(controllers);
        denied = List.copyOf(denied);
    }

    /**
     * @param namespace empty: in all namespaces
     * @param need what cannot be done without it
     */
    public record Right(String verb, String group, String resource, String namespace, String need) {

        public Right in(String one) {
            return new Right(verb, group, resource, one, need);
        }
    }
}
