package io.tidewatch.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens the JDK's connections with the CA and the proxy of one source; JGit itself has only JVM-wide settings for them. JGit
 * opens each connection through the URL's stream handler, so this class replaces that handler. A login at a proxy's tunnel
 * needs an empty {@code jdk.http.auth.tunneling.disabledSchemes}, which {@code Main} sets.
 */
final class Connections implements HttpConnectionFactory {

    private final Access access;
    private final PullAttempt attempt;
    private final Optional<Authenticator> atProxy;

    Connections(Access access, PullAttempt attempt) {
        this.access = access;
        this.attempt = attempt;
        this.atProxy = access.proxy().flatMap(Access.Proxy::login).map(AtProxy::new);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy ofTheMachine) throws IOException {
        Proxy through = access.proxy()
                .map(proxy -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())))
                .orElse(ofTheMachine == null ? Proxy.NO_PROXY : ofTheMachine);
        return new Watched(new URL(url, "", new Prepared(url)), through, attempt);
    }

    /** A connection whose bytes are counted. */
    private static final class Watched extends JDKHttpConnection {

        private final PullAttempt attempt;

        Watched(URL url, Proxy through, PullAttempt attempt) throws IOException {
            super(url, through);
            this.attempt = attempt;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return attempt.wire(super.getInputStream());
        }

        /** JGit's zero, for a command that was given no limit, would wait for ever. */
        @Override
        public void setConnectTimeout(int millis) {
            super.setConnectTimeout(millis == 0 ? Remote.TIMEOUT_SECONDS * 1_000 : millis);
        }

        @Override
        public void setReadTimeout(int millis) {
            super.setReadTimeout(millis == 0 ? Remote.TIMEOUT_SECONDS * 1_000 : millis);
        }
    }

    /** Hands out connections to one URL. */
    private final class Prepared extends URLStreamHandler {

        private final URL plain;

        Prepared(URL plain) {
            this.plain = plain;
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return prepared(plain.openConnection());
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return prepared(plain.openConnection(proxy));
        }

        private URLConnection prepared(URLConnection connection) throws IOException {
            if (connection instanceof HttpURLConnection http) {
                attempt.opened(http::disconnect);
                atProxy.ifPresent(http::setAuthenticator);
            }
            if (connection instanceof HttpsURLConnection https
                    && access.caFile().isPresent()) {
                https.setSSLSocketFactory(trusting(access.caFile().get()));
            }
            return connection;
        }
    }

    private static SSLSocketFactory trusting(Path caFile) throws IOException {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + number, certificate);
                number++;
            }
            if (number == 0) {
                throw new IOException("caFile " + caFile + " contains no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("caFile " + caFile + " does not exist");
        } catch (GeneralSecurityException e) {
            throw new IOException("caFile " + caFile + " does not contain certificates in PEM: " + e.getMessage());
        }
    }

    private static final class AtProxy extends Authenticator {

        private final Credentials login;

        AtProxy(Credentials login) {
            this.login = login;
        }

        /** Only the proxy gets this login; JGit itself sends the remote's login. */
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(
                            login.username(), login.password().get().toCharArray())
                    : null;
        }
    }
}
