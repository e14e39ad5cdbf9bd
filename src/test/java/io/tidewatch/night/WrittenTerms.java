package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tidewatch.playground.api.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Every version of the ScaledObjects of a namespace that a leader wrote, as a watch saw them. */
final class WrittenTerms implements AutoCloseable {

    /** So long may a late write of an earlier leader stand: 2 s are wanted, and a machine with other work needs more. */
    private static final Duration MAY_STAND = Duration.ofSeconds(Integer.getInteger("tidewatch.replicas.stands", 10));

    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private final List<Term> terms = new CopyOnWriteArrayList<>();
    private final Watch watch;
    private final Watch leases;

    private record Version(Instant seen, String name, int minimum, int term) {}

    /** The Lease has this term since. */
    private record Term(Instant seen, int number) {}

    /** What the minimum is to be. */
    interface Wanted {
        int at(Instant now);
    }

    private WrittenTerms(KubernetesClient client, String namespace) {
        this.leases = client.leases().inNamespace("default").watch(new Watcher<>() {

            @Override
            public void eventReceived(Action action, Lease lease) {
                Integer term = lease.getSpec().getLeaseTransitions();
                if (term != null) {
                    terms.add(new Term(Instant.now(), term));
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("the test's own watch ended", cause);
            }
        });
        this.watch = client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                .inNamespace(namespace)
                .watch(new Watcher<>() {

                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource object) {
                        String term = Map.copyOf(object.getMetadata().getAnnotations())
                                .get("tidewatch.io/term");
                        if (action == Action.MODIFIED && term != null) {
                            versions.add(new Version(
                                    Instant.now(),
                                    object.getMetadata().getName(),
                                    object.get("spec", "minReplicaCount"),
                                    Integer.parseInt(term)));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        throw new IllegalStateException("the test's own watch ended", cause);
                    }
                });
    }

    static WrittenTerms watch(KubernetesClient client, String namespace) {
        return new WrittenTerms(client, namespace);
    }

    /** Each version is one accepted patch, in the same order for each object; its user agent tells whose it was. */
    void assertOneWriterInEachTerm(List<RequestLog.Entry> log) {
        Map<Integer, Set<String>> writers = new TreeMap<>();
        byName().forEach((name, written) -> {
            List<String> agents = log.stream()
                    .filter(entry -> entry.verb().equals("patch") && entry.code() == 200 && !entry.dryRun())
                    .filter(entry -> entry.path().endsWith("/scaledobjects/" + name))
                    .map(RequestLog.Entry::userAgent)
                    .toList();
            assertThat(agents).as("accepted patches of %s", name).hasSameSizeAs(written);
            for (int i = 0; i < agents.size(); i++) {
                writers.computeIfAbsent(written.get(i).term(), term -> new HashSet<>())
                        .add(agents.get(i));
            }
        });
        System.out.println("writers by term: " + writers);
        assertThat(writers)
                .isNotEmpty()
                .allSatisfy(
                        (term, agents) -> assertThat(agents).as("term %d", term).hasSize(1));
    }

    /** A write that arrived after the Lease had another term is right by then, or another one follows soon. */
    void assertNoLateWriteStood(Wanted wanted) {
        List<String> late = new ArrayList<>();
        byName().forEach((name, written) -> {
            for (int i = 0; i < written.size(); i++) {
                Version version = written.get(i);
                if (version.term() >= term(version.seen())) {
                    continue;
                }
                if (version.minimum() == wanted.at(version.seen())) {
                    late.add(version + " was right");
                    continue;
                }
                assertThat(i + 1).as("%s was put right", version).isLessThan(written.size());
                Duration stood =
                        Duration.between(version.seen(), written.get(i + 1).seen());
                late.add(version + " stood " + stood.toMillis() + " ms");
                assertThat(stood).as("how long %s stood", version).isLessThan(MAY_STAND);
            }
        });
        System.out.println("late writes: " + late);
    }

    /** The Lease's. */
    private int term(Instant at) {
        return terms.stream()
                .filter(term -> !term.seen().isAfter(at))
                .mapToInt(Term::number)
                .max()
                .orElse(0);
    }

    private Map<String, List<Version>> byName() {
        return versions.stream().collect(Collectors.groupingBy(Version::name, TreeMap::new, Collectors.toList()));
    }

    @Override
    public void close() {
        watch.close();
        leases.close();
    }
}
