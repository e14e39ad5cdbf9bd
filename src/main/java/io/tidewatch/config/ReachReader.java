package io.tidewatch.config;

import io.tidewatch.config.SourceConfig.Login;
import io.tidewatch.config.SourceConfig.Proxy;
import io.tidewatch.config.SourceConfig.Reach;
import io.tidewatch.model.definition.SecretText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of a source about the connection to its repository: login, certificates, proxy. */
record ReachReader(ConfigurationProblems problems) {

    static final Set<String> AUTH = Set.of("username", "password", "sshKey", "knownHosts");
    static final Set<String> PROXY_AUTH = Set.of("username", "password");
    static final String NEEDED = "auth needs username and password";

    Reach read(Section source, Optional<String> url) {
        Optional<Login> login = source.section("auth", AUTH).flatMap(this::login);
        if (login.isPresent() && url.filter(text -> text.startsWith("http:")).isPresent()) {
            problems.warning(
                    source.at("url"), "clear-text-login", "over http the login is sent in clear text; use https");
        }
        Optional<Path> caFile = caFile(source);
        Optional<Proxy> proxy = proxy(source);
        if (url.filter(text -> text.startsWith("file:")).isPresent()) {
            reportNeedlessForFiles(source);
        } else if (caFile.isPresent()
                && url.filter(text -> text.startsWith("http:")).isPresent()) {
            problems.error(
                    source.at("caFile"), "not-for-http", "caFile is for https; leave it out with an http:// URL");
        }
        return new Reach(login, caFile, proxy);
    }

    private void reportNeedlessForFiles(Section source) {
        for (String field : new String[] {"auth", "caFile", "proxy"}) {
            if (source.has(field)) {
                problems.error(
                        source.at(field), "not-for-files", field + " is for http(s); leave it out with a file:// URL");
            }
        }
    }

    private Optional<Login> login(Section auth) {
        if (auth.has("sshKey") || auth.has("knownHosts")) {
            problems.notSupported(
                    auth.at(auth.has("sshKey") ? "sshKey" : "knownHosts"), "auth by sshKey and knownHosts");
            return Optional.empty();
        }
        return usernameAndPassword(auth, NEEDED);
    }

    static Optional<Login> usernameAndPassword(Section auth, String needed) {
        Optional<String> username = auth.required("username", needed);
        Optional<SecretText> password = auth.secret("password", needed);
        return username.flatMap(user -> password.map(secret -> new Login(user, secret)));
    }

    private Optional<Path> caFile(Section source) {
        Optional<String> path = source.text("caFile");
        Optional<String> text = path.flatMap(source::file);
        if (path.isPresent() && text.isEmpty()) {
            problems.error(source.at("caFile"), "missing-file", "there is no readable file " + path.get());
        } else if (text.isPresent() && !text.get().contains("-----BEGIN CERTIFICATE-----")) {
            problems.error(
                    source.at("caFile"), "wrong-value", "caFile " + path.get() + " has no certificate in PEM format");
        }
        return path.filter(one -> text.isPresent()).map(Path::of);
    }

    private Optional<Proxy> proxy(Section source) {
        Optional<Login> login = source.section("proxyAuth", PROXY_AUTH)
                .flatMap(auth -> usernameAndPassword(auth, "proxyAuth needs username and password"));
        if (source.has("proxyAuth") && !source.has("proxy")) {
            problems.error(
                    source.at("proxyAuth"), "missing-field", "proxyAuth without proxy; write proxy: http://host:port");
        }
        return source.parsed(
                        "proxy",
                        ReachReader::server,
                        "http://host:port without a login; write the login as proxyAuth: {username, password}")
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
