package io.tidewatch.alert;

import static io.tidewatch.alert.Given.CART;
import static io.tidewatch.alert.Given.LAG;
import static io.tidewatch.alert.Given.lagging;
import static io.tidewatch.alert.Given.over;
import static io.tidewatch.alert.Given.sent;
import static io.tidewatch.alert.Given.stale;
import static io.tidewatch.alert.Given.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.Incident;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final Duration HELD = Duration.ofSeconds(30);
    private static final Alerting TO_CHAT = new Alerting(List.of(), List.of(), List.of("chat"), Optional.empty());
    private static final Incident FIRST = lagging(CART, LAG);

    private static Incident another(String name, Instant opened) {
        return lagging(new Target("shop", name), opened);
    }

    private static List<Conversation> joined(List<Conversation> running, Incident... opened) {
        return Conversations.joined(List.of(opened), TO_CHAT, running);
    }

    @Test
    void incidentsThatOpenInOnePassForOneCauseAreOneMessage() {
        Incident second = another("checkout", LAG);

        assertThat(joined(List.of(), second, FIRST)).containsExactly(told("chat", FIRST, second));
    }

    @Test
    void whatOpensWithinThirtySecondsJoins() {
        Incident late = another("checkout", LAG.plus(HELD).minusNanos(1));

        assertThat(joined(List.of(told("chat", FIRST)), late)).containsExactly(told("chat", FIRST, late));
    }

    @Test
    void anIncidentThatOpensThirtySecondsLaterHasAMessageOfItsOwn() {
        Incident late = another("checkout", LAG.plus(HELD));

        assertThat(joined(List.of(told("chat", FIRST)), late)).containsExactly(told("chat", late));
    }

    @Test
    void theThirtySecondsCountFromTheFirstSoThatNobodyIsHeldLonger() {
        Incident second = another("checkout", LAG.plusSeconds(20));
        List<Conversation> two = joined(List.of(told("chat", FIRST)), second);
        Incident third = another("search", LAG.plusSeconds(40));

        assertThat(Conversations.due(two.get(0))).isEqualTo(LAG.plus(HELD));
        assertThat(joined(two, third)).containsExactly(told("chat", third));
    }

    @Test
    void anotherCauseIsAnotherConversation() {
        Incident other = Given.incident(
                new Target("shop", "checkout"), LAG, State.AVAILABILITY_LAG, Optional.of(Cause.IMAGE_PULL), "lags");
        Incident unknown =
                Given.incident(new Target("shop", "search"), LAG, State.AVAILABILITY_LAG, Optional.empty(), "lags");

        assertThat(joined(List.of(told("chat", FIRST)), other, unknown, stale(new Target("shop", "pay"), LAG)))
                .extracting(Conversation::about)
                .allMatch(about -> about.size() == 1)
                .hasSize(3);
    }

    @Test
    void nobodyJoinsWhatMayHaveBeenRead() {
        Incident second = another("checkout", LAG.plusSeconds(1));

        assertThat(joined(List.of(sent("chat", FIRST)), second)).containsExactly(told("chat", second));
    }

    private static Incident numbered(int i) {
        return another("app-" + i, LAG.plusNanos(i));
    }

    /** Bytes that this thread takes, which count the work without a clock. */
    private static long allocated(Runnable work) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Incidents that all join one conversation, and as many conversations of other receivers that stand beside. */
    @Test
    void fourTimesTheIncidentsAreFourTimesTheWork() {
        int many = 500;
        joinsAmongMany(many);
        long once = allocated(() -> joinsAmongMany(many));
        long fourTimes = allocated(() -> joinsAmongMany(4 * many));

        assertThat(fourTimes)
                .as("%d bytes, and %d for a quarter", fourTimes, once)
                .isLessThan(6 * once);
    }

    private static void joinsAmongMany(int many) {
        List<Incident> opened =
                IntStream.range(0, many).mapToObj(ConversationsTest::numbered).toList();
        List<Conversation> beside =
                opened.stream().map(one -> told("mail", one)).toList();

        List<Conversation> begun = Conversations.joined(opened, TO_CHAT, beside);

        assertThat(begun.size()).isEqualTo(1);
        assertThat(begun.get(0).about().size()).isEqualTo(many);
        assertThat(Conversations.now(beside, begun).size()).isEqualTo(many + 1);
    }

    /** Of two that are open, the one that nobody joined for longer; one whose time is over stands in nobody's way. */
    @Test
    void theFirstThatIsStillOpenIsJoined() {
        Incident early = another("early", LAG.minus(HELD));
        Incident second = another("second", LAG.plusSeconds(1));
        Incident newcomer = another("newcomer", LAG.plusSeconds(2));
        Incident other = another("other", LAG.plusSeconds(3));

        assertThat(joined(List.of(told("chat", early), told("chat", FIRST), told("chat", second)), newcomer, other))
                .containsExactly(told("chat", FIRST, newcomer), told("chat", second, other));
    }

    @Test
    void eachReceiverHearsOfItsOwnIncidentsOnly() {
        Alerting byNamespace = new Alerting(
                List.of(),
                List.of(new Alerting.Route(Set.of("shop"), Set.of(), List.of("chat", "mail"))),
                List.of("mail"),
                Optional.empty());
        Incident elsewhere = lagging(new Target("bank", "ledger"), LAG);

        assertThat(Conversations.joined(List.of(FIRST, elsewhere), byNamespace, List.of()))
                .containsExactlyInAnyOrder(told("chat", FIRST), told("mail", elsewhere, FIRST));
    }

    @Test
    void aConversationEndsWithTheLastOfItsIncidents() {
        Incident second = another("checkout", LAG);
        Incident firstOver = over(FIRST, LAG.plusSeconds(60), "7 of 7 available");
        Incident secondOver = over(second, LAG.plusSeconds(90), "7 of 7 available");

        assertThat(Conversations.resolved(List.of(firstOver), List.of(sent("chat", FIRST, second))))
                .isEmpty();
        assertThat(Conversations.resolved(List.of(secondOver), List.of(sent("chat", firstOver, second))))
                .containsExactly(sent("chat", firstOver, secondOver));
        assertThat(Conversations.resolved(List.of(firstOver, secondOver), List.of(sent("chat", FIRST, second))))
                .containsExactly(sent("chat", firstOver, secondOver));
    }

    @Test
    void receiversWithoutTheBeginningDoNotGetTheEnd() {
        assertThat(Conversations.resolved(List.of(over(FIRST, LAG.plusSeconds(60), "fine")), List.of()))
                .isEmpty();
    }

    /** However incidents come: each is told once to each receiver, at most 30 s after it opened, with one cause only. */
    @Test
    void noMessageIsForgottenSentTwiceOrHeldLonger() {
        long seed = 20261124;
        for (int round = 0; round < 200; round++) {
            SplittableRandom random = new SplittableRandom(seed + round);
            List<Conversation> running = new ArrayList<>();
            List<Incident> all = new ArrayList<>();
            Instant now = LAG;
            for (int look = 0; look < 12; look++) {
                now = now.plusMillis(random.nextInt(20_000));
                Instant at = now;
                running = new ArrayList<>(running.stream()
                        .map(one -> Conversations.due(one).isAfter(at)
                                ? one
                                : new Conversation(one.id(), one.receiver(), one.about(), true))
                        .toList());
                List<Incident> opened = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    opened.add(Given.incident(
                            new Target("shop", "t" + all.size() + "-" + i),
                            now,
                            State.AVAILABILITY_LAG,
                            random.nextBoolean() ? Optional.of(Cause.UNSCHEDULABLE) : Optional.empty(),
                            "lags"));
                }
                all.addAll(opened);
                running = Conversations.now(running, Conversations.joined(opened, TO_CHAT, running));
            }
            List<String> told = running.stream()
                    .flatMap(one -> one.about().stream())
                    .map(Incident::id)
                    .toList();
            assertThat(told)
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(Incident::id).toList());
            assertThat(new HashSet<>(told)).hasSameSizeAs(told);
            assertThat(running)
                    .allSatisfy(one -> assertThat(one.about())
                            .extracting(Incident::cause)
                            .containsOnly(one.about().get(0).cause()))
                    .allSatisfy(one -> assertThat(Duration.between(
                                    one.about().stream()
                                            .map(Incident::opened)
                                            .min(Comparator.naturalOrder())
                                            .orElseThrow(),
                                    Conversations.due(one)))
                            .isEqualTo(HELD));
        }
    }

    @Test
    void theLoudestCountsForAll() {
        Incident loud = FIRST;
        Incident quiet = new Incident(
                "shop/pay@1",
                new Target("shop", "pay"),
                loud.window(),
                loud.state(),
                loud.cause(),
                Severity.WARNING,
                List.of(),
                LAG,
                Optional.empty(),
                loud.summary());

        assertThat(Given.announced(
                        Given.lagging(LAG, quiet, loud), Given.opened(LAG, quiet, loud), TO_CHAT, List.of(), List.of()))
                .singleElement()
                .satisfies(message -> assertThat(message.severity()).isEqualTo(Severity.CRITICAL));
    }
}
