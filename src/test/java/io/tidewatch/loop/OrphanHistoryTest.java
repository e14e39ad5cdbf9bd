package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.loop.source.MirroredBaselines;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A pass gets its answer from memory; the mirror is asked beside it, once. */
class OrphanHistoryTest {

    private static final String COMMIT = "3f2c1ab93f2c1ab93f2c1ab93f2c1ab93f2c1ab9";
    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows:
                - {name: peak, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 7}
            """;

    private final Deque<Runnable> beside = new ArrayDeque<>();
    private final List<String> woken = new ArrayList<>();

    @Test
    void thePassDoesNotWaitAndTheNextOneKnows() {
        OrphanHistory history = new OrphanHistory(claim -> Answer.HELD, beside::add, () -> woken.add("look"));

        assertThat(history.answer(claim(5))).isEqualTo(Answer.NOT_YET_KNOWN);
        assertThat(history.answer(claim(5))).isEqualTo(Answer.NOT_YET_KNOWN);
        assertThat(beside).hasSize(1);

        beside.remove().run();

        assertThat(woken).hasSize(1);
        assertThat(history.answer(claim(5))).isEqualTo(Answer.HELD);
        assertThat(beside).isEmpty();
    }

    @Test
    void aLookupThatFindsNoPlaceIsStartedAgainByALaterPass() {
        OrphanHistory history = new OrphanHistory(
                claim -> Answer.HELD,
                task -> {
                    if (beside.isEmpty()) {
                        beside.add(task);
                    } else {
                        throw new RejectedExecutionException();
                    }
                },
                () -> {});

        assertThat(history.answer(claim(5))).isEqualTo(Answer.NOT_YET_KNOWN);
        assertThat(history.answer(claim(6))).isEqualTo(Answer.NOT_YET_KNOWN);
        beside.remove().run();
        assertThat(history.answer(claim(6))).isEqualTo(Answer.NOT_YET_KNOWN);
        beside.remove().run();

        assertThat(history.answer(claim(6))).isEqualTo(Answer.HELD);
    }

    @Test
    void aMirrorThatCannotBeReadCannotTell() {
        OrphanHistory history = new OrphanHistory(
                claim -> {
                    throw new IllegalStateException("broken");
                },
                Runnable::run,
                () -> {});

        history.answer(claim(5));

        assertThat(history.answer(claim(5))).isEqualTo(Answer.CANNOT_TELL);
    }

    @Test
    void theCommitShowsWhichBaselineItsSourceDefined() {
        MirroredBaselines mirrored = mirrored(Set.of("shop"));

        assertThat(mirrored.lookUp(claim(5))).isEqualTo(Answer.HELD);
        assertThat(mirrored.lookUp(claim(0))).isEqualTo(Answer.NOT_HELD);
    }

    @Test
    void aBaselineOutsideOfItsNamespacesIsNoneOfTheSource() {
        assertThat(mirrored(Set.of("bank")).lookUp(claim(5))).isEqualTo(Answer.NOT_HELD);
    }

    @Test
    void aCommitThatIsInNoHistoryProvesNothing() {
        MirroredBaselines mirrored =
                new MirroredBaselines((source, commit) -> Optional.empty(), Map.of("shop", Scope.ALL), Schemas.NEWEST);

        assertThat(mirrored.lookUp(claim(5))).isEqualTo(Answer.CANNOT_TELL);
    }

    private static MirroredBaselines mirrored(Set<String> namespaces) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("a.yaml", SCHEDULE));
        Commit commit = new Commit("shop", COMMIT, "Dana", Instant.parse("2026-11-22T13:30:00Z"), "");
        return new MirroredBaselines(
                (source, id) -> Optional.of(new Checkout(commit, files, files.keySet())),
                Map.of("shop", new Scope(namespaces)),
                Schemas.NEWEST);
    }

    private static PastBaseline claim(int minimum) {
        return new PastBaseline(new Target("shop", "checkout"), "uid-1", "shop", COMMIT, new Bounds(minimum, 20));
    }
}
