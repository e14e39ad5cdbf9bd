package io.tidewatch.app.cli;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a kubeconfig's user says that the client reads only once, at the start, and kubectl again and again. */
final class KubeconfigUser {

    private KubeconfigUser() {}

    /** The token of a user's {@code tokenFile}, as it stands there when it is asked for; it counts more than a token. */
    static Optional<OAuthTokenProvider> tokenOf(Config config) {
        return tokenFile(config).map(file -> () -> read(file));
    }

    private static Optional<Path> tokenFile(Config config) {
        if (config.getCurrentContext() == null || config.getFileWithAuthInfo() == null) {
            return Optional.empty();
        }
        String user = config.getCurrentContext().getContext().getUser();
        return KubeConfigUtils.parseConfig(config.getFileWithAuthInfo()).getUsers().stream()
                .filter(one -> one.getName().equals(user))
                .map(NamedAuthInfo::getUser)
                .map(AuthInfo::getTokenFile)
                .filter(path -> path != null && !path.isEmpty())
                .findFirst()
                .map(path -> config.getFileWithAuthInfo().toPath().resolveSibling(path));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig's tokenFile " + file + " cannot be read", e);
        }
    }
}
