package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.proof.RawBlame;
import io.tidewatch.proof.RawProof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every golden dump with objects dropped, doubled or multiplied, statuses dropped, fields dropped, retyped, negative,
 * huge or a little off, and times moved: never an exception, never Converged or StaleStatus without each piece of
 * what docs/diagnosis.md demands, as {@link RawProof} finds it in the raw objects, and never kube-controller-manager or a lower
 * ordinal blamed without what {@link RawBlame} finds. How many: {@code -Dtidewatch.mutations=N}; folders of recorded dumps beside
 * the golden ones: {@code -Dtidewatch.mutations.dumps=DIR,DIR}.
 */
class MutationTest {

    private static final long SEED = 20261124;
    private static final int MUTATIONS = Integer.getInteger("tidewatch.mutations", 3_000);

    /** Folders with recorded dumps, to be mutated as well. */
    private static final List<GoldenDump> DUMPS = Stream.concat(
                    GoldenDump.all().stream(),
                    Stream.of(System.getProperty("tidewatch.mutations.dumps", "")
                                    .split(",", -1))
                            .filter(folder -> !folder.isBlank())
                            .flatMap(folder -> GoldenDump.in(Path.of(folder)).stream()))
            .toList();

    @Test
    void nothingThrowsAndNothingIsProvenWithoutProof() {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<State, Integer> answers = new EnumMap<>(State.class);
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            GoldenDump which = DUMPS.get(random.nextInt(DUMPS.size()));
            List<Map<String, Object>> objects = Mutation.of(which.objects(), random);
            GoldenDump.Answer answer = which.ask(objects);
            Diagnosis diagnosis = answer.diagnosis();
            answers.merge(diagnosis.state(), 1, Integer::sum);
            List<String> lacking = lacking(objects, which, answer);
            if (!lacking.isEmpty()) {
                broken.add("mutation %d of %s: %s: %s".formatted(i, which.file(), diagnosis.summary(), lacking));
            }
        }
        System.out.printf("%d mutations of %d answers with seed %d: %s%n", MUTATIONS, DUMPS.size(), SEED, answers);
        assertThat(broken).isEmpty();
        assertThat(answers).containsKeys(State.CONVERGED, State.STALE_STATUS, State.UNKNOWN, State.WAITING);
    }

    private static List<String> lacking(
            List<Map<String, Object>> objects, GoldenDump golden, GoldenDump.Answer answer) {
        Diagnosis diagnosis = answer.diagnosis();
        String namespace = golden.target().namespace();
        String name = golden.target().name();
        Stream<String> accused = diagnosis.causes().stream()
                .map(Cause::word)
                .filter(cause -> !RawBlame.isShown(objects, namespace, name, cause))
                .map(cause -> cause + " is not shown");
        boolean isProven = diagnosis.state().isConverged() || diagnosis.state() == State.STALE_STATUS;
        return Stream.concat(
                        accused,
                        isProven
                                ? RawProof.lacking(
                                        objects,
                                        namespace,
                                        name,
                                        golden.desired(),
                                        diagnosis.state().word(),
                                        answer.at())
                                        .stream()
                                : Stream.empty())
                .toList();
    }

    /** What is not there is no evidence: every second dump is changed otherwise before. */
    @Test
    void whatIsRemovedMakesNoStatementMoreCertain() {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<State, Integer> turned = new EnumMap<>(State.class);
        List<GoldenDump.Answer> unchanged = DUMPS.stream().map(GoldenDump::ask).toList();
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            int number = random.nextInt(DUMPS.size());
            GoldenDump which = DUMPS.get(number);
            List<Map<String, Object>> objects = i % 2 == 0 ? which.objects() : Mutation.of(which.objects(), random);
            Removal.Removed removed = Removal.of(objects, random);
            GoldenDump.Answer asked = i % 2 == 0 ? unchanged.get(number) : which.ask(objects);
            Diagnosis before = asked.diagnosis();
            Diagnosis after = which.at(asked.at()).ask(removed.objects()).diagnosis();
            turned.merge(after.state(), 1, Integer::sum);
            if (isMoreCertain(before, after)) {
                broken.add("removal %d, %s from %s: %s → %s: %s"
                        .formatted(i, removed.what(), which.file(), shown(before), shown(after), after.summary()));
            }
        }
        System.out.printf("%d removals of %d answers with seed %d: %s%n", MUTATIONS, DUMPS.size(), SEED, turned);
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
