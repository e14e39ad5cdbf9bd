package io.tidewatch.night;

import static io.tidewatch.night.Neighbourhood.EVIL;
import static io.tidewatch.night.Neighbourhood.GOOD;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever shares an instance with a bad neighbour notices nothing of it: while the neighbour does its worst every edge of the
 * other source is carried out on time, and when it is gone everything goes on by itself.
 *
 * <p>{@code -Dtidewatch.neighbour.only=REGEX} plays the neighbours alone whose name matches.
 */
@Tag("full")
class OneBadNeighbourTest {

    private static final int EDGES = 3;
    private static final String ONLY = System.getProperty("tidewatch.neighbour.only", ".*");

    @TempDir
    private Path folder;

    static Stream<BadNeighbours.Kind> kinds() {
        return BadNeighbours.kinds()
                .map(kind -> kind.only(ONLY))
                .filter(kind -> !kind.neighbours().isEmpty());
    }

    /** One after the other, in one application. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void nobodyElseNoticesOneOfThem(BadNeighbours.Kind kind) {
        try (Neighbourhood among = begun(kind.neighbours())) {
            for (BadNeighbour neighbour : kind.neighbours()) {
                among.is(neighbour.what());
                neighbour.begin(among);
                among.assertOnTime(GOOD, EDGES);
                neighbour.assertAnswered(among);
                neighbour.end(among);
                among.awaitOnTime(EVIL);
            }
            among.assertOnTime(GOOD, EDGES);
        }
    }

    @Test
    void norAllOfThemAtOnce() {
        List<BadNeighbour> all =
                kinds().flatMap(kind -> kind.neighbours().stream()).toList();
        try (Neighbourhood among = begun(all)) {
            among.is("all of them");
            all.forEach(neighbour -> neighbour.begin(among));
            among.assertOnTime(GOOD, 4 * EDGES);
            all.forEach(neighbour -> neighbour.assertAnswered(among));
            lastFirst(all).forEach(neighbour -> neighbour.end(among));
            among.awaitOnTime(EVIL);
            among.assertOnTime(GOOD, EDGES);
        }
    }

    /** What is listed last is prepared first: a disk before what lies on it. */
    private Neighbourhood begun(List<BadNeighbour> bad) {
        Neighbourhood among = new Neighbourhood(folder);
        lastFirst(bad).forEach(neighbour -> neighbour.prepare(among));
        among.start();
        among.awaitOnTime(GOOD);
        return among;
    }

    private static List<BadNeighbour> lastFirst(List<BadNeighbour> bad) {
        List<BadNeighbour> reversed = new ArrayList<>(bad);
        Collections.reverse(reversed);
        return reversed;
    }

    @AfterEach
    void unmount() {
        Path state = folder.resolve("state");
        if (SmallDisk.isMounted(state)) {
            SmallDisk.unmount(state);
        }
    }
}
