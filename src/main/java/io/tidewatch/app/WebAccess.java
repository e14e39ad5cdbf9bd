package io.tidewatch.app;

import io.tidewatch.config.HttpAccess;
import io.tidewatch.config.TokenLines;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.view.Audience;
import io.tidewatch.web.Access;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who may look, by the configuration; its secrets are read again at each request, and taken apart when they have changed. */
final class WebAccess implements Access {

    private final HttpAccess configured;
    private final Optional<String> publicUrl;
    private volatile Known known = Known.of(Optional.empty(), Optional.empty());

    WebAccess(HttpAccess configured, Optional<String> publicUrl) {
        this.configured = configured;
        this.publicUrl = publicUrl;
    }

    /** What the texts of the secrets say. */
    private record Known(Optional<String> lines, Optional<String> token, Map<String, Audience> audiences) {

        static Known of(Optional<String> lines, Optional<String> token) {
            Map<String, Audience> audiences = new HashMap<>();
            lines.map(TokenLines::read)
                    .ifPresent(read -> read.forEach((one, namespaces) -> audiences.put(one, new Audience(namespaces))));
            token.ifPresent(one -> audiences.put(one, Audience.ALL));
            return new Known(lines, token, Map.copyOf(audiences));
        }

        boolean isOf(Optional<String> otherLines, Optional<String> otherToken) {
            return lines.equals(otherLines) && token.equals(otherToken);
        }
    }

    @Override
    public Map<String, Audience> tokens() {
        Optional<String> lines = configured.tokens().map(SecretText::get);
        Optional<String> token = configured.token().map(SecretText::get);
        Known now = known;
        if (!now.isOf(lines, token)) {
            now = Known.of(lines, token);
            known = now;
        }
        return now.audiences();
    }

    @Override
    public Optional<String> userHeader() {
        return configured.proxy().map(HttpAccess.Proxy::userHeader);
    }

    @Override
    public boolean trusts(InetAddress address) {
        return configured.proxy().filter(proxy -> proxy.trusts(address)).isPresent();
    }

    @Override
    public Optional<String> publicHost() {
        return publicUrl.map(url -> URI.create(url).getAuthority());
    }
}
