package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletedClaimsTest {

    @ParameterizedTest(name = "{0} from ordinal {1}, {2} to {3} pods: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            data                    | 0   | 6  | 5 | data-db-5
            data                    | 0   | 7  | 5 | data-db-5 and data-db-6
            data                    | 0   | 8  | 5 | data-db-5 to data-db-7
            data                    | 0   | 2  | 0 | data-db-0 and data-db-1
            data                    | 100 | 7  | 5 | data-db-105 and data-db-106
            data log                | 0   | 6  | 5 | data-db-5, log-db-5
            data log wal            | 0   | 20 | 5 | data-db-5 to data-db-19, log-db-5 to log-db-19, wal-db-5 to wal-db-19
            data log wal tmp spare  | 0   | 6  | 5 | data-db-5, log-db-5, wal-db-5 and those of 2 more templates
            """)
    void names(String templates, int first, int pods, int fewer, String expected) {
        assertThat(new DeletedClaims("db", first, List.of(templates.trim().split(" "))).names(pods, fewer))
                .isEqualTo(expected);
    }

    /** Every claim that goes is named or lies between two that are; no claim of a pod that stays is. */
    @Test
    void exactlyTheOrdinalsOfThePodsThatGo() {
        Random random = new Random(20261130);
        for (int round = 0; round < 500; round++) {
            int first = random.nextInt(5);
            int fewer = random.nextInt(20);
            int pods = fewer + 1 + random.nextInt(20);
            String names = new DeletedClaims("db", first, List.of("data")).names(pods, fewer);

            assertThat(ordinals(names))
                    .as("%s: %d to %d pods from ordinal %d", names, pods, fewer, first)
                    .containsExactlyElementsOf(
                            IntStream.range(first + fewer, first + pods).boxed().toList());
        }
    }

    private static List<Integer> ordinals(String names) {
        List<Integer> ends = Arrays.stream(names.split(" (?:and|to) "))
                .map(name -> Integer.valueOf(name.substring("data-db-".length())))
                .toList();
        return names.contains(" to ")
                ? IntStream.rangeClosed(ends.get(0), ends.get(1)).boxed().toList()
                : new ArrayList<>(ends);
    }
}
