package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {

    private final Shared<List<String>> shared = new Shared<>(2);

    @Test
    void anEqualValueIsTheOneThatCameBefore() {
        List<String> first = List.of("a");

        assertThat(shared.of(first)).isSameAs(first);
        assertThat(shared.of(List.of("a"))).isSameAs(first);
    }

    @Test
    void anotherValueIsItself() {
        for (int number = 0; number < 100; number++) {
            List<String> value = List.of("value " + number);

            assertThat(shared.of(value)).isSameAs(value);
        }
    }
}
