package io.tidewatch.night;

import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.night.Episode.Moment;
import io.tidewatch.night.NightWebhook.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something happens to the leader, or to PostgreSQL, while incidents open, wait to be announced, are announced, or end. What people were told
 * is proved from the log of the receiver.
 */
@Tag("full")
@Timeout(value = 12, unit = TimeUnit.HOURS)
class AnnouncedIncidentsTest {

    private static final int EPISODES = Integer.getInteger("tidewatch.announced.episodes", 1);
    private static final int REPLICAS = Integer.getInteger("tidewatch.announced.replicas", 3);
    private static final long SEED = Long.getLong("tidewatch.announced.seed", 20_261_130);
    private static final int TARGETS = 3;

    /** From the start of the replicas to the first edge, for the commit with the schedule. */
    private static final Duration LEAD = Duration.ofSeconds(25);

    /** Longer than a takeover. */
    private static final Duration WINDOW = Duration.ofSeconds(60);

    /** Longer than a takeover that begins 25 s after the edge: the next leader does not know the incidents. */
    private static final Duration LONGER_WINDOW = Duration.ofSeconds(75);

    /** From one edge to the next window: 30 s until incidents are resolved, a trouble, and the start of a process. */
    private static final Duration APART = Duration.ofSeconds(80);

    /** For the claims of processes that died, which end after 90 s, and for messages that are tried again. */
    private static final Duration LAST = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private List<Episode> episodes(Duration window, List<Moment> moments, List<Trouble> troubles) {
        Instant first = Instant.now().plus(LEAD);
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < EPISODES; i++) {
            Instant opens = first.plus(window.plus(APART).multipliedBy(i));
            episodes.add(Episode.drawn(i, opens, window, moments, troubles, random));
        }
        return episodes;
    }

    /** With a journal that is shared, each incident is announced once, unless the sender could not write down that it was. */
    @Test
    void eachIncidentIsAnnouncedAndItsEndToo() throws IOException {
        try (PostgresServer journal = PostgresServer.start();
                AnnouncedNight night = new AnnouncedNight(folder, TARGETS, Optional.of(journal), random)) {
            night.start(REPLICAS);
            List<Episode> episodes = episodes(WINDOW, List.of(Moment.values()), List.of(Trouble.values()));
            if (EPISODES == 1) {
                episodes.set(0, episodes.get(0).but(Moment.AT_DELIVERY, Trouble.KILLED, Answer.NEVER));
            }
            night.commit(episodes);
            episodes.forEach(night::play);
            WrittenRows rows = WrittenRows.of(journal::connect, "tidewatch");
            night.group()
                    .await(
                            "each end is announced",
                            Instant.now().plus(LAST),
                            () -> rows.openIncidents().isEmpty()
                                    && rows.undelivered().isEmpty());
            night.announcements().assertEachIncidentIsAnnounced(rows);
            Announcements.assertEachWindowHasItsIncidents(rows, episodes, night.targets());
            night.assertOneWriterInEachTerm(episodes);
        }
    }

    /** With a journal each, a new leader announces again what lasts, and the start says so. */
    @Test
    void whatLastsIsAnnouncedByWhoeverLeadsAlsoWithoutASharedJournal() throws IOException {
        try (AnnouncedNight night = new AnnouncedNight(folder, TARGETS, Optional.empty(), random)) {
            night.start(2);
            List<Episode> episodes = episodes(
                    LONGER_WINDOW,
                    List.of(Moment.AT_THE_RISE, Moment.WHILE_IT_WAITS, Moment.AT_DELIVERY),
                    Trouble.OF_THE_CLUSTER);
            if (EPISODES == 1) {
                episodes.set(0, episodes.get(0).but(Moment.AT_THE_RISE, Trouble.KILLED, Answer.NEVER));
            }
            night.commit(episodes);
            night.group()
                    .await(
                            "what a takeover loses is said",
                            Instant.now().plus(LAST),
                            () -> night.group().said().contains("a takeover loses the messages that are not sent yet"));
            for (Episode episode : episodes) {
                night.play(episode);
                night.targets()
                        .forEach(target -> night.group()
                                .await(
                                        target + " of " + episode,
                                        Instant.now().plus(LAST),
                                        () -> night.announcements().isAnnounced(episode, target)));
            }
            night.assertOneWriterInEachTerm(episodes);
        }
    }
}
