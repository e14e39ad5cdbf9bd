package io.tidewatch.cli.kube;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import io.tidewatch.cluster.ConnectionRisks;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the address of the API server in the kubeconfig's current context, before the client connects. */
public final class KubeconfigServer {

    private KubeconfigServer() {}

    /**
     * Without a scheme the client would try https, then send the token without encryption.
     *
     * @return whether the address in force begins with {@code http://}
     * @throws IllegalArgumentException if an address has no scheme
     */
    public static boolean check() {
        Optional<String> master = master();
        master.filter(KubeconfigServer::hasNoScheme).ifPresent(server -> {
            throw new IllegalArgumentException(
                    "KUBERNETES_MASTER is \"" + server + "\" without a scheme; write https://" + server);
        });
        List<Written> servers = servers();
        servers.stream().filter(one -> hasNoScheme(one.server())).findFirst().ifPresent(one -> {
            throw new IllegalArgumentException("kubeconfig " + one.file() + ": the server of cluster "
                    + one.cluster() + " is \"" + one.server() + "\" without a scheme; write https://"
                    + one.server());
        });
        return Stream.concat(master.stream(), servers.stream().map(Written::server))
                .anyMatch(ConnectionRisks::isPlain);
    }

    private static Optional<String> master() {
        return Optional.ofNullable(Utils.getSystemPropertyOrEnvVar(
                        io.fabric8.kubernetes.client.Config.KUBERNETES_MASTER_SYSTEM_PROPERTY))
                .map(String::strip)
                .filter(server -> !server.isEmpty());
    }

    private static boolean hasNoScheme(String server) {
        return !server.matches("(?i)https?://.*");
    }

    /** The server of the current context's cluster in one file. */
    private record Written(String file, String cluster, String server) {}

    private static List<Written> servers() {
        if (!Utils.getSystemPropertyOrEnvVar(
                io.fabric8.kubernetes.client.Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, true)) {
            return List.of();
        }
        Map<String, Config> files = new LinkedHashMap<>();
        for (String name : io.fabric8.kubernetes.client.Config.getKubeconfigFilenames()) {
            if (new File(name).isFile()) {
                files.put(name, parsed(name));
            }
        }
        List<Written> servers = new ArrayList<>();
        current(files)
                .ifPresent(desired -> files.forEach((file, config) -> config.getClusters().stream()
                        .filter(one -> desired.equals(one.getName()))
                        .map(NamedCluster::getCluster)
                        .filter(Objects::nonNull)
                        .map(Cluster::getServer)
                        .filter(Objects::nonNull)
                        .forEach(server -> servers.add(new Written(file, desired, server)))));
        return servers;
    }

    private static Config parsed(String file) {
        try {
            return KubeConfigUtils.parseConfig(new File(file));
        } catch (RuntimeException notOne) {
            throw new IllegalArgumentException(
                    "kubeconfig " + file + " cannot be read: " + notOne.getMessage(), notOne);
        }
    }

    /** The name of the current cluster: as with kubectl, the first file that has one counts. */
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
