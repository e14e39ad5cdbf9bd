package io.tidewatch.config;

import io.tidewatch.config.SourceConfig.Login;
import io.tidewatch.config.SourceConfig.Proxy;
import io.tidewatch.config.SourceConfig.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The fields of a source that say how its repository is reached. */
record ReachReader(Findings findings) {

    static final Set<String> AUTH = Set.of("username", "password", "sshKey", "knownHosts");
    static final Set<String> PROXY_AUTH = Set.of("username", "password");
    private static final String NEEDED = "auth needs username and password";

    Reach read(Section source, Optional<String> url) {
        Optional<Login> login = source.section("auth", AUTH).flatMap(this::login);
        if (login.isPresent() && url.filter(text -> text.startsWith("http:")).isPresent()) {
            findings.warning(
                    source.at("url"), "clear-text-login", "over http the login travels in clear text; use https");
        }
        Optional<Path> caFile = caFile(source);
        Optional<Proxy> proxy = proxy(source);
        if (url.filter(text -> text.startsWith("file:")).isPresent()) {
            refuseForFiles(source);
        } else if (caFile.isPresent()
                && url.filter(text -> text.startsWith("http:")).isPresent()) {
            findings.error(
                    source.at("caFile"), "not-for-http", "caFile is for https; over http there is no certificate");
        }
        return new Reach(login, caFile, proxy);
    }

    private void refuseForFiles(Section source) {
        for (String field : new String[] {"auth", "caFile", "proxy"}) {
            if (source.has(field)) {
                findings.error(source.at(field), "not-for-files", field + " is for http(s); a file:// URL needs none");
            }
        }
    }

    private Optional<Login> login(Section auth) {
        if (auth.has("sshKey") || auth.has("knownHosts")) {
            findings.notYet(auth.at(auth.has("sshKey") ? "sshKey" : "knownHosts"), "auth by sshKey and knownHosts");
            return Optional.empty();
        }
        return usernameAndPassword(auth, NEEDED);
    }

    private static Optional<Login> usernameAndPassword(Section auth, String needed) {
        Optional<String> username = auth.required("username", needed);
        Optional<Secret> password = auth.secret("password", needed);
        return username.flatMap(user -> password.map(secret -> new Login(user, secret)));
    }

    private Optional<Path> caFile(Section source) {
        Optional<String> path = source.text("caFile");
        Optional<String> text = path.flatMap(source::file);
        if (path.isPresent() && text.isEmpty()) {
            findings.error(source.at("caFile"), "missing-file", "there is no readable file " + path.get());
        } else if (text.isPresent() && !text.get().contains("-----BEGIN CERTIFICATE-----")) {
            findings.error(source.at("caFile"), "wrong-value", "caFile " + path.get() + " holds no certificate in PEM");
        }
        return path.filter(one -> text.isPresent()).map(Path::of);
    }

    private Optional<Proxy> proxy(Section source) {
        Optional<Login> login = source.section("proxyAuth", PROXY_AUTH)
                .flatMap(auth -> usernameAndPassword(auth, "proxyAuth needs username and password"));
        if (source.has("proxyAuth") && !source.has("proxy")) {
            findings.error(
                    source.at("proxyAuth"), "missing-field", "proxyAuth without proxy; write proxy: http://host:port");
        }
        return source.parsed(
                        "proxy",
                        ReachReader::server,
                        "http://host:port, without a login in it (that is proxyAuth: {username, password})")
                .map(uri -> new Proxy(uri.getHost(), uri.getPort(), login));
    }

    private static Optional<URI> server(String text) {
        try {
            URI uri = new URI(text);
            boolean isServer = "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getUserInfo() == null
                    && uri.getPath().matches("/?")
                    && uri.getQuery() == null;
            return isServer ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
