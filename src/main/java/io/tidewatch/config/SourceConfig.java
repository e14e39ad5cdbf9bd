package io.tidewatch.config;

import io.tidewatch.git.Access;
import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.ReportBranch;
import io.tidewatch.git.TextBudget;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.definition.SourcePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One source: a Git repository, a branch and a folder from which definitions are read.
 *
 * @param ref branch, tag or commit
 * @param path the folder with the definitions; empty: the whole repository
 * @param deadline the longest time for one pull and for reading the commit that it fetched
 * @param namespaces those that the source may define objects in; all when empty
 * @param reports absent: no report of a night is pushed
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
        Set<String> namespaces,
        Optional<NightReports> reports) {

    public SourceConfig {
        namespaces = Set.copyOf(namespaces);
    }

    /** A source of whose nights no report is pushed. */
    public SourceConfig(
            String name,
            String url,
            String ref,
            String path,
            Reach reach,
            Duration interval,
            Duration deadline,
            SourcePolicy policy,
            Set<String> namespaces) {
        this(name, url, ref, path, reach, interval, deadline, policy, namespaces, Optional.empty());
    }

    /** The same with reports of its nights. */
    public SourceConfig with(NightReports other) {
        return new SourceConfig(
                name, url, ref, path, reach, interval, deadline, policy, namespaces, Optional.of(other));
    }

    /** Opens the mirror of the repository in this folder. */
    public GitSource mirror(Path folder, TextBudget budget) {
        return new GitSource(name, url, ref, path, reach.access(), folder, budget);
    }

    /** The login that reports are pushed with. */
    public Optional<Login> reportsLogin() {
        return reports.flatMap(NightReports::login).or(reach::login);
    }

    /**
     * The branch that reports are pushed to; absent where none are.
     *
     * @param folder the working copy's own
     */
    public Optional<ReportBranch> reportBranch(Path folder) {
        return reports.map(one -> branchOf(one, folder));
    }

    /** The branch that these reports are pushed to. */
    public ReportBranch branchOf(NightReports one, Path folder) {
        return new ReportBranch(
                name, url, one.branch(), reach.with(reportsLogin()).access(), folder);
    }

    /**
     * The connection to the repository.
     *
     * @param caFile certificates that are trusted instead of those of the JVM
     */
    public record Reach(Optional<Login> login, Optional<Path> caFile, Optional<Proxy> proxy) {

        /** Without a login or proxy, with the certificates that the JVM trusts. */
        public static final Reach OPEN = new Reach(Optional.empty(), Optional.empty(), Optional.empty());

        Reach with(Optional<Login> other) {
            return new Reach(other, caFile, proxy);
        }

        Access access() {
            return new Access(
                    login.map(Login::credentials),
                    caFile,
                    proxy.map(one ->
                            new Access.Proxy(one.host(), one.port(), one.login().map(Login::credentials))));
        }
    }

    /** An HTTP proxy for all requests of a source. */
    public record Proxy(String host, int port, Optional<Login> login) {}

    /** A login. Its text form leaves the password out. */
    public record Login(String username, SecretText password) {

        Credentials credentials() {
            return new Credentials(username, password);
        }

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
