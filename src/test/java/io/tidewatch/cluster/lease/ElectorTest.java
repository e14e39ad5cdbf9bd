package io.tidewatch.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import io.tidewatch.cluster.lease.Elector.Participation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectorTest {

    private static final LeaseTimes TIMES = new LeaseTimes(Duration.ofSeconds(20), Duration.ofSeconds(8));

    private static final String FORBIDDEN =
            "leases.coordination.k8s.io is forbidden: User \"system:serviceaccount:tidewatch:tidewatch\""
                    + " cannot get resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"tidewatch\"";

    private final StoredLease lease = new StoredLease();
    private final List<String> told = new ArrayList<>();
    private final Deque<Answer> readiness = new ArrayDeque<>();
    private long now;
    private boolean stopping;
    private final Elector elector = elector(Participation.OPTIONAL);

    @Test
    void theFirstReplicaTakesTheLeaseInOneStepAndRenewsItWithOneRequest() throws InterruptedException {
        assertThat(elector.send()).isEqualTo(Answer.SERVES);
        assertThat(elector.term()).hasValue(1);
        assertThat(lease.requests).containsExactly("read", "write");

        lease.requests.clear();
        step(2);
        assertThat(lease.requests).containsExactly("write");
        assertThat(told).containsExactly("leads in term 1");
    }

    @Test
    void aFollowerReadsOnceAStepAndTakesOverWhenTheLeaseHasExpired() throws InterruptedException {
        lease.heldBy("b", 6);
        for (int i = 0; i < 10; i++) {
            step(2);
        }
        assertThat(lease.requests).containsOnly("read").hasSize(10);
        assertThat(told).containsExactly("b leads");

        step(2);
        assertThat(elector.term()).hasValue(7);
        assertThat(told).containsExactly("b leads", "leads in term 7");
    }

    @Test
    void aLeaderWhoseLeaseSomebodyEditedReadsItAndGoesOn() throws InterruptedException {
        elector.send();
        lease.edit();
        lease.requests.clear();

        step(2);
        assertThat(lease.requests).containsExactly("write", "read");
        step(2);
        step(5);
        assertThat(elector.term()).hasValue(1);
        assertThat(told).containsExactly("leads in term 1");
    }

    /** Which of the two an API server answers depends on whether it creates a Lease by an update. */
    @ParameterizedTest
    @ValueSource(ints = {404, 409})
    void aLeaseThatVanishedBeforeItsRenewalOrItsTakeoverIsWaitedFor(int answer) throws InterruptedException {
        elector.send();
        lease.vanishesBeforeWriting(answer);
        step(2);
        assertThat(elector.term()).isEmpty();

        lease.heldBy("b", 2);
        step(2);
        now += Duration.ofSeconds(20).toNanos();
        lease.vanishesBeforeWriting(answer);
        assertThat(elector.send()).isEqualTo(Answer.SERVES);
        assertThat(elector.term()).isEmpty();

        step(2);
        step(19);
        assertThat(elector.term()).isEmpty();
        step(1);
        assertThat(elector.term()).hasValue(3);
    }

    @Test
    void whoFollowsLearnsOnceThatTheLeaderIsAlive() throws InterruptedException {
        for (int renewal = 0; renewal < 5; renewal++) {
            lease.heldBy("b", 6);
            step(2);
        }
        assertThat(told).containsExactly("b leads", "b is alive");
    }

    @Test
    void aLeaderStopsWhenItLearnsOfAnotherOne() throws InterruptedException {
        elector.send();
        lease.heldBy("b", 2);

        step(2);

        assertThat(elector.term()).isEmpty();
        assertThat(told).containsExactly("leads in term 1", "b leads");
    }

    @Test
    void inAnOutageTheTermEndsByItselfAndAfterItANewOneBegins() throws InterruptedException {
        elector.send();
        lease.failing = failure(0);
        now += Duration.ofSeconds(7).toNanos();
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(elector.term()).hasValue(1);

        now += Duration.ofSeconds(1).toNanos();
        assertThat(elector.term()).as("without a request").isEmpty();
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(told).containsExactly("leads in term 1", "the Lease could not be read for 8 s");
        assertThat(elector.reports()).as("nobody else can").isTrue();

        lease.failing = Optional.empty();
        step(60);
        assertThat(elector.term()).hasValue(2);
    }

    /** With two replicas, each that was never told of a leader reports an outage; silence would be worse. */
    @Test
    void whoStartsInAnOutageReportsItAndWritesNothing() {
        lease.failing = failure(0);
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(elector.reports()).isFalse();

        now += Duration.ofSeconds(8).toNanos();
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(elector.reports()).isTrue();
        assertThat(elector.term()).isEmpty();
        assertThat(told).containsExactly("the Lease could not be read for 8 s");
    }

    @Test
    void aFollowerLeavesTheReportOfAnOutageToTheLeaderForALeaseAndALittleMore() throws InterruptedException {
        lease.heldBy("b", 6);
        elector.send();
        lease.failing = failure(0);
        now += Duration.ofSeconds(27).toNanos();
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(elector.reports()).isFalse();
        assertThat(told).containsExactly("b leads");

        now += Duration.ofSeconds(1).toNanos();
        assertThatThrownBy(elector::send).isInstanceOf(KubernetesClientException.class);
        assertThat(elector.reports())
                .as("the leader may have ended in the same outage")
                .isTrue();
    }

    /** A process that was stopped has asked nobody, and another one may have led for minutes. */
    @Test
    void aLeaderThatWasStoppedReportsNothingBeforeItHasAsked() throws InterruptedException {
        elector.send();
        now += Duration.ofMinutes(5).toNanos();
        assertThat(elector.term()).isEmpty();
        assertThat(elector.reports()).isFalse();

        lease.heldBy("b", 2);
        elector.send();
        assertThat(elector.reports()).isFalse();
        assertThat(told).containsExactly("leads in term 1", "b leads");
    }

    /** A role that is bound anew is missing for a moment; the other replicas are there all the while. */
    @Test
    void anElectionThatOnceWorkedIsNeverOff() throws InterruptedException {
        elector.send();
        lease.failing = failure(403);
        for (int i = 0; i < 10; i++) {
            readiness.add(Answer.SERVES);
            step(2);
        }

        assertThat(elector.isOff()).isFalse();
        assertThat(elector.term()).isEmpty();
        lease.failing = Optional.empty();
        step(2);
        assertThat(elector.term()).hasValue(2);
    }

    @Test
    void anElectionThatIsOffIsTriedAgainEveryMinute() throws InterruptedException {
        lease.failing = failure(403);
        readiness.addAll(List.of(Answer.SERVES, Answer.SERVES, Answer.SERVES));
        elector.send();
        elector.send();
        assertThat(elector.isOff()).isTrue();

        lease.failing = Optional.empty();
        step(59);
        assertThat(elector.isOff()).isTrue();
        step(1);
        assertThat(elector.isOff()).isFalse();
        assertThat(elector.term()).hasValue(1);
    }

    /** A webhook or a quota that denies Leases denies them to all, and is no word about permissions. */
    @Test
    void anotherRejectionOfTheLeaseIsNoOutageAndEndsNoElection() throws InterruptedException {
        for (int code : new int[] {403, 422, 429, 500, 503}) {
            lease.failing = Optional.of(
                    new KubernetesClientException("admission webhook \"deny\" denied the request", code, null));
            for (int i = 0; i < 5; i++) {
                readiness.add(Answer.SERVES);
                now += Duration.ofSeconds(2).toNanos();
                assertThat(elector.send()).isEqualTo(Answer.SERVES);
            }
        }

        assertThat(elector.isOff()).isFalse();
        assertThat(elector.term()).isEmpty();
        assertThat(elector.reports()).isTrue();
    }

    @Test
    void aProcessThatEndsDoesNotBeginToLead() throws InterruptedException {
        stopping = true;
        elector.send();

        assertThat(elector.term()).isEmpty();
    }

    @Test
    void aLeaseThatWasRenewedMeanwhileIsGivenBackAllTheSame() throws InterruptedException {
        elector.send();
        lease.edit();

        elector.close();

        assertThat(lease.stored.flatMap(LeaseRecord::holder)).isEmpty();
    }

    @Test
    void whereTheLeaseMayNotBeWrittenThereIsNoElectionOnceAReadyServerHasSaidSoTwice() throws InterruptedException {
        lease.failing = failure(403);
        readiness.addAll(List.of(Answer.SERVES, Answer.SERVES, Answer.SERVES));

        assertThat(elector.send()).isEqualTo(Answer.SERVES);
        assertThat(elector.isOff()).isFalse();
        assertThat(elector.send()).isEqualTo(Answer.SERVES);
        assertThat(elector.isOff()).isTrue();
        assertThat(told).containsExactly("no election: " + FORBIDDEN);
        assertThat(elector.period(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));

        lease.requests.clear();
        elector.send();
        assertThat(lease.requests).as("the Lease is not asked for again").isEmpty();
    }

    /** An API server that has just started forbids everything until it has read its roles, and is not ready until then. */
    @Test
    void aServerThatIsNotReadyDecidesNothing() throws InterruptedException {
        lease.failing = failure(403);
        readiness.addAll(List.of(Answer.SERVES, Answer.REJECTS_REQUEST, Answer.REJECTS_REQUEST));

        elector.send();
        elector.send();
        elector.send();

        assertThat(elector.isOff()).isFalse();
        lease.failing = Optional.empty();
        elector.send();
        assertThat(elector.term()).hasValue(1);
    }

    @Test
    void aRequiredElectionIsNeverOff() throws InterruptedException {
        Elector required = elector(Participation.REQUIRED);
        lease.failing = failure(403);
        for (int i = 0; i < 5; i++) {
            readiness.add(Answer.SERVES);
            required.send();
            now += Duration.ofSeconds(2).toNanos();
        }

        assertThat(required.isOff()).isFalse();
        assertThat(required.term()).isEmpty();
        assertThat(told).containsExactly("the Lease may not be written: " + FORBIDDEN);
    }

    @Test
    void theCredentialsMayBeRejected() throws InterruptedException {
        lease.failing = failure(401);

        assertThat(elector.send()).isEqualTo(Answer.REJECTS_CREDENTIALS);
    }

    @Test
    void whoClosesGivesTheLeaseBackAndTakesItNoMore() throws InterruptedException {
        elector.send();

        elector.close();

        assertThat(lease.stored.flatMap(LeaseRecord::holder)).isEmpty();
        assertThat(elector.term()).isEmpty();
        step(60);
        assertThat(elector.term()).isEmpty();
    }

    @Test
    void aFollowerThatClosesLeavesTheLeaseAlone() throws InterruptedException {
        lease.heldBy("b", 6);
        elector.send();

        elector.close();

        assertThat(lease.stored.flatMap(LeaseRecord::holder)).contains("b");
    }

    private void step(long seconds) throws InterruptedException {
        now += Duration.ofSeconds(seconds).toNanos();
        elector.send();
    }

    private Elector elector(Participation participation) {
        return new Elector(
                lease,
                readiness::remove,
                participation,
                "a",
                Set.of(),
                TIMES,
                () -> now,
                () -> stopping,
                new LeaderListener() {
                    @Override
                    public void leads(int term) {
                        told.add("leads in term " + term);
                    }

                    @Override
                    public void follows(String leader) {
                        told.add(leader + " leads");
                    }

                    @Override
                    public void isLedBy(String leader) {
                        told.add(leader + " is alive");
                    }

                    @Override
                    public void reportsOnly(String why) {
                        told.add(why);
                    }

                    @Override
                    public void electsNobody(String why) {
                        told.add("no election: " + why);
                    }
                });
    }

    private static Optional<KubernetesClientException> failure(int code) {
        return Optional.of(new KubernetesClientException(FORBIDDEN, code, null));
    }

    /** A Lease as an API server keeps it. */
    private static final class StoredLease implements LeaseStore {

        private final List<String> requests = new ArrayList<>();
        private Optional<LeaseRecord> stored = Optional.empty();
        private Optional<KubernetesClientException> failing = Optional.empty();
        private Optional<KubernetesClientException> vanishing = Optional.empty();
        private int version;

        void heldBy(String holder, int term) {
            store(new LeaseRecord(Optional.of(holder), TIMES.lease(), term, "", ""));
        }

        /** Somebody deletes it after it was read. */
        void vanishesBeforeWriting(int answer) {
            vanishing = Optional.of(new KubernetesClientException("the Lease is gone", answer, null));
        }

        void edit() {
            store(stored.orElseThrow());
        }

        @Override
        public Optional<LeaseRecord> read() {
            requests.add("read");
            failing.ifPresent(failure -> {
                throw failure;
            });
            return stored;
        }

        @Override
        public LeaseRecord write(LeaseRecord lease) {
            requests.add("write");
            failing.ifPresent(failure -> {
                throw failure;
            });
            if (vanishing.isPresent()) {
                KubernetesClientException gone = vanishing.get();
                vanishing = Optional.empty();
                stored = Optional.empty();
                throw gone;
            }
            if (!stored.map(LeaseRecord::version).orElse("").equals(lease.version())) {
                throw new KubernetesClientException("the object has been modified", 409, null);
            }
            return store(lease);
        }

        private LeaseRecord store(LeaseRecord lease) {
            version++;
            LeaseRecord written =
                    new LeaseRecord(lease.holder(), lease.duration(), lease.term(), Integer.toString(version), "");
            stored = Optional.of(written);
            return written;
        }
    }
}
