package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewProblemsTest {

    private static final Problem WRONG = problem("a.yaml", 3, "wrong-value", "minReplicas must be a number");
    private static final Problem UNKNOWN =
            problem("b.yaml", 7, "unknown-field", "minReplica: did you mean minReplicas?");

    private static Problem problem(String file, int line, String code, String message) {
        return new Problem(file, line, "spec", Problem.Severity.ERROR, code, message);
    }

    @Test
    void ofTheFirstCommitAllIsNew() {
        assertThat(NewProblems.of(List.of(), List.of(WRONG, UNKNOWN)))
                .isEqualTo(new NewProblems(List.of(WRONG, UNKNOWN), 0));
    }

    @Test
    void whatTheLastCommitHadIsOnlyCounted() {
        assertThat(NewProblems.of(List.of(WRONG), List.of(WRONG, UNKNOWN)))
                .isEqualTo(new NewProblems(List.of(UNKNOWN), 1));
        assertThat(NewProblems.of(List.of(WRONG, UNKNOWN), List.of(WRONG, UNKNOWN)))
                .isEqualTo(new NewProblems(List.of(), 2));
    }

    /** A note is nothing that stays to be done. */
    @Test
    void aNoteIsSaidOnceAndNotCountedAgain() {
        Problem note = new Problem("a.yaml", 5, "spec", Problem.Severity.NOTE, "pods-not-followed", "of a CloneSet");

        assertThat(NewProblems.of(List.of(), List.of(note))).isEqualTo(new NewProblems(List.of(note), 0));
        assertThat(NewProblems.of(List.of(note, WRONG), List.of(note, WRONG))).isEqualTo(new NewProblems(List.of(), 1));
    }

    @Test
    void fixedProblemsAreNotCounted() {
        assertThat(NewProblems.of(List.of(WRONG, UNKNOWN), List.of(UNKNOWN))).isEqualTo(new NewProblems(List.of(), 1));
        assertThat(NewProblems.of(List.of(WRONG), List.of())).isEqualTo(new NewProblems(List.of(), 0));
    }

    @Test
    void anotherFileLineCodeOrMessageIsAnotherProblem() {
        List<Problem> others = List.of(
                problem("c.yaml", 3, "wrong-value", "minReplicas must be a number"),
                problem("a.yaml", 4, "wrong-value", "minReplicas must be a number"),
                problem("a.yaml", 3, "wrong-type", "minReplicas must be a number"),
                problem("a.yaml", 3, "wrong-value", "minReplicas must be positive"));

        assertThat(NewProblems.of(List.of(WRONG), others)).isEqualTo(new NewProblems(others, 0));
    }
}
