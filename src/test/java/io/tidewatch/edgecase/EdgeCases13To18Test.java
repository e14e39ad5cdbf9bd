package io.tidewatch.edgecase;

import static io.tidewatch.edgecase.PlayedCase.CLOSES;
import static io.tidewatch.edgecase.PlayedCase.LATE;
import static io.tidewatch.edgecase.PlayedCase.OPENS;
import static io.tidewatch.edgecase.PlayedCase.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.playground.api.RequestLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Edge cases 13 to 18, in which objects, Git, other writers or Tidewatch itself come and go: docs/edge-cases.md. */
@Execution(ExecutionMode.CONCURRENT)
class EdgeCases13To18Test {

    private static final String NAMED =
            "{\"advanced\":{\"horizontalPodAutoscalerConfig\":{\"name\":\"checkout-hpa\"}}}";

    @Test
    void case13HpaIsRenamedInsideAWindow() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.spec(Kinds.SCALED_OBJECT, NAMED);
            played.through(LATE);

            assertThat(played.cluster().all(Kinds.HPA))
                    .extracting(hpa -> hpa.getMetadata().getName())
                    .containsExactly("checkout-hpa");
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            assertThat(played.minimumWrites()).isEmpty();
            played.leapTo(CLOSES);
            played.through(STEP);
            assertThat(played.cluster().hpaMinimum("checkout-hpa")).isEqualTo(5);
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    /** The HPA was there before KEDA, which takes it over under its own name. */
    @Test
    void case13HpaIsAdopted() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.cluster().apply("helm", """
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: checkout-hpa, namespace: shop}
                    spec:
                      minReplicas: 5
                      maxReplicas: 20
                      scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
                    """);
            played.spec(Kinds.SCALED_OBJECT, NAMED);
            played.through(STEP);

            played.leapTo(OPENS);
            played.through(STEP);

            assertThat(played.cluster().hpaMinimum("checkout-hpa")).isEqualTo(7);
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
        }
    }

    /** KEDA has not written the name yet, or a restored object lost its status: the usual name counts. */
    @Test
    void case13HpaNameIsEmpty() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.cluster().controllers().faults().stopKeda();
            played.cluster().patchStatus(Kinds.SCALED_OBJECT, "checkout", "{\"status\":{\"hpaName\":null}}");

            played.look();

            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().missing()).isEmpty();
        }
    }

    @Test
    void case14ScaledObjectIsDeletedInsideAWindow() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.cluster().delete(Kinds.SCALED_OBJECT, "checkout");
            played.through(LATE);

            assertThat(played.diagnosis().state()).isEqualTo(State.FAILED);
            assertThat(played.diagnosis().cause()).contains(Cause.TARGET_MISSING);
            assertThat(played.tidewatch().opened()).hasSize(1);
            assertThat(played.minimumWrites())
                    .as("an apply would create an object that nobody declared")
                    .isEmpty();

            played.cluster().apply("argocd-controller", Files.USUAL.scaledObject());
            played.through(STEP);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.tidewatch().ended()).hasSize(1);
        }
    }

    @Test
    void case14ScaledObjectOfASourceThatAppliesComesBackWithTheWindowsMinimum() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.cluster().delete(Kinds.SCALED_OBJECT, "checkout");
            played.through(STEP);

            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.minimums()).as("never at the baseline in between").containsExactly(7);
        }
    }

    /** Between the look and the write: the write names the uid that it was decided on. */
    @Test
    void case14ScaledObjectIsRecreatedUnderAWrite() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            played.tidewatch().beforeNextWrite(() -> {
                played.cluster().delete(Kinds.SCALED_OBJECT, "checkout");
                played.cluster().jumpTo(OPENS.plusMillis(500));
                played.cluster().apply("argocd-controller", Files.USUAL.scaledObject());
            });

            played.leapTo(OPENS);
            played.through(STEP);

            assertThat(played.minimumWrites())
                    .extracting(RequestLog.Entry::code)
                    .containsExactly(409, 200);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
        }
    }

    @Test
    void case15BaseValueInGitChangesInsideAWindow() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.commit(Files.USUAL.scaledObject("minReplicaCount: 5", "minReplicaCount: 6"));
            played.through(STEP);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);

            played.leapTo(CLOSES);
            played.through(STEP);
            assertThat(played.minimums())
                    .as("to the new baseline, not to the old one")
                    .containsExactly(7, 6);
            assertThat(played.cluster().readyPods()).isEqualTo(6);
        }
    }

    @Test
    void case16AnotherToolRevertsWithinSeconds() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.countFromHere();
            played.leapTo(OPENS);
            for (int sync = 0; sync < 10; sync++) {
                played.through(Duration.ofSeconds(5));
                played.cluster().apply("argocd-controller", Files.USUAL.scaledObject());
                played.through(Duration.ofSeconds(30));
            }

            assertThat(played.minimumWrites())
                    .as("the window's own write and one take-over, whatever the other tool does")
                    .hasSize(2);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONFLICT);
            assertThat(played.tidewatch().opened())
                    .extracting(Incident::summary)
                    .singleElement()
                    .asString()
                    .contains("argocd-controller", "RespectIgnoreDifferences=true");

            played.leapTo(CLOSES);
            played.through(STEP);
            assertThat(played.minimumWrites())
                    .as("the baseline is there already")
                    .hasSize(2);
            assertThat(played.tidewatch().ended()).hasSize(1);
            played.leapTo(OPENS.plus(Duration.ofDays(1)));
            assertThat(played.cluster().minimum("checkout"))
                    .as("the next window")
                    .isEqualTo(7);
        }
    }

    @Test
    void case17DownOverAStart() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.stop();
            played.leapTo(OPENS.plus(Duration.ofMinutes(30)));
            played.countFromHere();

            played.start();
            played.through(STEP);

            assertThat(played.minimums()).containsExactly(5, 7);
            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.tidewatch().told("minimum-set"))
                    .singleElement()
                    .asString()
                    .as("a late start says how late")
                    .contains("30 min");
        }
    }

    @Test
    void case17DownOverAnEnd() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.stop();
            played.leapTo(CLOSES.plus(Duration.ofHours(5)));
            played.countFromHere();

            played.start();
            played.through(STEP);

            assertThat(played.minimums()).as("an end is always made good").containsExactly(7, 5);
            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.cluster().readyPods()).isEqualTo(5);
        }
    }

    @Test
    void case17DownOverAWholeWindow() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.stop();
            played.leapTo(CLOSES.plus(Duration.ofHours(1)));
            played.countFromHere();

            played.start();
            played.through(STEP);

            assertThat(played.minimumWrites()).as("nothing is replayed").isEmpty();
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    /** Both decided on the same version of the object, so the API server takes the write of one of them. */
    @Test
    void case18TwoReplicasAtTheEdge() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            Instance other = played.another();
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            played.tidewatch().beforeNextWrite(other::pass);

            played.leapTo(OPENS);
            played.through(STEP);
            other.pass();

            assertThat(played.minimumWrites())
                    .extracting(RequestLog.Entry::code)
                    .as("the other one first, then this one, which looks again and finds it done")
                    .containsExactly(200, 409);
            assertThat(played.minimums()).containsExactly(5, 7);
            assertThat(played.tidewatch().opened()).isEmpty();
            assertThat(other.opened()).isEmpty();
        }
    }

    @Test
    void case18FailoverAtTheEdge() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            played.leapTo(OPENS);
            played.stop();

            played.start();
            played.through(STEP);

            assertThat(played.minimumWrites())
                    .as("the successor finds it on the object")
                    .hasSize(1);
            assertThat(played.diagnosis().progress().step().startedAt())
                    .as("the step's time counts from the first process")
                    .contains(OPENS);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
        }
    }
}
