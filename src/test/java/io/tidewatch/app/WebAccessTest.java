package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.HttpAccess;
import io.tidewatch.model.definition.ReplacedText;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.view.Audience;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A file of tokens, which is read at each request. */
class WebAccessTest {

    private final AtomicReference<String> file = new AtomicReference<>("t0ken-of-shop shop");
    private final WebAccess access = new WebAccess(
            new HttpAccess(
                    Optional.of(SecretText.of("t0ken-of-all")), Optional.of(new ReplacedText(file)), Optional.empty()),
            Optional.empty());

    @Test
    void aFileThatChangedCountsAtTheNextRequest() {
        assertThat(access.tokens())
                .isEqualTo(Map.of("t0ken-of-shop", Audience.of(Set.of("shop")), "t0ken-of-all", Audience.ALL));

        file.set("t0ken-of-bank bank");
        assertThat(access.tokens()).containsOnlyKeys("t0ken-of-bank", "t0ken-of-all");
    }

    @Test
    void aFileThatIsTheSameIsNotTakenApartAgain() {
        Map<String, Audience> tokens = access.tokens();

        assertThat(access.tokens()).isSameAs(tokens);
    }
}
