package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door asks before each request whether this process may write, and marks what it writes. */
class ClusterWriterFenceTest {

    private static final Target CART = new Target("shop", "cart");
    private static final Map<String, String> TERM_7 = Map.of("tidewatch.io/term", "7");

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final KubernetesClient client = server.client();

    /** What the fence answers, one after the other; the last one for ever. */
    private final Deque<Optional<Map<String, String>>> answers = new ArrayDeque<>();

    private final ClusterWriter writer = writer(client);
    private final List<KubernetesClient> clients = new ArrayList<>(List.of(client));

    @BeforeEach
    void make() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        clients.forEach(KubernetesClient::close);
        server.close();
    }

    @Test
    void aWriteCarriesTheTermInPlaceOfAnEarlierMark() {
        answers.add(Optional.of(TERM_7));
        GenericKubernetesResource created = created(Map.of(
                "tidewatch.io/instance", "tidewatch", "tidewatch.io/term", "3", "tidewatch.io/process", "old/1"));

        assertThat(created.getMetadata().getAnnotations())
                .containsEntry("tidewatch.io/term", "7")
                .doesNotContainKey("tidewatch.io/process");

        assertThat(writer.apply(minimum(created, 5))).isInstanceOf(Outcome.Done.class);
        assertThat(live().getMetadata().getAnnotations()).containsEntry("tidewatch.io/term", "7");
    }

    @Test
    void anObjectWithoutOurRecordGetsNoMark() {
        answers.add(Optional.of(TERM_7));

        assertThat(created(Map.of("example.com/a", "b")).getMetadata().getAnnotations())
                .doesNotContainKey("tidewatch.io/term");
    }

    @Test
    void withoutLeadershipNothingIsSent() {
        answers.add(Optional.of(TERM_7));
        GenericKubernetesResource created = created(Map.of("tidewatch.io/instance", "tidewatch"));
        answers.clear();
        answers.add(Optional.empty());
        server.requests().clear();

        Outcome outcome = writer.apply(minimum(created, 5));

        assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
        assertThat(server.requests().entries()).isEmpty();
    }

    /** It has no version to be bound to, so a leader of a later term may have meant something else by then. */
    @Test
    void aCreationThatEndsInAnotherTermIsNotCalledDone() {
        answers.add(Optional.of(TERM_7));
        answers.add(Optional.of(TERM_7));
        answers.add(Optional.of(TERM_7));
        answers.add(Optional.empty());
        server.requests().clear();

        Outcome outcome = writer.apply(creation(Map.of("tidewatch.io/instance", "tidewatch")));

        assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
        assertThat(server.requests().entries())
                .extracting(RequestLog.Entry::verb)
                .containsExactly("get", "patch");
    }

    /** The client may have run a program meanwhile that refreshes its token. */
    @Test
    void theDoorIsAskedLastOfAllBeforeARequestIsSent() {
        answers.add(Optional.of(TERM_7));
        GenericKubernetesResource created = created(Map.of("tidewatch.io/instance", "tidewatch"));
        answers.add(Optional.empty());
        server.requests().clear();

        assertThat(writer.apply(minimum(created, 5))).isInstanceOf(Outcome.Unavailable.class);
        assertThat(server.requests().entries()).isEmpty();
    }

    /** The client refreshes its token after a 401, however long that takes, and sends the request again. */
    @ParameterizedTest
    @ValueSource(strings = {"", "8"})
    void aRequestIsNotSentAgainInAnotherTerm(String termThen) {
        answers.add(Optional.of(TERM_7));
        GenericKubernetesResource created = created(Map.of("tidewatch.io/instance", "tidewatch"));
        server.requests().clear();
        server.strikeWith((moment, call) -> call.verb().equals("patch") ? Fault.error(401) : Fault.NONE);
        Outcome outcome = writerWithToken(() -> {
                    answers.clear();
                    answers.add(Optional.of(termThen)
                            .filter(term -> !term.isEmpty())
                            .map(term -> Map.of("tidewatch.io/term", term)));
                })
                .apply(minimum(created, 5));

        assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
        assertThat(server.requests().entries()).hasSize(1);
    }

    @Test
    void aRequestIsSentAgainInTheSameTerm() {
        answers.add(Optional.of(TERM_7));
        GenericKubernetesResource created = created(Map.of("tidewatch.io/instance", "tidewatch"));
        server.requests().clear();
        AtomicBoolean refreshed = new AtomicBoolean();
        server.strikeWith(
                (moment, call) -> call.verb().equals("patch") && !refreshed.get() ? Fault.error(401) : Fault.NONE);

        assertThat(writerWithToken(() -> refreshed.set(true)).apply(minimum(created, 5)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(server.requests().entries()).hasSize(2);
    }

    /** @param refreshing called when the client needs a new token after an answer 401 */
    private ClusterWriter writerWithToken(Runnable refreshing) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Config config = new ConfigBuilder(server.config())
                .withOauthTokenProvider(() -> {
                    if (!isFirst.getAndSet(false)) {
                        refreshing.run();
                    }
                    return "token";
                })
                .build();
        KubernetesClient withToken =
                new KubernetesClientBuilder().withConfig(config).build();
        clients.add(withToken);
        return writer(withToken);
    }

    private ClusterWriter writer(KubernetesClient to) {
        return new ClusterWriter(
                to,
                Clock.systemUTC(),
                () -> {},
                new InFlight(1),
                () -> answers.size() > 1 ? answers.remove() : answers.element());
    }

    private GenericKubernetesResource created(Map<String, String> annotations) {
        assertThat(writer.apply(creation(annotations))).isInstanceOf(Outcome.Done.class);
        return live();
    }

    private GenericKubernetesResource live() {
        return client.genericKubernetesResources(Kinds.SCALED_OBJECT.context())
                .inNamespace("shop")
                .withName("cart")
                .get();
    }

    private static Action creation(Map<String, String> annotations) {
        return new Action.ApplyManifest(
                CART,
                new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", "cart"),
                Optional.empty(),
                body(annotations, 2),
                false,
                new Commit("shop", "3f2c1ab", "Dana", Instant.EPOCH, "a change"),
                new Origin("shop", "cart.yaml", 1),
                List.of(),
                "created",
                Optional.empty());
    }

    private static Action minimum(GenericKubernetesResource on, int to) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                CART,
                new Action.Version(on.getMetadata().getUid(), on.getMetadata().getResourceVersion()),
                OptionalInt.of(2),
                to,
                Optional.empty(),
                body(Map.of("tidewatch.io/instance", "tidewatch"), to),
                false,
                "window peak opens");
    }

    private static Map<String, Object> body(Map<String, String> annotations, int minimum) {
        return Map.of(
                "apiVersion",
                "keda.sh/v1alpha1",
                "kind",
                "ScaledObject",
                "metadata",
                Map.of("name", "cart", "namespace", "shop", "annotations", annotations),
                "spec",
                Map.of(
                        "scaleTargetRef",
                        Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "cart"),
                        "minReplicaCount",
                        minimum,
                        "maxReplicaCount",
                        20,
                        "triggers",
                        List.of(Map.of("type", "cpu", "metadata", Map.of("value", "80")))));
    }
}
