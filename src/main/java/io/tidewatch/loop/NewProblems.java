package io.tidewatch.loop;

import io.tidewatch.model.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The problems of a commit to report: those that the commit before did not have, and the number of the others. A note is said once and
 * not counted again.
 *
 * @param fresh in the order of the commit
 * @param asBefore how many others the commit has, which were reported before
 */
public record NewProblems(List<Problem> fresh, int asBefore) {

    public NewProblems {
        fresh = List.copyOf(fresh);
    }

    /** Two problems with the same place are one problem. A problem that moved to another line is reported again. */
    private record Place(String file, int line, String code, String message) {

        static Place of(Problem problem) {
            return new Place(problem.file(), problem.line(), problem.code(), problem.message());
        }
    }

    /** @param before problems of the commit of the same source that was read before; none for the first commit */
    public static NewProblems of(List<Problem> before, List<Problem> now) {
        Set<Place> known = new HashSet<>();
        before.forEach(problem -> known.add(Place.of(problem)));
        List<Problem> fresh = now.stream()
                .filter(problem -> !known.contains(Place.of(problem)))
                .toList();
        long repeated = now.stream()
                .filter(problem -> !problem.isNote() && known.contains(Place.of(problem)))
                .count();
        return new NewProblems(fresh, (int) repeated);
    }
}
