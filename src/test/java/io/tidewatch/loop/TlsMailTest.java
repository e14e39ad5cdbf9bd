package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail over STARTTLS, with a certificate that the sender trusts, that it does not know, and that is another host's. */
@Tag("full")
class TlsMailTest {

    @TempDir
    private Path folder;

    @Test
    void aServerWhoseCertificateIsTrustedGetsTheLoginAndTheMail() throws IOException, InterruptedException {
        Identity identity = Identity.make(folder, "mail", "ip:127.0.0.1");
        try (TlsMailServer server = new TlsMailServer(identity.server())) {
            assertThat(mailed(server, folder.resolve("mail.p12"))).isEqualTo("accepted");

            assertThat(server.said())
                    .startsWith("EHLO", "STARTTLS", "TLS EHLO", "TLS AUTH", "TLS MAIL")
                    .doesNotContain("AUTH", "MAIL");
            assertThat(server.mails()).singleElement().asString().contains("Subject: over TLS");
        }
    }

    @Test
    void aServerThatNobodyKnowsGetsNeither() throws IOException, InterruptedException {
        Identity identity = Identity.make(folder, "mail", "ip:127.0.0.1");
        Identity.make(folder, "other", "ip:127.0.0.1");
        try (TlsMailServer server = new TlsMailServer(identity.server())) {
            assertThat(mailed(server, folder.resolve("other.p12")))
                    .startsWith("rejected: ")
                    .contains("SSLHandshakeException");

            assertThat(server.said()).contains("STARTTLS").doesNotContain("AUTH", "TLS AUTH");
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void aServerWithAnotherNameGetsNeither() throws IOException, InterruptedException {
        Identity identity = Identity.make(folder, "mail", "dns:other.example.com");
        try (TlsMailServer server = new TlsMailServer(identity.server())) {
            assertThat(mailed(server, folder.resolve("mail.p12")))
                    .startsWith("rejected: ")
                    .contains("SSLHandshakeException");

            assertThat(server.said()).contains("STARTTLS").doesNotContain("AUTH", "TLS AUTH");
            assertThat(server.mails()).isEmpty();
        }
    }

    /** What the process said. */
    private String mailed(TlsMailServer server, Path trusted) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djavax.net.ssl.trustStore=" + trusted,
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MailingMain.class.getName(),
                        "127.0.0.1",
                        Integer.toString(server.port())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return said.lines().reduce("", (first, last) -> last);
        } finally {
            process.destroyForcibly();
        }
    }
}
