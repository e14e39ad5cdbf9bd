package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

class PullTextsTest {

    private static final Commit COMMIT = new Commit("shop", "c1c1c1c1c1", "Dana", Instant.EPOCH, "night");
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Test
    void aPullThatMissedItsDeadlineNamesTheCommitThatItWasReading() {
        assertThat(PullTexts.givenUp(Optional.of(COMMIT), DEADLINE, false))
                .isEqualTo("commit c1c1c1c (Dana) was not read within 2 min and was given up");
        assertThat(PullTexts.givenUp(Optional.empty(), DEADLINE, true))
                .isEqualTo("the pull did not end within 2 min and was given up; two of its threads hang, so it is not"
                        + " pulled until one of them ends");
    }

    @Test
    void aCommitThatIsSetAsideNamesTheCommitInForce() {
        String begin = "commit c2c2c2c was being read when Tidewatch died, twice; it is set aside until another commit"
                + " comes, and ";

        assertThat(PullTexts.setAside("c2c2c2c2c2", Optional.of(COMMIT), Optional.of("c0c0c0c0c0")))
                .isEqualTo(begin + "commit c1c1c1c, which was read before, is in force");
        assertThat(PullTexts.setAside("c2c2c2c2c2", Optional.empty(), Optional.of("c0c0c0c0c0")))
                .isEqualTo(begin + "commit c0c0c0c stays in force");
        assertThat(PullTexts.setAside("c2c2c2c2c2", Optional.empty(), Optional.empty()))
                .isEqualTo(begin + "nothing of this source is in force");
    }

    @Test
    void aReasonHasAClassAndAPlaceUnlessTheMessageIsOfThisProject() {
        assertThat(PullTexts.reason(new CamelExecutionException("x", null, new IllegalStateException("too much"))))
                .isEqualTo("too much");
        assertThat(PullTexts.reason(new IllegalStateException()))
                .startsWith("java.lang.IllegalStateException at io.tidewatch.loop.source.PullTextsTest");
        assertThat(PullTexts.reason(new NumberFormatException("99")))
                .startsWith("java.lang.NumberFormatException: 99 at io.tidewatch.loop.source.PullTextsTest");
    }
}
