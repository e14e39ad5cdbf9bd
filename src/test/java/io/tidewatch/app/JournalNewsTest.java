package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.loop.SelfIncidents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a journal that does not work, or does not answer, becomes an incident, and when that is resolved. */
class JournalNewsTest {

    private final Deque<Runnable> inAMinute = new ArrayDeque<>();
    private final JournalNews news = new JournalNews(inAMinute::add);
    private final List<String> reported = new ArrayList<>();
    private final SelfIncidents incidents = new SelfIncidents() {
        @Override
        public void open(String key, String summary) {
            reported.add("open " + key + ": " + summary);
        }

        @Override
        public void resolve(String key, String summary) {
            reported.add("resolve " + key + ": " + summary);
        }
    };

    private void aMinutePasses() {
        List<Runnable> due = List.copyOf(inAMinute);
        inAMinute.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void aJournalThatHangsForAMinuteIsAnIncidentUntilItHasWorkedForAMinute() {
        news.reportTo(incidents);

        news.late("no answer");
        assertThat(reported).isEmpty();
        aMinutePasses();
        assertThat(reported).containsExactly("open journal: no answer");

        news.well("works again");
        assertThat(reported).hasSize(1);
        aMinutePasses();
        assertThat(reported).containsExactly("open journal: no answer", "resolve journal: works again");
    }

    @Test
    void aJournalThatAnswersWithinTheMinuteIsNoIncident() {
        news.reportTo(incidents);

        news.late("no answer");
        news.well("works again");
        aMinutePasses();

        assertThat(reported).containsExactly("resolve journal: works again");
    }

    @Test
    void aHangThatFollowsAnOutageIsTheSameIncident() {
        news.reportTo(incidents);

        news.trouble("the disk is full");
        news.well("works again");
        news.late("no answer");
        aMinutePasses();
        assertThat(reported).as("nothing is resolved while it hangs").noneMatch(report -> report.startsWith("resolve"));

        news.well("works at last");
        aMinutePasses();
        assertThat(reported).last().isEqualTo("resolve journal: works at last");
    }

    @Test
    void whatHappenedBeforeAnybodyListenedIsReported() {
        news.late("no answer");
        aMinutePasses();

        news.reportTo(incidents);

        assertThat(reported).containsExactly("open journal: no answer");
    }
}
