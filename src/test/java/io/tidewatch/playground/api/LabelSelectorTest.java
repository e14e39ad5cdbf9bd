package io.tidewatch.playground.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    private static final JsonNode WEB =
            RandomObjects.json("{'metadata':{'labels':{'app':'web','tier':'front','example.com/x':'1.0'}}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | true",
                "app==web | true",
                "app=cart | false",
                "app!=web | false",
                "missing!=web | true",
                "app in (cart, web) | true",
                "app in (cart) | false",
                "app notin (cart,api) | true",
                "missing notin (cart) | true",
                "tier | true",
                "missing | false",
                "!missing | true",
                "!app | false",
                "example.com/x=1.0 | true",
                "app in (web,cart),tier=front,!missing | true",
                "app in (web,cart),tier=back | false",
            })
    void selects(String selector, boolean selected) {
        assertThat(LabelSelector.parse(selector).test(WEB)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in (web", "app=web=cart", "a b", "app >> 3"})
    void rejectsWhatItCannotRead(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).isInstanceOf(ApiFailure.class);
    }
}
