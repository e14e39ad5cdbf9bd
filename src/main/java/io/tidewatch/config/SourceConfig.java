package io.tidewatch.config;

import io.tidewatch.git.Access;
import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.TextBudget;
import io.tidewatch.model.definition.SourcePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A Git repository that definitions come from.
 *
 * @param ref branch, tag or commit
 * @param path below which definitions lie; empty: all of it
 * @param deadline of one pull, with the reading of what it brought
 * @param namespaces those that are looked after; all when empty
 */
public record SourceConfig(
        String name,
        String url,
        String ref,
        String path,
        Reach reach,
        Duration interval,
        Duration deadline,
        SourcePolicy policy,
        Set<String> namespaces) {

    public SourceConfig {
        namespaces = Set.copyOf(namespaces);
    }

    /** Its mirror in a folder of its own. */
    public GitSource mirror(Path folder, TextBudget budget) {
        return new GitSource(name, url, ref, path, reach.access(), folder, budget);
    }

    /**
     * How the repository is reached.
     *
     * @param caFile certificates that are trusted instead of the JVM's
     */
    public record Reach(Optional<Login> login, Optional<Path> caFile, Optional<Proxy> proxy) {

        /** Straight, without a login, trusting whom the JVM trusts. */
        public static final Reach OPEN = new Reach(Optional.empty(), Optional.empty(), Optional.empty());

        Access access() {
            return new Access(
                    login.map(Login::credentials),
                    caFile,
                    proxy.map(one ->
                            new Access.Proxy(one.host(), one.port(), one.login().map(Login::credentials))));
        }
    }

    /** An HTTP proxy that all requests of a source go through. */
    public record Proxy(String host, int port, Optional<Login> login) {}

    /** Never shows its password. */
    public record Login(String username, Secret password) {

        Credentials credentials() {
            return new Credentials(username, password);
        }

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
