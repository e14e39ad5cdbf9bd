package io.tidewatch.preflight.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.preflight.quota.QuotaAnswer.TooLittle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several raises in one namespace, whose quota has room for four more pods. */
class NamespaceRoomTest {

    private static final Instant FIRST = Instant.parse("2026-11-25T13:20:00Z");
    private static final Instant LATER = Instant.parse("2026-11-25T13:30:00Z");
    private static final ResourceQuotaView PODS = new ResourceQuotaView(
            "shop", "pods", Map.of("pods", BigDecimal.TEN), Map.of("pods", BigDecimal.valueOf(6)), List.of(), Set.of());

    private final NamespaceRoom room =
            new NamespaceRoom(new Quotas(List.of(PODS), List.of(), Set.of("shop"), Map.of()), "shop");

    @Test
    void raisesThatFitAloneAreFoundWhereTheyDoNotFitTogether() {
        room.add(FIRST, pods(2));
        room.add(FIRST, pods(3));

        QuotaState state = room.of(FIRST, pods(2));

        assertThat(state.lack()).isEmpty();
        assertThat(state.shared()).hasValueSatisfying(lack -> {
            assertThat(((TooLittle) lack).pods()).isEqualTo(4);
            assertThat(((TooLittle) lack).wanted()).isEqualTo(5);
        });
    }

    @Test
    void aRaiseThatComesLaterTakesNoRoomFromAnEarlierOne() {
        room.add(FIRST, pods(2));
        room.add(LATER, pods(3));

        assertThat(room.of(FIRST, pods(2)).shared()).isEmpty();
        assertThat(room.of(LATER, pods(3)).shared()).isPresent();
    }

    @Test
    void aRaiseAloneIsJudgedAlone() {
        room.add(FIRST, pods(5));

        assertThat(room.of(FIRST, pods(5)).lack()).isPresent();
        assertThat(room.of(FIRST, pods(5)).shared()).isEmpty();
    }

    @Test
    void aRaiseWithoutNewPodsAsksForNoRoom() {
        room.add(FIRST, pods(5));
        room.add(FIRST, List.of());

        assertThat(room.of(FIRST, List.of())).isEqualTo(QuotaState.NONE);
    }

    @Test
    void quotasThatMayNotBeListedAreSaidOnceForEachRaise() {
        NamespaceRoom rejected = new NamespaceRoom(
                new Quotas(List.of(), List.of(), Set.of(), Map.of("shop", "the permission is missing")), "shop");
        rejected.add(FIRST, pods(1));

        assertThat(rejected.of(FIRST, pods(1)).rejected()).contains("the permission is missing");
    }

    private static List<Demand> pods(int count) {
        PodNeeds pod = new PodNeeds(List.of(), List.of(), Map.of(), false, Optional.empty(), false, Optional.empty());
        return List.of(new Demand(pod, count));
    }
}
