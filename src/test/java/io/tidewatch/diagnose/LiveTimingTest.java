package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.chain.Backlog;
import io.tidewatch.diagnose.chain.Backlog.Carried;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.diagnose.chain.DiagnosisInput.Source;
import io.tidewatch.diagnose.chain.StatusForecast;
import io.tidewatch.diagnose.chain.Surroundings;
import io.tidewatch.diagnose.chain.Trace;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.OverwriteTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Live, one look remembers the last: deadlines, the grace, and two agreeing looks. */
class LiveTimingTest {

    private static final Instant SEEN = Instant.parse("2026-11-23T18:38:10Z");

    private static Diagnosis look(
            CaseDump dump, Target target, int desired, Optional<Diagnosis> previous, Instant now) {
        Observation seen = seen(dump, target, now);
        return live(seen.targets().get(target), seen.controllers(), desired, previous, now);
    }

    private static Observation seen(CaseDump dump, Target target, Instant now) {
        return Observations.of(new Dump(dump.objects, List.of()).read(now), Set.of(target));
    }

    private static Diagnosis live(TargetObservation chain, int desired, Optional<Diagnosis> previous, Instant now) {
        return live(chain, List.of(), desired, previous, now);
    }

    private static Diagnosis live(
            TargetObservation chain,
            List<ControllerView> controllers,
            int desired,
            Optional<Diagnosis> previous,
            Instant now) {
        return live(chain, controllers, desired, previous, now, now);
    }

    private static Diagnosis live(
            TargetObservation chain,
            List<ControllerView> controllers,
            int desired,
            Optional<Diagnosis> previous,
            Instant now,
            Instant observedUntil) {
        return Diagnoser.diagnose(new DiagnosisInput(
                chain,
                controllers,
                OptionalInt.of(desired),
                Optional.empty(),
                Checks.DEFAULT,
                previous,
                Source.LIVE,
                new Surroundings(
                        chain.target(),
                        now,
                        observedUntil,
                        Optional::empty,
                        Backlog.of(List.of(new Trace(Carried.of(chain), Optional.empty()))))));
    }

    private static Diagnosis up(CaseDump dump, int desired, Optional<Diagnosis> previous, Instant now) {
        return look(dump, new Target("x-up-converged", "checkout"), desired, previous, now);
    }

    /** While the API server was away KEDA was accused of not following, and what had converged was said to be so still. */
    @Test
    void duringAnOutageOfTheApiServerNothingIsKnownAndNothingIsLate() {
        TargetObservation silent =
                withoutServer(CaseDump.of("up-converged"), new Target("x-up-converged", "checkout"), SEEN);

        Diagnosis diagnosis = live(silent, 9, Optional.empty(), SEEN.plus(Duration.ofHours(1)));

        assertThat(diagnosis.state()).isEqualTo(State.UNKNOWN);
        assertThat(diagnosis.summary()).isEqualTo("the API server does not answer; what was seen last may be old");
        assertThat(diagnosis.missing()).contains(ClusterState.API_SERVER);
    }

    /** After a restart nothing is remembered of a writer that comes once a minute, but the HPA's Events are there. */
    @Test
    void anotherWriterThatTheEventsProveIsRememberedWithItsPace() {
        Target slow = new Target("over", "slow");
        CaseDump dump = CaseDump.of("overwritten-by-flux");
        Instant now = Instant.parse("2026-11-29T16:29:17Z");
        Instant last = Instant.parse("2026-11-29T16:28:21Z");
        OverwriteTimes first =
                look(dump, slow, 8, Optional.empty(), now).progress().overwrites();

        assertThat(first.count()).isEqualTo(8);
        assertThat(first.last()).contains(last);
        assertThat(first.manager()).isEmpty();
        assertThat(Duration.between(last, first.expectedUntil().orElseThrow()))
                .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(140));
        Diagnosis calm = look(dump.without("Event"), slow, 8, Optional.empty(), now);
        assertThat(calm.progress().overwrites()).isEqualTo(OverwriteTimes.NONE);
    }

    /** On a real control plane KEDA itself put the minimum back each time, and the HPA never had to rescale. */
    @Test
    void anotherWriterIsNamedWhereKedaCorrectsTheNumberAndTheHpaNeverRescales() {
        Target flux = new Target("over", "flux");
        CaseDump dump = CaseDump.of("overwritten-by-flux")
                .without("Event")
                .set("HorizontalPodAutoscaler", "status.lastScaleTime", null);
        Instant written = Instant.parse("2026-11-29T16:29:08Z");
        Instant now = written.plusSeconds(9);
        Diagnosis first = look(dump, flux, 8, Optional.empty(), now);

        assertThat(first.causes()).doesNotContain(Cause.REPLICAS_OVERWRITTEN);
        assertThat(look(dump, flux, 8, Optional.of(served(first, written.plusSeconds(1))), now)
                        .causes())
                .as("written before the pods of this step served")
                .doesNotContain(Cause.REPLICAS_OVERWRITTEN);
        Diagnosis after = look(dump, flux, 8, Optional.of(served(first, written.minusSeconds(60))), now);
        assertThat(after.causes()).contains(Cause.REPLICAS_OVERWRITTEN);
        assertThat(after.summary())
                .contains("kustomize-controller has overwritten spec.replicas (last at 2026-11-29T16:29:08Z)");
        assertThat(after.progress().overwrites().count()).isEqualTo(1);
        assertThat(look(dump, flux, 9, Optional.of(served(first, written.minusSeconds(60))), now)
                        .causes())
                .as("those pods were of another step")
                .doesNotContain(Cause.REPLICAS_OVERWRITTEN);
    }

    private static Diagnosis served(Diagnosis of, Instant at) {
        Progress progress = of.progress();
        return new Diagnosis(
                of.target(),
                of.kind(),
                State.CONVERGED,
                List.of(),
                Optional.empty(),
                of.certainty(),
                of.summary(),
                of.desired(),
                of.claimed(),
                of.live(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                progress.with(progress.step().withAvailableAt(Optional.of(at)).withReached(true)));
    }

    private static TargetObservation withoutServer(CaseDump dump, Target target, Instant now) {
        TargetObservation chain = seen(dump, target, now).targets().get(target);
        return new TargetObservation(
                chain.target(),
                chain.scaledObject(),
                chain.hpa(),
                chain.workload(),
                chain.replicaSets(),
                chain.pods(),
                chain.events(),
                Set.of(ClusterState.API_SERVER));
    }

    /** Six of seven. */
    private static CaseDump oneLacks() {
        return CaseDump.of("up-converged")
                .set("ReplicaSet", "status.availableReplicas", 6)
                .set("ReplicaSet", "status.readyReplicas", 6);
    }

    @Test
    void convergedNeedsTwoAgreeingPasses() {
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        assertThat(first.state()).isEqualTo(State.WAITING);
        assertThat(first.progress().due().deadline()).contains(SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusMillis(1));
        assertThat(second.state()).isEqualTo(State.CONVERGED);
        assertThat(second.progress().step().availableAt()).contains(SEEN);
    }

    @Test
    void aNewStepNeedsTwoPassesAgain() {
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusSeconds(1));
        Diagnosis raised = up(
                CaseDump.of("up-converged").set("ScaledObject", "spec.minReplicaCount", 9),
                9,
                Optional.of(second),
                SEEN.plusSeconds(2));
        assertThat(raised.state()).isEqualTo(State.WAITING);
        assertThat(raised.progress().step().startedAt()).contains(SEEN.plusSeconds(2));
        assertThat(raised.progress().step().hpaAt()).isEmpty();
    }

    @Test
    void theHpaMustFollowWithinItsTimeAndKedasPace() {
        CaseDump dump = CaseDump.of("up-converged").set("ScaledObject", "spec.minReplicaCount", 9);
        Diagnosis first = up(dump, 9, Optional.empty(), SEEN);
        Instant end = SEEN.plus(Checks.DEFAULT.follow()).plusSeconds(1);
        assertThat(first.progress().due().deadline()).contains(end);
        assertThat(up(dump, 9, Optional.of(first), end.minusMillis(1)).state()).isEqualTo(State.WAITING);
        assertThat(up(dump, 9, Optional.of(first), end).state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    @Test
    void aMinimumThatAHandChangesLongAfterTheStepHasItsTimeToFollow() {
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusSeconds(1));
        Instant changed = SEEN.plus(Duration.ofHours(1));
        Instant end = changed.plus(Checks.DEFAULT.follow()).plusSeconds(1);
        for (int byHand : List.of(4, 9)) {
            CaseDump dump = CaseDump.of("up-converged")
                    .set("ScaledObject", "spec.minReplicaCount", byHand)
                    .set("ScaledObject", "metadata.managedFields", writer(changed));
            Diagnosis third = up(dump, 7, Optional.of(second), changed);
            assertThat(third.state()).isEqualTo(State.WAITING);
            assertThat(third.progress().step().startedAt()).contains(changed);
            assertThat(up(dump, 7, Optional.of(third), end.minusMillis(1)).state())
                    .isEqualTo(State.WAITING);
            assertThat(up(dump, 7, Optional.of(third), end).state()).isEqualTo(State.AVAILABILITY_LAG);
        }
    }

    /** Where another tool writes the minimums, each of its lowerings comes a moment after the edge. */
    @Test
    void theEndOfAManualRaiseBeginsAStep() {
        CaseDump raised = minimum(9, 9, SEEN);
        Diagnosis first = up(raised, 7, Optional.empty(), SEEN);
        Diagnosis second = up(raised, 7, Optional.of(first), SEEN.plusSeconds(1));
        assertThat(second.notes()).contains(Note.RAISED_MANUALLY);
        Instant lowered = SEEN.plusSeconds(60);

        Diagnosis third = up(minimum(7, 7, lowered), 7, Optional.of(second), lowered.plusSeconds(1));

        assertThat(third.progress().step().startedAt()).contains(lowered);
        assertThat(third.progress().step().hpaAt().orElseThrow()).isBetween(lowered, lowered.plusSeconds(1));
        assertThat(third.progress().step().availableAt()).contains(lowered.plusSeconds(1));
    }

    private static CaseDump minimum(int ofScaledObject, int ofHpa, Instant at) {
        return CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", ofScaledObject)
                .set("ScaledObject", "metadata.managedFields", writer(at))
                .set("HorizontalPodAutoscaler", "spec.minReplicas", ofHpa);
    }

    /** Each pass sees one write of KEDA alone, a moment after a rescale of the HPA. */
    @Test
    void kedasFallbackIsRememberedFromPassToPass() {
        Target target = new Target("shop", "checkout");
        Optional<Diagnosis> last = Optional.empty();
        Instant at = Instant.parse("2026-11-22T13:07:00Z");
        for (int poll = 0; poll < 3; poll++) {
            at = at.plusSeconds(30);
            last = Optional.of(look(fallenBack(at), target, 7, last, at));
        }

        assertThat(last.orElseThrow().cause()).contains(Cause.KEDA_FALLBACK);
        assertThat(last.orElseThrow().progress().overwrites().count()).isEqualTo(3);
        assertThat(last.orElseThrow().progress().overwrites().since()).contains(Instant.parse("2026-11-22T13:07:29Z"));

        Instant late = at.plus(Checks.DEFAULT.timeout());
        Diagnosis lag = look(fallenBack(late), target, 7, last, late);

        assertThat(lag.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(lag.causes()).containsExactly(Cause.KEDA_FALLBACK);
        assertThat(lag.certainty()).isEqualTo(Certainty.CERTAIN);
    }

    /** An API server need not write a time into the entry of a scale subresource; the same write is not counted twice. */
    @Test
    void kedasFallbackIsRememberedWithoutATimeToo() {
        Target target = new Target("shop", "checkout");
        Optional<Diagnosis> last = Optional.empty();
        Instant at = Instant.parse("2026-11-22T13:07:00Z");
        for (int poll = 0; poll < 3; poll++) {
            at = at.plusSeconds(30);
            CaseDump dump = fallenBack(at).set("Rollout", "metadata.managedFields", untimed());
            last = Optional.of(look(dump, target, 7, last, at));
            last = Optional.of(look(dump, target, 7, last, at.plusSeconds(1)));
        }

        assertThat(last.orElseThrow().progress().overwrites().count()).isEqualTo(3);
        assertThat(last.orElseThrow().progress().overwrites().manager()).contains("keda");
    }

    private static List<Map<String, Object>> untimed() {
        return List.of(Map.of(
                "manager",
                "keda",
                "operation",
                "Update",
                "subresource",
                "scale",
                "fieldsV1",
                Map.of("f:spec", Map.of("f:replicas", Map.of()))));
    }

    private static CaseDump fallenBack(Instant at) {
        return CaseDump.of("keda-fallback")
                .without("Event")
                .set(
                        "HorizontalPodAutoscaler",
                        "status.lastScaleTime",
                        at.minusSeconds(10).toString())
                .set(
                        "Rollout",
                        "metadata.managedFields",
                        List.of(Map.of(
                                "manager",
                                "keda",
                                "operation",
                                "Update",
                                "subresource",
                                "scale",
                                "time",
                                at.minusSeconds(1).toString(),
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:replicas", Map.of())))));
    }

    private static List<Map<String, Object>> writer(Instant at) {
        return List.of(writer("kubectl-edit", "Update", at));
    }

    private static Map<String, Object> writer(String manager, String operation, Instant at) {
        return Map.of(
                "manager",
                manager,
                "operation",
                operation,
                "time",
                at.toString(),
                "fieldsV1",
                Map.of("f:spec", Map.of("f:minReplicaCount", Map.of())));
    }

    /** managedFields are ordered by operation first; MetaReader orders them by time. */
    @Test
    void theLastOneToWriteIsTheOneWithTheLatestTime() {
        Instant applied = SEEN.minusSeconds(60);
        CaseDump dump = CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 5)
                .set("ScaledObject", "metadata.annotations", null)
                .set(
                        "ScaledObject",
                        "metadata.managedFields",
                        List.of(
                                writer("argocd-controller", "Apply", applied),
                                writer("kubectl-edit", "Update", applied.minus(Duration.ofDays(365)))));

        Diagnosis first = up(dump, 7, Optional.empty(), SEEN);
        Diagnosis late = up(dump, 7, Optional.of(first), SEEN.plus(Duration.ofMinutes(10)));

        assertThat(late.summary()).endsWith("the last writer was argocd-controller at " + applied);
    }

    /** A restart in the moment in which somebody else scaled called four people: the step was eleven minutes old. */
    @Test
    void atTheFirstPassPodsThatWentMissingLongAfterTheStepHaveTheirTime() {
        Target target = new Target("x-unschedulable", "checkout");
        Instant began = Instant.parse("2026-11-23T17:15:43Z");
        CaseDump dump = stepped(began.minus(Duration.ofHours(1)));

        Diagnosis first = look(dump, target, 8, Optional.empty(), began.plusSeconds(20));
        assertThat(first.state()).isEqualTo(State.WAITING);
        assertThat(first.progress().due().deadline()).contains(began.plus(Checks.DEFAULT.timeout()));

        Diagnosis late = look(dump, target, 8, Optional.of(first), began.plus(Checks.DEFAULT.timeout()));
        assertThat(late.state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    /** History told the moment of a dip as the one at which the step was reached. */
    @Test
    void aMinimumReachedBeforeTheFirstPassHasNoInstant() {
        Target target = new Target("x-unschedulable", "checkout");
        Instant began = Instant.parse("2026-11-23T17:15:43Z");
        CaseDump dump = stepped(began.minus(Duration.ofHours(1)));

        Diagnosis first = look(dump, target, 8, Optional.empty(), began.plusSeconds(20));
        Diagnosis second = look(dump, target, 8, Optional.of(first), began.plusSeconds(40));

        assertThat(first.progress().step().availableAt()).isEmpty();
        assertThat(first.progress().step().reached()).isTrue();
        assertThat(second.progress().step().availableAt()).isEmpty();
        assertThat(second.progress().due().deadline()).contains(began.plus(Checks.DEFAULT.timeout()));
    }

    @Test
    void norHasItOneWhenItServesAgain() {
        Diagnosis well = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis before = remembering(well, reachedUnseen(well.progress()));

        Diagnosis again = up(CaseDump.of("up-converged"), 7, Optional.of(before), SEEN.plusSeconds(1));

        assertThat(well.progress().step().availableAt()).contains(SEEN);
        assertThat(again.progress().step().availableAt()).isEmpty();
        assertThat(again.progress().step().reached()).isTrue();
    }

    private static Progress reachedUnseen(Progress seen) {
        return Progress.NONE.with(seen.step().withAvailableAt(Optional.empty()).withReached(true));
    }

    private static Diagnosis remembering(Diagnosis look, Progress progress) {
        return new Diagnosis(
                look.target(),
                look.kind(),
                look.state(),
                look.causes(),
                look.hop(),
                look.certainty(),
                look.summary(),
                look.desired(),
                look.claimed(),
                look.live(),
                look.evidence(),
                look.notes(),
                look.missing(),
                look.advisories(),
                progress);
    }

    @Test
    void atTheFirstPassPodsMissingSinceTheStepAreLateAsBefore() {
        Target target = new Target("x-unschedulable", "checkout");
        Instant began = Instant.parse("2026-11-23T17:15:43Z");

        assertThat(look(stepped(began), target, 8, Optional.empty(), began.plus(Duration.ofMinutes(6)))
                        .state())
                .isEqualTo(State.AVAILABILITY_LAG);
    }

    private static CaseDump stepped(Instant at) {
        return CaseDump.of("unschedulable")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", "8..20")
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied-at]", at.toString())
                .set(
                        "HorizontalPodAutoscaler",
                        "metadata.managedFields",
                        List.of(Map.of("manager", "keda", "operation", "Update", "time", at.toString())));
    }

    @Test
    void whoWasCutOffFromTheApiServerHasHisTimeToFollowAnew() {
        Target target = new Target("x-up-converged", "checkout");
        CaseDump behind = CaseDump.of("up-converged").set("HorizontalPodAutoscaler", "spec.minReplicas", 5);
        Instant cut = SEEN.plus(Duration.ofMinutes(1));
        Instant back = SEEN.plus(Duration.ofMinutes(10));
        Diagnosis before = look(behind, target, 7, Optional.empty(), SEEN);
        Diagnosis silent = live(withoutServer(behind, target, cut), 7, Optional.of(before), cut);

        Diagnosis heard = look(behind, target, 7, Optional.of(silent), back);

        assertThat(before.state()).isEqualTo(State.WAITING);
        assertThat(heard.state()).isEqualTo(State.WAITING);
        assertThat(look(behind, target, 7, Optional.of(heard), back.plus(Checks.DEFAULT.follow()))
                        .state())
                .isEqualTo(State.AVAILABILITY_LAG);
    }

    /** Raised, the API server silent from 40 s on, heard again at 600 s: the first look paged for what caches had not seen yet. */
    @Test
    void whoWasCutOffFromTheApiServerHasEachTimeAnew() {
        Checks checks = Checks.DEFAULT;
        Target lowered = new Target("x-up-converged", "checkout");
        anew(CaseDump.of("unschedulable"), new Target("x-unschedulable", "checkout"), 8, checks.timeout());
        anew(lowering(), lowered, 5, checks.timeout().plus(checks.follow()));
        anew(CaseDump.of("stale-phase-healthy"), new Target("shop", "r0086"), 5, checks.staleGrace());
    }

    /** In a night of bad weather a status was called stale, and nudged, while the watch of the Rollouts alone connected again. */
    @Test
    void whileAWatchConnectsAgainNothingNewIsLate() {
        held(lowering(), new Target("x-up-converged", "checkout"), 5);
        held(CaseDump.of("unschedulable"), new Target("x-unschedulable", "checkout"), 8);
        held(CaseDump.of("stale-phase-healthy"), new Target("shop", "r0086"), 5);
    }

    /** Nine wanted until now. */
    private static CaseDump lowering() {
        return CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 9)
                .set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", "9..20");
    }

    private static void held(CaseDump dump, Target target, int desired) {
        Diagnosis first = look(dump, target, desired, Optional.empty(), SEEN);
        Instant due = first.progress().due().deadline().orElseThrow();
        TargetObservation chain = seen(dump, target, SEEN).targets().get(target);

        Diagnosis held = live(chain, List.of(), desired, Optional.of(first), due.plusSeconds(5), due.minusMillis(1));
        Diagnosis late = live(chain, desired, Optional.of(held), due.plusSeconds(6));

        assertThat(held.state()).isEqualTo(State.WAITING);
        assertThat(held.progress().due().deadline()).as("looked at again").contains(due);
        assertThat(late.state()).isIn(State.AVAILABILITY_LAG, State.STALE_STATUS);
    }

    private static void anew(CaseDump dump, Target target, int desired, Duration allowance) {
        Diagnosis before = look(dump, target, desired, Optional.empty(), SEEN);
        Instant cut = SEEN.plusSeconds(10);
        Diagnosis silent = live(withoutServer(dump, target, cut), desired, Optional.of(before), cut);
        Instant back = SEEN.plus(Duration.ofMinutes(10));

        Diagnosis heard = look(dump, target, desired, Optional.of(silent), back);
        Instant end = back.plus(allowance);
        Diagnosis inTime = look(dump, target, desired, Optional.of(heard), end.minusMillis(1));
        Diagnosis late = look(dump, target, desired, Optional.of(inTime), end);

        assertThat(before.state()).isEqualTo(State.WAITING);
        assertThat(heard.state()).isEqualTo(State.WAITING);
        assertThat(heard.progress().due().deadline()).contains(end);
        assertThat(inTime.state()).isEqualTo(State.WAITING);
        assertThat(late.state()).isIn(State.AVAILABILITY_LAG, State.STALE_STATUS);
    }

    @Test
    void aTargetLateBeforeTheOutageStaysLateUnlessAnEdgeCameInIt() {
        Target target = new Target("x-unschedulable", "checkout");
        CaseDump dump = CaseDump.of("unschedulable");
        Diagnosis first = look(dump, target, 8, Optional.empty(), SEEN);
        Instant late = SEEN.plus(Duration.ofMinutes(6));
        Diagnosis lags = look(dump, target, 8, Optional.of(first), late);
        Diagnosis silent = live(withoutServer(dump, target, late), 8, Optional.of(lags), late.plusSeconds(30));
        Diagnosis edge = live(withoutServer(dump, target, late), 7, Optional.of(silent), late.plusSeconds(60));
        Instant back = late.plusSeconds(600);

        assertThat(lags.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(look(dump, target, 8, Optional.of(silent), back).state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(look(dump, target, 7, Optional.of(edge), back).state()).isEqualTo(State.WAITING);
    }

    /** A person was told that it was over, and a minute later of the same. */
    @Test
    void notToSeeForAWhileEndsNoLack() {
        Target target = new Target("x-up-converged", "checkout");
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusSeconds(1));
        Instant dip = SEEN.plus(Duration.ofHours(1));
        CaseDump broken = oneLacks();
        Diagnosis lacks = look(broken, target, 7, Optional.of(second), dip);
        Instant late = dip.plus(Checks.DEFAULT.timeout());
        Diagnosis lags = look(broken, target, 7, Optional.of(lacks), late);
        Diagnosis silent = live(withoutServer(broken, target, late), 7, Optional.of(lags), late.plusSeconds(60));

        assertThat(lags.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(silent.state()).isEqualTo(State.UNKNOWN);
        assertThat(look(broken, target, 7, Optional.of(silent), late.plusSeconds(120))
                        .state())
                .isEqualTo(State.AVAILABILITY_LAG);
    }

    @Test
    void theTimeoutRunsFromTheHpasMinimum() {
        CaseDump dump = CaseDump.of("unschedulable");
        Target target = new Target("x-unschedulable", "checkout");
        Diagnosis first = look(dump, target, 8, Optional.empty(), SEEN);
        Instant end = first.progress().due().deadline().orElseThrow();
        assertThat(end).isEqualTo(first.progress().step().hpaAt().orElseThrow().plus(Checks.DEFAULT.timeout()));
        assertThat(first.state()).isEqualTo(State.WAITING);
        assertThat(look(dump, target, 8, Optional.of(first), end.minusMillis(1)).state())
                .isEqualTo(State.WAITING);
        assertThat(look(dump, target, 8, Optional.of(first), end).state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    @Test
    void eventsAreWatchedOnceHalfOfTheTimeHasPassed() {
        Target target = new Target("x-unschedulable", "checkout");
        Diagnosis first = look(CaseDump.of("unschedulable"), target, 8, Optional.empty(), SEEN);
        Instant end = first.progress().due().deadline().orElseThrow();
        Instant half = end.minus(Checks.DEFAULT.timeout().dividedBy(2));
        assertThat(first.progress().due().eventsFrom()).contains(half);
        assertThat(first.lags(half.minusMillis(1))).isFalse();
        assertThat(first.lags(half)).isTrue();

        Diagnosis late = look(CaseDump.of("unschedulable"), target, 8, Optional.of(first), end.plusSeconds(60));
        assertThat(late.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(late.lags(end.plusSeconds(60))).isTrue();

        Diagnosis keda = up(
                CaseDump.of("up-converged").set("ScaledObject", "spec.minReplicaCount", 9), 9, Optional.empty(), SEEN);
        assertThat(keda.progress().due().eventsFrom())
                .contains(SEEN.plusSeconds(1).plus(Checks.DEFAULT.follow().dividedBy(2)));
    }

    @Test
    void eventsOfAConvergedTargetAreNotWatched() {
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusSeconds(1));

        assertThat(second.state()).isEqualTo(State.CONVERGED);
        assertThat(second.progress().due().eventsFrom()).isEmpty();
        assertThat(second.lags(Instant.MAX)).isFalse();
    }

    @Test
    void eventsThatAreNotWatchedAreMissingOnlyWhereATargetLags() {
        Target target = new Target("x-unschedulable", "checkout");
        TargetObservation chain = unasked("unschedulable", target);
        Diagnosis first = live(chain, 8, Optional.empty(), SEEN);

        assertThat(first.missing()).doesNotContain("Event");
        assertThat(live(
                                chain,
                                8,
                                Optional.of(first),
                                first.progress().due().eventsFrom().orElseThrow())
                        .missing())
                .contains("Event");
    }

    private static TargetObservation unasked(String name, Target target) {
        ClusterState seen = new Dump(CaseDump.of(name).objects, List.of()).read(SEEN);
        ClusterState unasked = new ClusterState(
                seen.at(),
                seen.scaledObjects(),
                seen.hpas(),
                seen.workloads(),
                seen.replicaSets(),
                seen.pods(),
                List.of(),
                Optional.of(Set.of()),
                seen.controllers(),
                seen.leases(),
                seen.declared(),
                seen.missing());
        return Observations.of(unasked, Set.of(target)).targets().get(target);
    }

    @Test
    void whatWasReachedOnceHasItsTimeAgainAfterADip() {
        Target target = new Target("x-up-converged", "checkout");
        Diagnosis first = up(CaseDump.of("up-converged"), 7, Optional.empty(), SEEN);
        Diagnosis second = up(CaseDump.of("up-converged"), 7, Optional.of(first), SEEN.plusSeconds(1));
        Instant dip = SEEN.plus(Duration.ofHours(1));
        CaseDump broken = oneLacks();
        Diagnosis third = look(broken, target, 7, Optional.of(second), dip);
        assertThat(third.state()).isEqualTo(State.WAITING);
        assertThat(third.progress().due().deadline()).contains(dip.plus(Checks.DEFAULT.timeout()));
    }

    @Test
    void aDisagreementIsStaleAfterTheGraceAndStaysSoThroughANudgeThatDidNotHelp() {
        Target target = new Target("shop", "r0086");
        CaseDump dump = CaseDump.of("stale-phase-healthy");
        Diagnosis first = look(dump, target, 5, Optional.empty(), SEEN);
        assertThat(first.state()).isEqualTo(State.WAITING);
        Instant end = first.progress().due().deadline().orElseThrow();
        Diagnosis stale = look(dump, target, 5, Optional.of(first), end);
        assertThat(stale.state()).isEqualTo(State.STALE_STATUS);
        CaseDump nudged = CaseDump.of("stale-phase-healthy")
                .set("ReplicaSet", "metadata.annotations[tidewatch.io/nudged-at]", end.toString())
                .set("ReplicaSet", "metadata.resourceVersion", "999999");
        Diagnosis again = look(nudged, target, 5, Optional.of(stale), end.plusSeconds(1));
        assertThat(again.state()).isEqualTo(State.STALE_STATUS);
        assertThat(again.cause()).isEqualTo(stale.cause());
    }

    @Test
    void theForecastSaysWhenArgoRolloutsWouldTurnDegraded() {
        Target target = new Target("shop", "r0086");
        Observation seen = Observations.of(
                new Dump(CaseDump.of("stale-phase-healthy").objects, List.of()).read(SEEN), Set.of(target));
        StatusForecast forecast =
                StatusForecast.of(seen.targets().get(target).rollout().orElseThrow());
        assertThat(forecast.phase()).isEqualTo("Healthy");
        assertThat(forecast.degradedFrom()).contains(Instant.parse("2026-11-23T18:39:16Z"));
        ObjectMeta meta = seen.targets().get(target).rollout().orElseThrow().meta();
        assertThat(meta.name()).isEqualTo("r0086");
    }
}
