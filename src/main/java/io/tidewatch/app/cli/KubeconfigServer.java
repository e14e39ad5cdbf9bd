package io.tidewatch.app.cli;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The API server that the kubeconfig's current context names, looked at before the client probes an address that is none. */
final class KubeconfigServer {

    private KubeconfigServer() {}

    /** @throws IllegalArgumentException where its address does not say how to speak to it */
    static void check() {
        if (!Utils.getSystemPropertyOrEnvVar(
                io.fabric8.kubernetes.client.Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, true)) {
            return;
        }
        Map<String, Config> files = new LinkedHashMap<>();
        for (String name : io.fabric8.kubernetes.client.Config.getKubeconfigFilenames()) {
            if (new File(name).isFile()) {
                files.put(name, parsed(name));
            }
        }
        current(files)
                .ifPresent(wanted -> files.forEach((file, config) -> config.getClusters().stream()
                        .filter(one -> wanted.equals(one.getName()))
                        .map(NamedCluster::getCluster)
                        .filter(Objects::nonNull)
                        .map(Cluster::getServer)
                        .filter(server -> server != null && !server.matches("(?i)https?://.*"))
                        .findFirst()
                        .ifPresent(server -> {
                            throw new IllegalArgumentException("kubeconfig " + file + ": the server of cluster "
                                    + wanted + " is \"" + server + "\" without a scheme; write https://" + server);
                        })));
    }

    private static Config parsed(String file) {
        try {
            return KubeConfigUtils.parseConfig(new File(file));
        } catch (RuntimeException notOne) {
            throw new IllegalArgumentException(
                    "kubeconfig " + file + " cannot be read: " + notOne.getMessage(), notOne);
        }
    }

    /** The name of the cluster that is meant: as with kubectl, the first file that says so counts. */
    private static Optional<String> current(Map<String, Config> files) {
        return files.values().stream()
                .map(Config::getCurrentContext)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .flatMap(name -> files.values().stream()
                        .flatMap(config -> config.getContexts().stream())
                        .filter(one -> name.equals(one.getName()))
                        .map(NamedContext::getContext)
                        .filter(Objects::nonNull)
                        .map(Context::getCluster)
                        .filter(Objects::nonNull)
                        .findFirst());
    }
}
