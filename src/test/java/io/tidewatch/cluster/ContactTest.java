package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.tidewatch.MovedClock;
import io.tidewatch.cluster.Watched.Collection;
import java.net.ConnectException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real API servers were away for two minutes, and nobody said so: watches connect again without a word. */
class ContactTest {

    private static final Instant CUT = Instant.parse("2026-11-25T14:40:30Z");
    private static final String PODS = "/api/v1/namespaces/shop/pods?allowWatchBookmarks=true&watch=true";
    private static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts?watch=true";

    private static final Collection POD = new Collection("shop", Kinds.POD);
    private static final Collection ROLLOUT = new Collection("shop", Kinds.ROLLOUT);
    private static final String POD_LIST = "/api/v1/namespaces/shop/pods?resourceVersion=0";
    private static final String EVENTS = "/api/v1/namespaces/shop/events?watch=true&fieldSelector=";

    private final List<String> said = new ArrayList<>();
    private final MovedClock clock = new MovedClock(CUT);
    private final Contact contact = new Contact(clock);

    @BeforeEach
    void listen() {
        contact.listen(new Contact.Listener() {
            @Override
            public void unanswered(Throwable why) {
                said.add("lost: " + why.getMessage());
            }

            @Override
            public void refused(Collection what, int code) {
                said.add(what.suffix() + ": " + code);
            }

            @Override
            public void changed() {
                said.add("look");
            }
        });
        contact.expect(POD);
        contact.expect(ROLLOUT);
        contact.expect(new Collection("shop", Kinds.EVENT));
    }

    @Test
    void aHiccupIsNotWorthALine() {
        fails(PODS, 0);
        fails(PODS, 5);
        answers(PODS);

        assertThat(said).isEmpty();
        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aWatchThatDoesNotGetThroughForLongerIsSaidOnceAndItsEndAsWell() {
        fails(PODS, 0);
        fails(ROLLOUTS, 1);
        fails(PODS, 10);
        fails(ROLLOUTS, 17);
        assertThat(contact.isLost()).isTrue();

        answers(PODS);
        assertThat(contact.isLost()).isTrue();
        answers(ROLLOUTS);

        assertThat(contact.isLost()).isFalse();
        assertThat(said).containsExactly("lost: Connection refused", "look", "look");
    }

    @Test
    void aWatchThatWasGivenUpIsNotWaitedFor() {
        fails(PODS, 0);
        fails(PODS, 30);
        assertThat(contact.isLost()).isTrue();

        clock.moveTo(CUT.plusSeconds(30 + 121));

        assertThat(contact.isLost()).isFalse();
        assertThat(said).containsExactly("lost: Connection refused", "look", "look");
    }

    @Test
    void aWatchThatWeEndedOurselvesIsNotWaitedForAndTheNextSilenceIsSaid() {
        fails(PODS, 0);
        fails(PODS, 15);
        contact.forget(POD);

        assertThat(contact.isLost()).isFalse();
        fails(ROLLOUTS, 60);
        assertThat(contact.isLost()).as("a hiccup again").isFalse();
        fails(ROLLOUTS, 75);
        assertThat(said)
                .containsExactly("lost: Connection refused", "look", "look", "lost: Connection refused", "look");
    }

    @Test
    void anAnswerThatIsAnErrorIsNoWayThrough() {
        answers(PODS, 503, 0);
        answers(PODS, 403, 6);
        answers(PODS, 503, 12);

        assertThat(contact.isLost()).isTrue();
        assertThat(said).containsExactly("lost: it answers 503", "look");
        answers(PODS, 101, 20);
        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aWatchThatIsToldThatItsVersionIsGoneIsThrough() {
        answers(PODS, 410, 0);
        answers(PODS, 410, 30);

        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aWatchThatHasNotTriedAgainYetIsNoLessSilent() {
        fails(PODS, 0);
        clock.moveTo(CUT.plusSeconds(9));
        assertThat(contact.isLost()).isFalse();

        clock.moveTo(CUT.plusSeconds(10));

        assertThat(contact.isLost()).isTrue();
        assertThat(said).containsExactly("lost: Connection refused", "look");
    }

    @Test
    void ofTwoWatchesOfOneKindEachIsWaitedFor() {
        fails(EVENTS + "type%3DWarning", 0);
        answers(EVENTS + "type%3DNormal", 101, 11);

        assertThat(contact.isLost()).isTrue();
        answers(EVENTS + "type%3DWarning", 101, 12);
        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void theListAfterGoneCountsAsTheWatchDoes() {
        answers(PODS, 101, 0);
        answers(PODS, 410, 60);
        answers(POD_LIST, 500, 61);
        answers(POD_LIST, 500, 72);
        assertThat(contact.isLost()).isTrue();

        answers(POD_LIST, 200, 73);
        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aFirstListThatIsAnsweredWithAnErrorIsAnswered() {
        answers(POD_LIST, 500, 0);
        answers(POD_LIST, 500, 60);

        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aRightThatWasTakenAwayHidesWhatItWasAboutAndNothingElse() {
        answers(PODS, 101, 0);
        answers(PODS, 403, 60);
        assertThat(contact.isRefused(POD)).as("a hiccup").isFalse();
        answers(POD_LIST, 403, 70);

        assertThat(contact.isRefused(POD)).isTrue();
        assertThat(contact.isRefused(ROLLOUT)).isFalse();
        assertThat(contact.isLost()).isFalse();
        assertThat(said).containsExactly(POD.suffix() + ": 403", "look");

        answers(POD_LIST, 200, 90);
        assertThat(contact.isRefused(POD)).isFalse();
        assertThat(said).containsExactly(POD.suffix() + ": 403", "look", "look");
    }

    @Test
    void aFirstListThatFindsNobodyIsSilence() {
        fails(POD_LIST, 0);
        fails(POD_LIST, 12);
        assertThat(contact.isLost()).isTrue();

        answers(POD_LIST, 200, 13);
        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void aListOfWhatNoInformerWatchesIsItsSendersMatter() {
        fails("/apis/apps/v1/namespaces/keda/deployments", 0);
        fails("/apis/apps/v1/namespaces/keda/deployments", 60);

        assertThat(contact.isLost()).isFalse();
    }

    @Test
    void whatHappenedSinceTheFirstAttemptThatFailedIsNotKnownUntilTheWatchHasCaughtUp() {
        assertThat(contact.heardUntil()).isEmpty();
        fails(PODS, 3);
        fails(PODS, 5);
        assertThat(contact.heardUntil()).contains(CUT.plusSeconds(3));

        answers(PODS, 101, 7);
        assertThat(contact.heardUntil()).contains(CUT.plusSeconds(3));
        clock.moveTo(CUT.plusSeconds(9));

        assertThat(contact.heardUntil()).isEmpty();
        fails(PODS, 60);
        assertThat(contact.heardUntil()).contains(CUT.plusSeconds(60));
    }

    /** A closer look ends while its watch connects: nobody would ever try again. */
    @Test
    void anAttemptThatFailsAfterItsWatchWasEndedIsNoSilence() {
        contact.forget(POD);
        fails(PODS, 1);
        clock.moveTo(CUT.plusSeconds(60));

        assertThat(contact.isLost()).isFalse();
        assertThat(contact.heardUntil()).isEmpty();
    }

    @Test
    void aSilenceIsNotAsOldAsTheRefusalBeforeIt() {
        answers(PODS, 403, 0);
        answers(PODS, 403, 30);
        fails(PODS, 60);
        assertThat(contact.isLost()).as("a hiccup").isFalse();

        clock.moveTo(CUT.plusSeconds(70));

        assertThat(contact.isLost()).isTrue();
    }

    /** An API server that has just started refuses everybody until it has read its roles. */
    @Test
    void aRefusalRightAfterASilenceBelongsToIt() {
        fails(PODS, 0);
        fails(PODS, 15);
        answers(PODS, 403, 30);
        assertThat(contact.isLost()).isTrue();
        assertThat(contact.isRefused(POD)).isFalse();

        answers(PODS, 101, 32);
        assertThat(contact.isLost()).isFalse();
        assertThat(said).containsExactly("lost: Connection refused", "look", "look");
    }

    @Test
    void aWatchThatBreaksAgainBeforeItHasCaughtUpHasHeardNothing() {
        fails(PODS, 0);
        answers(PODS, 101, 1);
        fails(PODS, 2);

        assertThat(contact.heardUntil()).contains(CUT);
    }

    @Test
    void whatIsRefusedForGoodHoldsNobodyUp() {
        answers(PODS, 101, 0);
        answers(PODS, 403, 60);
        assertThat(contact.heardUntil()).contains(CUT.plusSeconds(60));

        answers(POD_LIST, 403, 70);

        assertThat(contact.heardUntil()).isEmpty();
        assertThat(contact.isRefused(POD)).isTrue();
    }

    @Test
    void whoeverSendsAPlainRequestLearnsOfItHimself() {
        fails("/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/cart?fieldManager=tidewatch", 0);
        fails("/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/cart?fieldManager=tidewatch", 60);

        assertThat(contact.isLost()).isFalse();
    }

    private void fails(String path, int second) {
        clock.moveTo(CUT.plusSeconds(second));
        contact.afterConnectionFailure(request(path), new ConnectException("Connection refused"));
    }

    private void answers(String path) {
        contact.after(request(path), new Answer(101), null);
    }

    private void answers(String path, int code, int second) {
        clock.moveTo(CUT.plusSeconds(second));
        contact.after(request(path), new Answer(code), null);
    }

    private record Answer(int code) implements HttpResponse<String> {

        @Override
        public String body() {
            return "";
        }

        @Override
        public HttpRequest request() {
            return ContactTest.request(PODS);
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }

    private static HttpRequest request(String path) {
        return new StandardHttpRequest(Map.of(), URI.create("https://127.0.0.1:6443" + path), "GET", "");
    }
}
