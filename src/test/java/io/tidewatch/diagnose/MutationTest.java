package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.proof.RawProof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Every golden dump with objects dropped, doubled or multiplied, statuses dropped, fields dropped, retyped, negative,
 * huge or a little off, and times moved: never an exception, and never Converged or StaleStatus without each piece of
 * what docs/diagnosis.md demands, as {@link RawProof} finds it in the raw objects. How many: {@code
 * -Dtidewatch.mutations=N}.
 */
class MutationTest {

    private static final long SEED = 20261124;
    private static final int MUTATIONS = Integer.getInteger("tidewatch.mutations", 3_000);

    private record Golden(String file, String namespace, String name, int desired, Instant at) {
        static Golden of(Map<String, Object> line) {
            String[] of = line.get("of").toString().split("/");
            return new Golden(
                    line.get("case").toString(),
                    of[0],
                    of[1],
                    (Integer) line.get("wanted"),
                    Instant.parse(line.get("at").toString()));
        }

        Golden at(Instant other) {
            return new Golden(file, namespace, name, desired, other);
        }
    }

    @Test
    void nothingThrowsAndNothingIsProvenWithoutProof() {
        List<Golden> golden = GoldenCasesTest.lines().stream().map(Golden::of).toList();
        List<List<Map<String, Object>>> originals =
                golden.stream().map(one -> CaseDump.of(one.file()).objects).toList();
        SplittableRandom random = new SplittableRandom(SEED);
        Map<State, Integer> answers = new EnumMap<>(State.class);
        for (int i = 0; i < MUTATIONS; i++) {
            int which = random.nextInt(golden.size());
            List<Map<String, Object>> objects = Mutation.of(originals.get(which), random);
            Diagnosis diagnosis = ask(objects, golden.get(which));
            answers.merge(diagnosis.state(), 1, Integer::sum);
            if (diagnosis.state().isConverged() || diagnosis.state() == State.STALE_STATUS) {
                assertThat(lacking(objects, golden.get(which), diagnosis))
                        .as(
                                "seed %d, mutation %d of %s: %s",
                                SEED, i, golden.get(which).file(), diagnosis.summary())
                        .isEmpty();
            }
        }
        System.out.printf("%d mutations with seed %d: %s%n", MUTATIONS, SEED, answers);
        assertThat(answers).containsKeys(State.CONVERGED, State.STALE_STATUS, State.UNKNOWN, State.WAITING);
    }

    /** What is not there is no evidence: every second dump is changed otherwise before. */
    @Test
    void whatIsRemovedMakesNoStatementMoreCertain() {
        List<Golden> golden = GoldenCasesTest.lines().stream().map(Golden::of).toList();
        List<List<Map<String, Object>>> originals =
                golden.stream().map(one -> CaseDump.of(one.file()).objects).toList();
        SplittableRandom random = new SplittableRandom(SEED);
        Map<State, Integer> turned = new EnumMap<>(State.class);
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            Golden which = golden.get(random.nextInt(golden.size()));
            List<Map<String, Object>> original = originals.get(golden.indexOf(which));
            List<Map<String, Object>> objects = i % 2 == 0 ? original : Mutation.of(original, random);
            Removal.Removed removed = Removal.of(objects, random);
            Golden then = which.at(now(objects, which));
            Diagnosis before = ask(objects, then);
            Diagnosis after = ask(removed.objects(), then);
            turned.merge(after.state(), 1, Integer::sum);
            if (isMoreCertain(before, after)) {
                broken.add("removal %d, %s from %s: %s → %s: %s"
                        .formatted(i, removed.what(), which.file(), shown(before), shown(after), after.summary()));
            }
        }
        System.out.printf("%d removals with seed %d: %s%n", MUTATIONS, SEED, turned);
        assertThat(broken).isEmpty();
    }

    private static boolean isMoreCertain(Diagnosis before, Diagnosis after) {
        boolean wasOpen = before.state() == State.UNKNOWN || before.state() == State.WAITING;
        boolean isCertainLag =
                after.state() == State.AVAILABILITY_LAG && after.certainty() == Diagnosis.Certainty.CERTAIN;
        boolean isSame = before.state() == after.state() && before.cause().equals(after.cause());
        boolean wasFine = before.state().isConverged() || before.state() == State.STALE_STATUS;
        return (wasOpen && (isCertainLag || after.state().isConverged()))
                || (wasFine && isCertainLag)
                || (isSame && after.certainty().compareTo(before.certainty()) < 0);
    }

    private static String shown(Diagnosis diagnosis) {
        return diagnosis.state().word() + " "
                + diagnosis.cause().map(Object::toString).orElse("-") + " " + diagnosis.certainty();
    }

    private static List<String> lacking(List<Map<String, Object>> objects, Golden golden, Diagnosis diagnosis) {
        return RawProof.lacking(
                objects,
                golden.namespace(),
                golden.name(),
                golden.desired(),
                diagnosis.state().word(),
                now(objects, golden));
    }

    private static Instant now(List<Map<String, Object>> objects, Golden golden) {
        return new Dump(objects, List.of()).read(golden.at()).at();
    }

    private static Diagnosis ask(List<Map<String, Object>> objects, Golden golden) {
        Target target = new Target(golden.namespace(), golden.name());
        Observation seen = Observations.of(new Dump(objects, List.of()).read(golden.at()), Set.of(target));
        return Diagnoser.diagnose(DiagnosisInput.onDump(
                seen.targets().get(target),
                seen.controllers(),
                OptionalInt.of(golden.desired()),
                Checks.DEFAULT,
                seen.at()));
    }

    @Test
    void tenThousandPodsAreJudgedByTheOnesThatTheReplicaSetsOwn() {
        CaseDump dump = CaseDump.of("up-converged");
        List<Map<String, Object>> more = new ArrayList<>();
        for (Map<String, Object> object : dump.objects) {
            if ("Pod".equals(object.get("kind"))) {
                for (int i = 0; i < 1_500; i++) {
                    more.add(Mutation.renamed(object, i));
                }
            }
        }
        dump.objects.addAll(more);
        Set<Map<String, Object>> added = Collections.newSetFromMap(new IdentityHashMap<>());
        added.addAll(more);
        assertThat(dump.ask("x-up-converged", "checkout", 7, "2026-11-23T17:15:25Z")
                        .state())
                .isEqualTo(State.CONVERGED);
        dump.objects.removeIf(object -> "Pod".equals(object.get("kind")) && !added.contains(object));
        dump.setWhere("Pod", added::contains, "metadata.deletionTimestamp", "2026-11-23T17:15:20Z");
        assertThat(dump.ask("x-up-converged", "checkout", 7, "2026-11-23T17:15:25Z")
                        .state())
                .isEqualTo(State.WAITING);
    }
}
