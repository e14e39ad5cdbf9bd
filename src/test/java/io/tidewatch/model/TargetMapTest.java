package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetMapTest {

    private static final Target A = new Target("a", "z");
    private static final Target B = new Target("b", "a");
    private static final Target C = new Target("b", "b");

    /** The oracle is the JDK's own tree. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsATreeDoes(long seed) {
        Random random = new Random(seed);
        Map<Target, Integer> any = new LinkedHashMap<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            any.put(target(random), random.nextInt());
        }
        SortedMap<Target, Integer> tree = new TreeMap<>(any);
        TargetMap<Integer> map = TargetMap.copyOf(any);

        assertThat(map).isEqualTo(tree);
        assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(tree.keySet()));
        assertThat(new ArrayList<>(map.values())).isEqualTo(new ArrayList<>(tree.values()));
        for (int i = 0; i < 40; i++) {
            Target asked = target(random);
            assertThat(map.get(asked)).isEqualTo(tree.get(asked));
            assertThat(map.containsKey(asked)).isEqualTo(tree.containsKey(asked));
            assertThat(map.headMap(asked)).isEqualTo(tree.headMap(asked));
            assertThat(map.tailMap(asked)).isEqualTo(tree.tailMap(asked));
        }
    }

    private static Target target(Random random) {
        return new Target("n" + random.nextInt(4), "t" + random.nextInt(10));
    }

    @Test
    void firstAndLastAreThoseOfTheOrder() {
        TargetMap<Integer> map = TargetMap.copyOf(Map.of(C, 3, A, 1, B, 2));

        assertThat(map.firstKey()).isEqualTo(A);
        assertThat(map.lastKey()).isEqualTo(C);
        assertThat(map.subMap(B, C)).isEqualTo(Map.of(B, 2));
        assertThat(List.copyOf(map.values())).containsExactly(1, 2, 3);
    }

    @Test
    void isACopyAndUnmodifiable() {
        Map<Target, Integer> given = new HashMap<>(Map.of(A, 1));
        TargetMap<Integer> map = TargetMap.copyOf(given);
        given.put(B, 2);

        assertThat(map).isEqualTo(Map.of(A, 1));
        assertThat(TargetMap.copyOf(map)).isSameAs(map);
        assertThatThrownBy(() -> map.put(B, 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.keySet().remove(A)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
