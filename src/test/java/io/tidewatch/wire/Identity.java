package io.tidewatch.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A key and the certificate that it signed for itself, made by the JDK's keytool in a folder. */
public record Identity(Path folder, String name) {

    private static final String PASSWORD = "changeit";

    /**
     * @param alternative what the certificate is for, as {@code ip:127.0.0.1} or {@code dns:git.example.com}
     * @param further options of keytool
     */
    public static Identity make(Path folder, String name, String alternative, String... further) {
        return made(folder, name, alternative, "RSA", further);
    }

    /** The same with a key of an elliptic curve. */
    public static Identity ec(Path folder, String name, String alternative) {
        return made(folder, name, alternative, "EC");
    }

    private static Identity made(Path folder, String name, String alternative, String algorithm, String... further) {
        Identity identity = new Identity(folder, name);
        identity.keytool(
                List.of(
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative),
                List.of(further));
        identity.keytool(
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        name,
                        "-file",
                        identity.certificate().toString()),
                List.of());
        return identity;
    }

    /** The certificate in PEM. */
    public Path certificate() {
        return folder.resolve(name + ".pem");
    }

    /** The private key in PEM (PKCS#8). */
    public String key() {
        try {
            Key key = store().getKey(name, PASSWORD.toCharArray());
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows this certificate. */
    public SSLContext server() {
        return server(null);
    }

    /** Shows this certificate, and trusts a client's. */
    public SSLContext server(@Nullable Identity client) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    client == null ? null : client.trust().getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManagerFactory trust() throws GeneralSecurityException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(name, store().getCertificate(name));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore store() throws GeneralSecurityException {
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(List<String> command, List<String> further) {
        try {
            List<String> words = new java.util.ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            words.addAll(command);
            words.addAll(further);
            words.addAll(List.of(
                    "-keystore",
                    folder.resolve(name + ".p12").toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD));
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
