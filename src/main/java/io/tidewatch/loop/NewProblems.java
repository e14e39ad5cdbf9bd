package io.tidewatch.loop;

import io.tidewatch.model.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be said of a commit's problems: those that the commit read before it did not have, and how many stay.
 *
 * @param fresh in the order of the commit
 * @param asBefore how many others it has, which were said before
 */
public record NewProblems(List<Problem> fresh, int asBefore) {

    public NewProblems {
        fresh = List.copyOf(fresh);
    }

    /** By these two problems are one; a line further down is another place, and said again. */
    private record Place(String file, int line, String code, String message) {

        static Place of(Problem problem) {
            return new Place(problem.file(), problem.line(), problem.code(), problem.message());
        }
    }

    /** @param before problems of the commit of the same source that was read last; none where it is the first */
    public static NewProblems of(List<Problem> before, List<Problem> now) {
        Set<Place> known = new HashSet<>();
        before.forEach(problem -> known.add(Place.of(problem)));
        List<Problem> fresh = now.stream()
                .filter(problem -> !known.contains(Place.of(problem)))
                .toList();
        return new NewProblems(fresh, now.size() - fresh.size());
    }
}
