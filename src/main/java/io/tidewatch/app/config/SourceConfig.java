package io.tidewatch.app.config;

import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitSource;
import io.tidewatch.model.SourcePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A Git repository that definitions come from.
 *
 * @param ref branch, tag or commit
 * @param path below which definitions lie; empty: all of it
 * @param namespaces those that are looked after; all when empty
 */
public record SourceConfig(
        String name,
        String url,
        String ref,
        String path,
        Optional<Login> login,
        Duration interval,
        SourcePolicy policy,
        Set<String> namespaces) {

    public SourceConfig {
        namespaces = Set.copyOf(namespaces);
    }

    /** Its mirror in a folder of its own. */
    public GitSource mirror(Path folder) {
        return new GitSource(
                name, url, ref, path, login.map(one -> new Credentials(one.username(), one.password())), folder);
    }

    /** Never shows its password. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
