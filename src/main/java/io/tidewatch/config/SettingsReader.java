package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.definition.schema.UnknownFields;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.yaml.Nearest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application.properties}. An environment variable overrides each of Tidewatch's keys. Camel's keys are passed
 * on to Camel.
 */
final class SettingsReader {

    static final String FILE = "application.properties";
    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final String SENDABLE = "[!-~]+";
    private static final String NAMESPACE = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final int LAST_PORT = 65_535;
    private static final char DELETE = 0x7f;

    static final String INSTANCE = "tidewatch.instance";
    static final String STATE_DIRECTORY = "tidewatch.state.directory";
    static final String KEEP = "tidewatch.state.keep";
    static final String MAX_SIZE = "tidewatch.state.maxSize";
    static final String JDBC_URL = "tidewatch.state.jdbcUrl";
    static final String USERNAME = "tidewatch.state.username";
    static final String PASSWORD = "tidewatch.state.password";
    static final String RESYNC = "tidewatch.resync";
    static final String MAX_WRITES_PER_SECOND = "tidewatch.cluster.maxWritesPerSecond";
    static final String MAX_IN_FLIGHT = "tidewatch.cluster.maxInFlight";
    static final String LEADER_ELECTION = "tidewatch.leaderElection.enabled";
    static final String LEADER_NAMESPACE = "tidewatch.leaderElection.namespace";
    static final String CONTROLLER_NAMESPACES = "tidewatch.controllers.namespaces";
    static final String UNKNOWN_FIELDS = "tidewatch.manifests.unknownFields";
    static final String ROLLOUTS_VERSION = "tidewatch.manifests.rolloutsVersion";
    static final String KEDA_VERSION = "tidewatch.manifests.kedaVersion";
    static final String HTTP_ADDRESS = "tidewatch.http.address";
    static final String HTTP_TOKEN = "tidewatch.http.token";
    static final String HTTP_TOKENS = "tidewatch.http.tokens";
    static final String HTTP_PROXIES = "tidewatch.http.proxies";
    static final String HTTP_USER_HEADER = "tidewatch.http.userHeader";
    static final String HTTP_PUBLIC_URL = "tidewatch.http.publicUrl";
    static final String MANAGEMENT_ADDRESS = "tidewatch.management.address";
    static final String WINDOW_METRICS = "tidewatch.metrics.windows";
    static final String LOG_FORMAT = "tidewatch.log.format";

    static final List<String> KEYS = List.of(
            INSTANCE,
            STATE_DIRECTORY,
            KEEP,
            MAX_SIZE,
            JDBC_URL,
            USERNAME,
            PASSWORD,
            RESYNC,
            MAX_WRITES_PER_SECOND,
            MAX_IN_FLIGHT,
            LEADER_ELECTION,
            LEADER_NAMESPACE,
            CONTROLLER_NAMESPACES,
            UNKNOWN_FIELDS,
            ROLLOUTS_VERSION,
            KEDA_VERSION,
            HTTP_ADDRESS,
            HTTP_TOKEN,
            HTTP_TOKENS,
            HTTP_PROXIES,
            HTTP_USER_HEADER,
            HTTP_PUBLIC_URL,
            MANAGEMENT_ADDRESS,
            WINDOW_METRICS,
            LOG_FORMAT);

    /** The variables that the launcher, the log and the tests read. */
    static final Set<String> OTHERS =
            Set.of("TIDEWATCH_JAVA_OPTS", "TIDEWATCH_TIERED_STOP", "TIDEWATCH_LOG_LEVEL", "TIDEWATCH_TEST_KUBECONFIG");

    private final Map<String, PropertiesText.Entry> entries;
    private final ConfigurationProblems problems;
    private final Placeholders placeholders;

    SettingsReader(String text, ConfigurationProblems problems, Placeholders placeholders) {
        this.problems = problems;
        this.placeholders = placeholders;
        this.entries = PropertiesText.entries(FILE, text, problems);
        reportUnknown();
        placeholders.variables().forEach(this::warnOfMistyped);
    }

    private void reportUnknown() {
        entries.forEach((key, entry) -> {
            if (!KEYS.contains(key) && !key.startsWith("camel.")) {
                problems.error(
                        new Place(FILE, entry.line(), key),
                        "unknown-key",
                        key + " is not a setting of Tidewatch or Camel" + Nearest.hint(key, KEYS));
            }
        });
    }

    /**
     * Warns only of names that resemble a setting: Kubernetes itself sets {@code TIDEWATCH_PORT} and
     * {@code TIDEWATCH_SERVICE_HOST} where a Service is called tidewatch.
     */
    private void warnOfMistyped(String name) {
        List<String> ours = KEYS.stream().map(SettingsReader::variable).toList();
        if (!name.startsWith("TIDEWATCH_") || ours.contains(name) || OTHERS.contains(name) || isOfService(name)) {
            return;
        }
        String hint = Nearest.hint(name, ours);
        if (!hint.isEmpty()) {
            problems.warning(new Place("environment", 1, name), "unknown-variable", name + " is not a setting" + hint);
        }
    }

    /** Kubernetes sets these for each Service. */
    private static boolean isOfService(String name) {
        return name.endsWith("_PORT") || name.contains("_PORT_") || name.contains("_SERVICE_");
    }

    /** {@code tidewatch.cluster.maxInFlight} is {@code TIDEWATCH_CLUSTER_MAX_IN_FLIGHT}. */
    static String variable(String key) {
        return key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    <T> T setting(String key, Function<String, Optional<T>> parser, String expected, T otherwise) {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        Optional<T> parsed = parser.apply(value.get());
        if (parsed.isEmpty()) {
            problems.error(place(key), "wrong-value", key + " must be " + expected + ", not \"" + value.get() + "\"");
        }
        return parsed.orElse(otherwise);
    }

    /** An address that is open to the network needs a token. */
    Configuration.Http http() {
        InetSocketAddress address = setting(
                HTTP_ADDRESS,
                SettingsReader::address,
                "HOST:PORT, like 127.0.0.1:8710",
                Configuration.Http.DEFAULT.address());
        Optional<SecretText> token = secret(HTTP_TOKEN, text -> text.matches(SENDABLE));
        if (value(HTTP_TOKEN)
                .filter(text -> !text.isEmpty() && !text.matches(SENDABLE))
                .isPresent()) {
            problems.error(
                    place(HTTP_TOKEN),
                    "wrong-value",
                    HTTP_TOKEN + " must be of letters, digits and punctuation, without a space");
        }
        HttpAccess access = new HttpAccess(token, tokens(), proxy());
        if (!access.isGuarded() && !isLoopback(address.getHostString())) {
            problems.error(
                    place(HTTP_ADDRESS),
                    "no-token",
                    HTTP_ADDRESS + " is not loopback; set " + HTTP_TOKEN + ", as ${file:PATH}, or " + HTTP_TOKENS
                            + " or " + HTTP_PROXIES);
        }
        Optional<String> url = publicUrl();
        if (access.proxy().isPresent() && url.isEmpty()) {
            problems.error(
                    place(HTTP_PROXIES),
                    "no-public-url",
                    HTTP_PROXIES + " needs " + HTTP_PUBLIC_URL + ": requests for any other host are rejected");
        }
        return new Configuration.Http(address, access, url);
    }

    /** The file is read again at each request; one that is wrong by then leaves the tokens as they were. */
    private Optional<SecretText> tokens() {
        Optional<String> path = value(HTTP_TOKENS).filter(text -> !text.isEmpty());
        Optional<String> text = path.flatMap(placeholders::file);
        if (path.isPresent() && text.isEmpty()) {
            problems.error(place(HTTP_TOKENS), "missing-file", "there is no readable file " + path.get());
        }
        text.flatMap(TokenLines::problem)
                .ifPresent(why -> problems.error(
                        place(HTTP_TOKENS), "wrong-value", HTTP_TOKENS + ": " + path.orElse("") + ": " + why));
        return text.map(now -> new Secret(
                HTTP_TOKENS,
                now,
                () -> path.flatMap(placeholders::file),
                again -> TokenLines.problem(again).isEmpty()));
    }

    private Optional<HttpAccess.Proxy> proxy() {
        Optional<String> written = value(HTTP_PROXIES).filter(text -> !text.isBlank());
        String header = setting(
                HTTP_USER_HEADER,
                text -> Optional.of(text).filter(name -> name.matches("[A-Za-z0-9-]{1,100}")),
                "the name of a header, like " + HttpAccess.Proxy.USER_HEADER,
                HttpAccess.Proxy.USER_HEADER);
        if (written.isEmpty()) {
            if (value(HTTP_USER_HEADER).isPresent()) {
                problems.warning(place(HTTP_USER_HEADER), "no-proxy", HTTP_USER_HEADER + " needs " + HTTP_PROXIES);
            }
            return Optional.empty();
        }
        List<AddressRange> ranges = new ArrayList<>();
        for (String one : written.get().split(",", -1)) {
            Optional<AddressRange> range = AddressRange.read(one.strip());
            range.ifPresent(ranges::add);
            if (range.isEmpty()) {
                problems.error(
                        place(HTTP_PROXIES),
                        "wrong-value",
                        HTTP_PROXIES + " must be addresses or CIDRs separated by commas, like 10.1.0.0/16, not \""
                                + one.strip() + "\"");
            }
        }
        return Optional.of(new HttpAccess.Proxy(header, ranges));
    }

    private Optional<String> publicUrl() {
        Optional<String> url = value(HTTP_PUBLIC_URL).filter(text -> !text.isEmpty());
        if (url.filter(text -> !text.matches("https?://[^\\s?#@]+")).isPresent()) {
            problems.error(
                    place(HTTP_PUBLIC_URL),
                    "wrong-value",
                    HTTP_PUBLIC_URL
                            + " must be like https://tidewatch.example.com, without a login and without ? or #");
            return Optional.empty();
        }
        return url.map(text -> text.replaceFirst("/+$", ""));
    }

    /** A PostgreSQL that replicas share. What is wrong with the URL is reported without the URL, which may hold a password. */
    Optional<Configuration.SharedState> sharedState() {
        Optional<String> url = value(JDBC_URL).filter(text -> !text.isEmpty());
        if (url.isEmpty()) {
            for (String login : List.of(USERNAME, PASSWORD)) {
                if (value(login).isPresent()) {
                    problems.error(place(login), "no-database", login + " needs " + JDBC_URL);
                }
            }
            return Optional.empty();
        }
        if (!isPostgresql(url.get())) {
            problems.error(
                    place(JDBC_URL),
                    "wrong-value",
                    JDBC_URL + " must be the URL of a PostgreSQL, like " + POSTGRESQL
                            + "db.example.com:5432/tidewatch");
        } else if (hasLogin(url.get())) {
            problems.error(
                    place(JDBC_URL),
                    "login-in-url",
                    JDBC_URL + " has a login in it; write it as " + USERNAME + " and " + PASSWORD);
        }
        return Optional.of(new Configuration.SharedState(
                url.get(), secret(USERNAME, text -> true), secret(PASSWORD, text -> true)));
    }

    /** With a host, and with the name of a database behind it. */
    private static boolean isPostgresql(String url) {
        String rest = url.startsWith(POSTGRESQL) ? url.substring(POSTGRESQL.length()) : "";
        String place = rest.split("\\?", 2)[0];
        int slash = place.indexOf('/');
        return slash > 0 && slash < place.length() - 1 && url.chars().allMatch(c -> c > ' ' && c < DELETE);
    }

    private static boolean hasLogin(String url) {
        String[] parts = url.split("\\?", 2);
        return parts[0].contains("@")
                || (parts.length > 1
                        && Stream.of(parts[1].split("&", -1))
                                .anyMatch(parameter ->
                                        parameter.startsWith("user=") || parameter.startsWith("password=")));
    }

    /** The address for the kubelet, which has no token. Only health and metrics are served there. */
    Configuration.Management management() {
        Configuration.Management otherwise = Configuration.Management.DEFAULT;
        return new Configuration.Management(
                setting(
                        MANAGEMENT_ADDRESS,
                        SettingsReader::address,
                        "HOST:PORT, like 127.0.0.1:8711",
                        otherwise.address()),
                setting(WINDOW_METRICS, Values::flag, "true or false", otherwise.windowMetrics()));
    }

    /** The fields that manifests are compared with. */
    Schemas schemas() {
        UnknownFields unknown =
                setting(UNKNOWN_FIELDS, UnknownFields::of, "error or warn", Schemas.NEWEST.unknownFields());
        Schemas known = Schemas.NEWEST.with(unknown);
        Schemas rollouts = setting(
                ROLLOUTS_VERSION,
                known::withRollouts,
                "one of the known versions of Argo Rollouts, " + Schemas.knownRollouts(),
                known);
        return setting(
                KEDA_VERSION,
                rollouts::withKeda,
                "one of the known versions of KEDA, " + Schemas.knownKeda(),
                rollouts);
    }

    Configuration.LogFormat logFormat() {
        return setting(
                LOG_FORMAT,
                text -> oneOf(Configuration.LogFormat.values(), text),
                "auto, text or json",
                Configuration.LogFormat.AUTO);
    }

    Configuration.LeaderElection leaderElection() {
        Optional<String> namespace = value(LEADER_NAMESPACE).filter(text -> !text.isEmpty());
        namespace
                .filter(text -> !text.matches(NAMESPACE))
                .ifPresent(text -> problems.error(
                        place(LEADER_NAMESPACE),
                        "wrong-value",
                        LEADER_NAMESPACE + " must be the name of a namespace, not \"" + text + "\""));
        return new Configuration.LeaderElection(
                setting(
                        LEADER_ELECTION,
                        text -> oneOf(Configuration.LeaderElection.Enabled.values(), text),
                        "auto, true or false",
                        Configuration.LeaderElection.DEFAULT.enabled()),
                namespace);
    }

    private static <E extends Enum<E>> Optional<E> oneOf(E[] values, String text) {
        return Stream.of(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static Optional<InetSocketAddress> address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        return Values.number(text.substring(colon + 1), 0, LAST_PORT)
                .map(port -> InetSocketAddress.createUnresolved(host, port));
    }

    Map<String, String> camel() {
        Map<String, String> camel = new TreeMap<>();
        entries.forEach((key, entry) -> {
            if (key.startsWith("camel.")) {
                placeholders
                        .resolved(entry.value(), new Place(FILE, entry.line(), key))
                        .ifPresent(value -> camel.put(key, value));
            }
        });
        return camel;
    }

    /**
     * A value that is read again each time it is needed.
     *
     * @param usable what a later value must be
     */
    private Optional<SecretText> secret(String key, Predicate<String> usable) {
        Optional<String> written = placeholders
                .environment(variable(key))
                .or(() -> Optional.ofNullable(entries.get(key))
                        .map(entry -> entry.value().strip()));
        return value(key)
                .filter(text -> !text.isEmpty())
                .flatMap(now -> written.map(again -> new Secret(key, now, () -> placeholders.again(again), usable)));
    }

    private Optional<String> value(String key) {
        Optional<String> set = placeholders.environment(variable(key));
        if (set.isPresent()) {
            return placeholders.resolved(set.get(), place(key));
        }
        PropertiesText.@Nullable Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        return placeholders.resolved(entry.value().strip(), new Place(FILE, entry.line(), key));
    }

    private Place place(String key) {
        if (placeholders.environment(variable(key)).isPresent()) {
            return new Place("environment", 1, variable(key));
        }
        PropertiesText.@Nullable Entry entry = entries.get(key);
        return new Place(FILE, entry == null ? 1 : entry.line(), key);
    }
}
