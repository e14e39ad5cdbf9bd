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

/** Who may look, by the configuration; its secrets are read again at each request. */
record WebAccess(HttpAccess configured, Optional<String> publicUrl) implements Access {

    @Override
    public Map<String, Audience> tokens() {
        Map<String, Audience> tokens = new HashMap<>();
        configured
                .tokens()
                .map(SecretText::get)
                .map(TokenLines::read)
                .ifPresent(lines -> lines.forEach((token, namespaces) -> tokens.put(token, new Audience(namespaces))));
        configured.token().map(SecretText::get).ifPresent(token -> tokens.put(token, Audience.ALL));
        return tokens;
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
