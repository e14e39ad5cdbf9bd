package io.tidewatch.app.config;

import io.tidewatch.model.SourcePolicy;
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

    /** Never shows its password. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
