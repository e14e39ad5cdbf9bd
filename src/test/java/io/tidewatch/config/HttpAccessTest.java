package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may look at the page, as application.properties says it. */
class HttpAccessTest {

    private static ConfigurationResult read(String properties, Map<String, String> files) {
        Map<String, String> all = new HashMap<>();
        all.put("application.properties", properties);
        all.put("sources.yaml", "sources: [{name: shop, url: 'file:///shop', ref: main, apply: none}]\n");
        all.put(
                "alerts.yaml",
                "receivers: [{name: chat, type: slack, webhookUrl: 'http://127.0.0.1:1/x'}]\ndefault: [chat]\n");
        return ConfigurationReader.read(all, Map.of(), path -> Optional.ofNullable(files.get(path)));
    }

    private static Configuration.Http http(String properties, Map<String, String> files) {
        ConfigurationResult read = read(properties, files);
        assertThat(read).as("%s", read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration().http();
    }

    private static List<String> problems(String properties, Map<String, String> files) {
        return ((ConfigurationResult.Invalid) read(properties, files))
                .problems().stream().map(problem -> problem.message()).toList();
    }

    @Test
    void eachTokenHasItsNamespaces() {
        Configuration.Http http = http(
                "tidewatch.http.tokens = /t\n",
                Map.of("/t", "# of the teams\n\nt0ken-of-shop shop,bank\nt0ken-of-all *\n"));

        assertThat(TokenLines.read(http.access().tokens().orElseThrow().get()))
                .containsEntry("t0ken-of-shop", Optional.of(Set.of("shop", "bank")))
                .containsEntry("t0ken-of-all", Optional.empty());
    }

    @Test
    void aFileOfTokensThatIsWrongLaterLeavesThemAsTheyWere() {
        Map<String, String> files = new HashMap<>(Map.of("/t", "t0ken-of-shop shop\n"));
        Configuration.Http http = http("tidewatch.http.tokens = /t\n", files);

        files.put("/t", "t0ken-of-shop\n");
        assertThat(http.access().tokens().orElseThrow().get()).isEqualTo("t0ken-of-shop shop\n");
        files.put("/t", "r0tated-token shop\n");
        assertThat(http.access().tokens().orElseThrow().get()).isEqualTo("r0tated-token shop\n");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThat(problems("tidewatch.http.tokens = /t\n", Map.of("/t", "t0ken-of-shop shop\nshort shop\n")))
                .containsExactly("tidewatch.http.tokens: /t: line 2 must be a token of at least 8 letters, digits or"
                        + " punctuation, a space, and namespaces separated by commas, or * for all");
        assertThat(problems("tidewatch.http.tokens = /t\n", Map.of())).containsExactly("there is no readable file /t");
        assertThat(problems(
                        "tidewatch.http.proxies = 10.1.0.0/16, proxy.example.com\n"
                                + "tidewatch.http.publicUrl = https://t.example.com\n",
                        Map.of()))
                .containsExactly("tidewatch.http.proxies must be addresses or CIDRs separated by commas, like"
                        + " 10.1.0.0/16, not \"proxy.example.com\"");
        assertThat(read("tidewatch.http.userHeader = X-User\n", Map.of()).problems())
                .extracting(problem -> problem.message())
                .containsExactly("tidewatch.http.userHeader needs tidewatch.http.proxies");
        assertThat(problems("tidewatch.http.publicUrl = tidewatch.example.com\n", Map.of()))
                .hasSize(1)
                .allMatch(message -> message.contains("https://tidewatch.example.com"));
        assertThat(problems("tidewatch.http.address = 0.0.0.0:8710\n", Map.of()))
                .containsExactly("tidewatch.http.address is not loopback; set tidewatch.http.token, as ${file:PATH}, or"
                        + " tidewatch.http.tokens or tidewatch.http.proxies");
    }

    @Test
    void aProxyNeedsTheHostThatItServes() {
        assertThat(problems("tidewatch.http.proxies = 127.0.0.1\n", Map.of()))
                .containsExactly(
                        "tidewatch.http.proxies needs tidewatch.http.publicUrl: requests for any other host are"
                                + " rejected");
    }

    @Test
    void aProxyMakesAnAddressServable() {
        Configuration.Http http = http(
                "tidewatch.http.address = 0.0.0.0:8710\ntidewatch.http.proxies = 10.1.0.0/16\n"
                        + "tidewatch.http.publicUrl = https://tidewatch.example.com/\n",
                Map.of());

        assertThat(http.access().proxy().orElseThrow().userHeader()).isEqualTo("X-Forwarded-User");
        assertThat(http.publicUrl()).contains("https://tidewatch.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.0.0/20, 10.1.15.255, true",
        "10.1.0.0/20, 10.1.16.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, ::1, false"
    })
    void aRangeHoldsItsAddresses(String range, String address, boolean holds) throws UnknownHostException {
        assertThat(AddressRange.read(range).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.0/33", "10.1.0/x", "localhost", "''", "fd00::/129", "10.1.0.0/", "10.1/16"})
    void whatIsNoRangeIsNone(String text) {
        assertThat(AddressRange.read(text)).isEmpty();
    }
}
