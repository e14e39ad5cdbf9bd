package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidewatch.model.definition.Checkout;
import io.tidewatch.wire.ForwardProxy;
import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against git's own http-backend: what is said when it is not as it should be, and that the next pull is right again. */
class HttpSourceTest {

    private static final String LOGIN = "bot:t0p s3cret";
    private static final Credentials BOT = new Credentials("bot", "t0p s3cret");

    @TempDir
    Path folder;

    private RemoteRepository remote;
    private GitHost host;

    @BeforeEach
    void start() {
        assumeTrue(GitHost.isInstalled(), "git http-backend is not installed");
        remote = new RemoteRepository(folder);
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        host = GitHost.http(folder, LOGIN);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aLoginIsGivenWithTheFirstRequestAndAnUnmovedRefCostsFew() {
        GitSource source = source("remote.git", BOT);

        assertThat(text(Reading.next(source))).isEqualTo("a: 1\n");

        host.requests().set(0);
        assertThat(Reading.next(source)).isEmpty();
        assertThat(host.requests()).hasValueLessThanOrEqualTo(2);

        remote.write("a.yaml", "a: 2\n");
        remote.commit("two");

        assertThat(text(Reading.next(source))).isEqualTo("a: 2\n");
    }

    @Test
    void aTokenIsAPasswordLikeAnother() {
        host.login("x-access-token:ghs_0123456789abcdef");

        assertThat(text(source("remote.git", new Credentials("x-access-token", "ghs_0123456789abcdef"))
                        .pull()))
                .isEqualTo("a: 1\n");
    }

    @Test
    void aWrongPasswordIsTriedOnceAndNeverShown() {
        GitSource source = source("remote.git", new Credentials("bot", "wr0ng"));

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.AuthenticationFailed.class)
                .hasMessage("shop: " + host.url("remote.git") + " rejected the login of bot");
        assertThat(host.requests()).hasValue(1);
    }

    @Test
    void aTokenThatIsReplacedCountsWithTheNextPull() {
        AtomicReference<String> file = new AtomicReference<>("t0p s3cret");
        GitSource source = source("remote.git", new Credentials("bot", file::get));
        Reading.next(source);
        host.login("bot:n3w");
        assertThatThrownBy(source::pull).isInstanceOf(GitException.AuthenticationFailed.class);

        file.set("n3w");

        assertThat(Reading.next(source)).isEmpty();
    }

    @Test
    void aMissingLoginIsReported() {
        assertThatThrownBy(() -> source(host.url("remote.git"), Access.OPEN).pull())
                .isInstanceOf(GitException.AuthenticationFailed.class)
                .hasMessageEndingWith("needs a login, and none is configured");
    }

    @Test
    void aRepositoryThatIsNotThereIsReported() {
        assertThatThrownBy(() -> source("nowhere.git", BOT).pull())
                .isInstanceOf(GitException.RemoteUnreachable.class)
                .hasMessage("shop: there is no repository at " + host.url("nowhere.git"));
    }

    @Test
    void aServerThatIsDownIsUnreachableAndWhatWasReadStays() {
        GitSource source = source("remote.git", BOT);
        Checkout before = Reading.next(source).orElseThrow();
        host.close();

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.RemoteUnreachable.class)
                .hasMessageContaining("cannot fetch from http://127.0.0.1:");
        try (History past = source.history()) {
            assertThat(past.of("a.yaml").toList().get(0).text())
                    .isEqualTo(before.files().get("a.yaml"));
        }
    }

    @Test
    void aPackThatIsCutAnywhereIsTheRemotesFaultAndTheNextPullIsWhole() {
        GitSource source = source("remote.git", BOT);
        Reading.next(source);
        remote.write("a.yaml", "a: 2\n# " + new Random(7).ints(4_000).boxed().toList() + "\n");
        remote.commit("two");

        for (int bytes : new int[] {1, 40, 300, 2_000, 9_000}) {
            host.cutPacksAfter(bytes);
            assertThatThrownBy(source::pull)
                    .as("cut after %d bytes", bytes)
                    .isInstanceOf(GitException.RemoteUnreachable.class)
                    .hasMessage(
                            "shop: the connection to " + host.url("remote.git") + " ended in the middle of the answer");
        }
        host.mend();

        Checkout whole = Reading.next(source).orElseThrow();
        assertThat(whole.files().get("a.yaml")).startsWith("a: 2\n");
        assertThat(whole.changed()).containsExactly("a.yaml");
    }

    @Test
    void aRedirectIsFollowedWithoutALoginAndNeverWithOne() {
        try (GitHost other = GitHost.http(folder, "")) {
            String root = other.url("").replaceAll("/$", "");
            host.moveTo(root);

            assertThat(text(source(host.url("remote.git"), Access.OPEN).pull())).isEqualTo("a: 1\n");

            int before = other.requests().get();
            GitSource guarded = new GitSource(
                    "shop",
                    host.url("remote.git"),
                    "main",
                    "",
                    login(BOT),
                    folder.resolve("guarded"),
                    TextBudget.ofThisProcess());
            assertThatThrownBy(guarded::pull)
                    .isInstanceOf(GitException.RemoteUnreachable.class)
                    .hasMessageEndingWith(
                            "redirects (301), and redirects are not followed with a login;" + " write the final URL");
            assertThat(other.requests()).hasValue(before);
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityNeedsItsCaFile() {
        Identity identity = Identity.make(folder, "git", "ip:127.0.0.1");
        Identity stranger = Identity.make(folder, "stranger", "ip:127.0.0.1");
        try (GitHost secure = GitHost.https(folder, LOGIN, identity.server())) {
            String url = secure.url("remote.git");

            assertThatThrownBy(() -> source(url, login(BOT)).pull())
                    .hasMessage("shop: the certificate of " + url
                            + " is not signed by a trusted CA; name the file with its CA in caFile");
            assertThatThrownBy(() -> source(url, trusting(stranger)).pull())
                    .hasMessage("shop: the certificate of " + url + " is not signed by a trusted CA; caFile "
                            + stranger.certificate() + " does not contain its CA");
            assertThat(text(source(url, trusting(identity)).pull())).isEqualTo("a: 1\n");
        }
    }

    @Test
    void aReplacedCaFileCountsWithTheNextPullAndAMissingOneIsReported() throws IOException {
        Identity identity = Identity.make(folder, "git", "ip:127.0.0.1");
        Path caFile = folder.resolve("ca.pem");
        Access access = new Access(Optional.of(BOT), Optional.of(caFile), Optional.empty());
        try (GitHost secure = GitHost.https(folder, LOGIN, identity.server())) {
            GitSource source = source(secure.url("remote.git"), access);

            assertThatThrownBy(source::pull).hasMessageEndingWith("caFile " + caFile + " does not exist");
            Files.writeString(caFile, "nothing to trust\n");
            assertThatThrownBy(source::pull).hasMessageContaining("caFile " + caFile);
            Files.copy(identity.certificate(), caFile, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThat(text(Reading.next(source))).isEqualTo("a: 1\n");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRejected() {
        Identity elsewhere = Identity.make(folder, "elsewhere", "dns:git.example.com");
        try (GitHost secure = GitHost.https(folder, LOGIN, elsewhere.server())) {
            assertThatThrownBy(() -> source(secure.url("remote.git"), trusting(elsewhere))
                            .pull())
                    .hasMessageContaining("is for another host name (No subject alternative names matching IP address"
                            + " 127.0.0.1 found)");
        }
    }

    @Test
    void anExpiredCertificateIsReportedAsExpired() {
        Exception expired = new SSLHandshakeException("PKIX path validation failed");
        expired.initCause(new CertificateExpiredException("NotAfter: Mon Nov 23 10:00:00 UTC 2026"));

        assertThat(new RemoteMessages("shop", "https://git.example.com/a.git", "main", Access.OPEN)
                        .failed(expired, 1 << 20))
                .hasMessage("shop: the certificate of https://git.example.com/a.git has expired or is not valid yet"
                        + " (NotAfter: Mon Nov 23 10:00:00 UTC 2026)");
    }

    @Test
    void aProxyIsGoneThroughAndNamedWhenItIsDown() throws IOException {
        ForwardProxy proxy = ForwardProxy.start("");
        Access access = through(proxy.port(), Optional.empty(), Optional.empty());
        GitSource source = source(host.url("remote.git"), access);

        assertThat(text(Reading.next(source))).isEqualTo("a: 1\n");
        assertThat(proxy.asked()).isNotEmpty().allMatch(line -> line.contains(host.url("remote.git")));

        proxy.close();
        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.RemoteUnreachable.class)
                .hasMessageContaining("(through the proxy 127.0.0.1:" + proxy.port() + ")");
    }

    @Test
    void aTunnelSendsTheLoginOfTheProxyToTheProxyAlone() throws IOException {
        Identity identity = Identity.make(folder, "git", "ip:127.0.0.1");
        try (ForwardProxy proxy = ForwardProxy.start("out:pr0xy");
                GitHost secure = GitHost.https(folder, LOGIN, identity.server())) {
            Optional<Path> ca = Optional.of(identity.certificate());
            String url = secure.url("remote.git");

            assertThatThrownBy(() -> source(url, through(proxy.port(), Optional.empty(), ca))
                            .pull())
                    .hasMessageEndingWith(
                            "the proxy 127.0.0.1:" + proxy.port() + " needs a login: proxyAuth: {username, password}");
            assertThatThrownBy(() -> source(
                                    url, through(proxy.port(), Optional.of(new Credentials("out", "wr0ng")), ca))
                            .pull())
                    .isInstanceOf(GitException.AuthenticationFailed.class)
                    .hasMessageEndingWith("the proxy 127.0.0.1:" + proxy.port() + " rejected the login of out");
            assertThat(text(source(url, through(proxy.port(), Optional.of(new Credentials("out", "pr0xy")), ca))
                            .pull()))
                    .isEqualTo("a: 1\n");
            assertThat(proxy.asked()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT 127.0.0.1:"));
        }
    }

    @Test
    void errorsAreOneLineWithoutAnySecret() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = deaf.getLocalPort();
            deaf.close();
            for (String url : new String[] {
                "http://127.0.0.1:" + port + "/x.git",
                "https://127.0.0.1:" + port + "/x.git",
                "http://no.such.invalid/x"
            }) {
                Access access = new Access(
                        Optional.of(BOT),
                        Optional.empty(),
                        Optional.of(new Access.Proxy("127.0.0.1", port, Optional.of(new Credentials("out", "pr0xy")))));
                Throwable said = catchThrowable(() -> source(url, access).pull());
                assertThat(said).isInstanceOf(GitException.RemoteUnreachable.class);
                assertThat(said.getMessage()).doesNotContain("s3cret", "pr0xy", "\n");
            }
        }
    }

    private static String text(Optional<Checkout> checkout) {
        return checkout.orElseThrow().files().get("a.yaml");
    }

    private GitSource source(String path, Credentials credentials) {
        return source(host.url(path), login(credentials));
    }

    private GitSource source(String url, Access access) {
        return new GitSource("shop", url, "main", "", access, folder.resolve("mirror"), TextBudget.ofThisProcess());
    }

    private static Access login(Credentials credentials) {
        return new Access(Optional.of(credentials), Optional.empty(), Optional.empty());
    }

    private static Access trusting(Identity identity) {
        return new Access(Optional.of(BOT), Optional.of(identity.certificate()), Optional.empty());
    }

    private static Access through(int port, Optional<Credentials> login, Optional<Path> caFile) {
        return new Access(Optional.of(BOT), caFile, Optional.of(new Access.Proxy("127.0.0.1", port, login)));
    }
}
