package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceReportsTest {

    private static final Optional<Commit> COMMIT =
            Optional.of(new Commit("shop", "c1c1c1c1c1", "Dana", Instant.EPOCH, "night"));
    private static final Optional<Throwable> FAILURE = Optional.of(new IllegalStateException("no"));
    private static final Optional<String> SKIPPED = Optional.of("c2c2c2c2c2");

    private final List<String> incidents = new ArrayList<>();
    private final SourceReports reports = new SourceReports(
            (source, text) -> {
                throw new IllegalStateException("database or disk is full");
            },
            new SelfIncidents() {
                @Override
                public void open(String key, String summary) {
                    incidents.add("open " + key + ": " + summary);
                }

                @Override
                public void resolve(String key, String summary) {
                    incidents.add("resolve " + key + ": " + summary);
                }
            });

    @Test
    void aDiaryThatCannotBeWrittenDoesNotThrow() {
        reports.write("shop", "answers again after 75 s");

        assertThat(incidents).isEmpty();
    }

    @Test
    void anUnreadableCommitOpensAnIncident() {
        reports.ended("shop", new PullResult(COMMIT, FAILURE, SKIPPED, true, false));

        assertThat(incidents).containsExactly("open source/shop: source shop: commit c1c1c1c cannot be read");
    }

    @Test
    void aCommitThatIsSetAsideOpensAnIncidentAlthoughAnotherWasRead() {
        reports.ended("shop", new PullResult(COMMIT, Optional.empty(), SKIPPED, true, true));

        assertThat(incidents).containsExactly("open source/shop: source shop: commit c2c2c2c is set aside");
    }

    @Test
    void aPullWithoutTroubleResolvesTheIncident() {
        reports.ended("shop", new PullResult(Optional.empty(), Optional.empty(), Optional.empty(), false, false));

        assertThat(incidents).containsExactly("resolve source/shop: source shop is read again");
    }

    @Test
    void aSourceThatDoesNotAnswerAndACommitThatWaitsChangeNoIncident() {
        reports.ended("shop", new PullResult(Optional.empty(), FAILURE, Optional.empty(), false, false));
        reports.ended("shop", new PullResult(Optional.empty(), Optional.empty(), SKIPPED, false, false));

        assertThat(incidents).isEmpty();
    }
}
