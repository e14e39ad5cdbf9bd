package io.tidewatch.cli.kube;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Settings of a kubeconfig's user that the client, unlike kubectl, reads only at the start or not at all. */
public final class KubeconfigUser {

    private KubeconfigUser() {}

    /** Provides the token of a user's {@code tokenFile}, read at each call; it goes before the user's {@code token}. */
    public static Optional<OAuthTokenProvider> tokenOf(Config config) {
        return tokenFile(config).map(file -> () -> text("tokenFile", file).strip());
    }

    /** A client key of an elliptic curve, converted so that the client can read it, in base64. */
    public static Optional<String> ellipticKeyOf(Config config) {
        return clientKey(config)
                .flatMap(EllipticKey::sec1)
                .map(pem -> Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Optional<String> clientKey(Config config) {
        if (config.getClientKeyData() != null) {
            return Optional.of(
                    new String(Base64.getMimeDecoder().decode(config.getClientKeyData()), StandardCharsets.UTF_8));
        }
        return Optional.ofNullable(config.getClientKeyFile())
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isReadable)
                .map(file -> text("client key", file));
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

    /** @param what its name in the message */
    private static String text(String what, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig's " + what + " " + file + " cannot be read", e);
        }
    }
}
