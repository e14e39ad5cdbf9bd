package io.tidewatch.config;

import io.tidewatch.config.SourceConfig.Login;
import io.tidewatch.git.ReportBranch;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code reports} of a source: the branch that the report of each night is pushed to. */
record ReportsReader(ConfigurationProblems problems) {

    static final String FIELD = "reports";
    static final Set<String> FIELDS = Set.of("branch", "at", "timeZone", "auth");
    private static final String HEAD = "HEAD";
    private static final String HEADS = "refs/heads/";

    /** @param source the section of the source, with its {@code url} and {@code ref} */
    Optional<NightReports> read(Section source) {
        return source.section(FIELD, FIELDS).flatMap(section -> reports(section, source));
    }

    private Optional<NightReports> reports(Section section, Section source) {
        Optional<String> branch = branch(section, source);
        LocalTime at = section.parsed("at", Values::timeOfDay, "a time of day like \"09:00\"")
                .orElse(NightReports.MORNING);
        Optional<ZoneId> timeZone = new ZoneReader(problems).read(section);
        Optional<Login> login = login(section, source);
        return branch.map(name -> new NightReports(name, at, timeZone, login));
    }

    private Optional<String> branch(Section section, Section source) {
        Optional<String> branch = section.required("branch", "write the branch to push to, such as tidewatch/reports")
                .map(ReportsReader::plain);
        if (branch.isPresent() && !ReportBranch.isName(branch.get())) {
            problems.error(section.at("branch"), "wrong-value", "branch is not a valid name of a branch");
            return Optional.empty();
        }
        if (branch.isPresent() && source.text("ref").filter(HEAD::equals).isPresent()) {
            problems.error(
                    source.at("ref"),
                    "contradiction",
                    "HEAD may be the branch of the reports; write the branch that the source is read from");
            return Optional.empty();
        }
        if (branch.isPresent() && source.text("ref").map(ReportsReader::plain).equals(branch)) {
            problems.error(
                    section.at("branch"),
                    "contradiction",
                    "the source is read from " + branch.get() + "; reports need a branch of their own");
            return Optional.empty();
        }
        return branch;
    }

    private static String plain(String ref) {
        return ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
    }

    private Optional<Login> login(Section section, Section source) {
        Optional<Login> login = section.section("auth", ReachReader.PROXY_AUTH)
                .flatMap(auth -> ReachReader.usernameAndPassword(auth, ReachReader.NEEDED));
        if (section.has("auth")
                && source.text("url").filter(url -> url.startsWith("file:")).isPresent()) {
            problems.error(section.at("auth"), "not-for-files", "auth is for http(s); leave it out with a file:// URL");
        }
        if (login.isPresent()
                && !source.has("auth")
                && source.text("url").filter(url -> url.startsWith("http:")).isPresent()) {
            problems.warning(
                    source.at("url"), "clear-text-login", "over http the login is sent in clear text; use https");
        }
        return login;
    }

    /** Hosts find a repository with or without a slash or {@code .git} at its end. */
    private static String repository(SourceConfig source) {
        return source.url().replaceAll("/{1,9}$", "").replaceAll("\\.git$", "");
    }

    /** Two of the sources must not push to one branch of one repository, and none to what another one is read from. */
    void distinct(List<Section> sections, List<SourceConfig> sources) {
        for (SourceConfig source : sources) {
            source.reports()
                    .ifPresent(reports -> sources.stream()
                            .filter(other -> !other.name().equals(source.name())
                                    && repository(other).equals(repository(source)))
                            .filter(other -> other.ref().equals(HEAD)
                                    || plain(other.ref()).equals(reports.branch())
                                    || other.reports()
                                            .filter(theirs -> theirs.branch().equals(reports.branch()))
                                            .isPresent())
                            .findFirst()
                            .ifPresent(other -> sections.stream()
                                    .filter(section -> section.text("name").equals(Optional.of(source.name())))
                                    .findFirst()
                                    .ifPresent(section -> problems.error(
                                            section.at(FIELD),
                                            "contradiction",
                                            other.ref().equals(HEAD)
                                                    ? "source " + other.name()
                                                            + " is read from HEAD of this repository,"
                                                            + " which may be the branch of the reports; write its branch as its ref"
                                                    : "source " + other.name() + " uses the branch " + reports.branch()
                                                            + " of this repository; write another branch"))));
        }
    }
}
