package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FailedWritesTest {

    private static final Instant EDGE = Given.OPENS;

    private static Action write(String name) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target("shop", name),
                new Action.Version("uid-1", "100"),
                OptionalInt.of(5),
                7,
                Optional.empty(),
                Map.of(),
                false,
                "window opens");
    }

    private static Outcome away(String name, Instant at) {
        return new Outcome.Unavailable(write(name), at, true, "503");
    }

    private static Outcome outdated(String name, Instant at) {
        return new Outcome.Outdated(write(name), at, "the object has been modified");
    }

    @Test
    void nothingThatFailedIsNothingToTryAgain() {
        assertThat(FailedWrites.NONE.after(List.of()).next(EDGE)).isEmpty();
        assertThat(FailedWrites.NONE
                        .after(List.of(new Outcome.Done(write("cart"), EDGE, "101")))
                        .next(EDGE))
                .isEmpty();
    }

    @Test
    void anUnableServerAndAnOutdatedObjectAreTriedAgainAfterASecond() {
        assertThat(FailedWrites.NONE.after(List.of(away("cart", EDGE))).next(EDGE))
                .contains(EDGE.plusSeconds(1));
        assertThat(FailedWrites.NONE.after(List.of(outdated("cart", EDGE))).next(EDGE))
                .contains(EDGE.plusSeconds(1));
    }

    /** Repeating them is of no use: one needs another request, the other another owner. */
    @Test
    void aRejectionAndAConflictAreNotTriedAgain() {
        assertThat(FailedWrites.NONE
                        .after(List.of(
                                new Outcome.Rejected(write("cart"), EDGE, Subject.REQUEST, 422, "min > max"),
                                new Outcome.Rejected(
                                        write("search"),
                                        EDGE,
                                        Subject.REQUEST,
                                        403,
                                        "admission webhook \"guard\" denied the request"),
                                new Outcome.Conflicted(write("checkout"), EDGE, "argocd", ".spec.minReplicaCount")))
                        .next(EDGE))
                .isEmpty();
    }

    /** An API server that has just started refuses for a moment whoever is not an administrator. */
    @Test
    void aRejectionOfTheCallerIsTriedAgain() {
        assertThat(FailedWrites.NONE
                        .after(List.of(new Outcome.Rejected(
                                write("cart"),
                                EDGE,
                                Subject.CALLER,
                                403,
                                "cart is forbidden: User \"dana\" cannot patch resource \"scaledobjects\"")))
                        .next(EDGE))
                .contains(EDGE.plusSeconds(1));
    }

    @Test
    void thePauseGrowsWithTheOutageUpToAMinute() {
        List<Duration> pauses = new ArrayList<>();
        FailedWrites unfinished = FailedWrites.NONE;
        Instant now = EDGE;
        for (int attempt = 0; attempt < 10; attempt++) {
            unfinished = unfinished.after(List.of(away("cart", now)));
            Instant next = unfinished.next(now).orElseThrow();
            pauses.add(Duration.between(now, next));
            now = next;
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    /** Passes that something else woke try as well; they do not make the pauses longer. */
    @Test
    void whatElseWokeUsDoesNotMakeThePauseLonger() {
        FailedWrites often = FailedWrites.NONE;
        for (int millis = 0; millis < 1_000; millis += 10) {
            often = often.after(List.of(outdated("cart", EDGE.plusMillis(millis))));
        }
        assertThat(often.next(EDGE.plusMillis(990))).contains(EDGE.plusMillis(1_990));
    }

    @Test
    void oneThatWasMadeGoodLeavesTheOthersPauseAsItIs() {
        FailedWrites both =
                FailedWrites.NONE.after(List.of(away("cart", EDGE), away("checkout", EDGE.plusSeconds(20))));
        Instant later = EDGE.plusSeconds(30);

        FailedWrites one = both.after(List.of(away("checkout", later), new Outcome.Done(write("cart"), later, "101")));

        assertThat(both.next(later)).contains(later.plusSeconds(10));
        assertThat(one.since()).containsOnlyKeys(new Target("shop", "checkout"));
        assertThat(one.next(later)).contains(later.plusSeconds(10));
    }

    @Test
    void aTargetThatNeedsNothingAnyMoreIsForgotten() {
        FailedWrites failed = FailedWrites.NONE.after(List.of(away("cart", EDGE)));
        assertThat(failed.after(List.of()).next(EDGE.plusSeconds(1))).isEmpty();
    }
}
