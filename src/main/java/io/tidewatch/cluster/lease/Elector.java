package io.tidewatch.cluster.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.Rejection;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.cluster.heartbeat.ApiServerProbe;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.cluster.heartbeat.ReadyzProbe;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election. Each request of the heartbeat is a step: the leader renews its Lease, another replica reads it and takes it
 * once it may. So an election costs no request besides, and an API server that hangs cannot stop it.
 *
 * <p>Where the election is optional and the Lease may not be written, there is none: the API server must say so twice and be ready
 * in between, because one that has just started forbids everything for a moment.
 */
public final class Elector implements ApiServerProbe, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Elector.class);

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** Without an election the Lease is tried so often, in case it may be written one day. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final String UNDECIDED = "";
    private static final Duration RENEWAL = Duration.ofSeconds(2);

    /** This many rejections in a row, each by a ready API server, end an election that is optional. */
    private static final int REJECTIONS = 2;

    private final LeaseStore lease;
    private final ApiServerProbe readiness;
    private final Participation participation;
    private final LeaderListener listener;
    private final LongSupplier nanoTime;
    private final Election election;
    private final String identity;
    private final LeaseTimes times;
    private final BooleanSupplier stopping;
    private int rejections;
    private boolean hasElected;
    private boolean closed;
    private volatile boolean off;

    /** Why the Lease may not be written, in the API server's words; empty where it may. */
    private Optional<String> rejected = Optional.empty();

    /** When the API server served a request of the election last, or the beginning. */
    private long servedAt;

    /** How long after that the last failed request began; zero where none has failed since. */
    private Duration failedAfter = Duration.ZERO;

    /** When the Lease was tried last while there is no election. */
    private volatile long triedAt;

    /** What the listener knows. */
    private String toldRole = UNDECIDED;

    /** The living leader that the listener knows of. */
    private Optional<String> toldLeader = Optional.empty();

    /** Whether an election must be held. */
    public enum Participation {
        /** Nothing is written unless this replica leads. */
        REQUIRED,
        /** Where the Lease may not be written, this process is alone. */
        OPTIONAL
    }

    /**
     * Takes part in the election of an instance.
     *
     * @param name of the Lease
     * @param identity of this replica; no other process has or had it
     * @param former of processes that have ended for certain
     * @param clock for the instants in the Lease, which people read
     * @param stopping whether this process ends, so that it must not begin to lead
     */
    public static Elector of(
            KubernetesClient client,
            String namespace,
            String name,
            Participation participation,
            String identity,
            Set<String> former,
            Clock clock,
            BooleanSupplier stopping,
            LeaderListener listener) {
        Duration timeout = Heartbeat.Pace.DEFAULT.timeout();
        return new Elector(
                new ApiServerLease(client, namespace, name, timeout, clock),
                new ReadyzProbe(client, timeout),
                participation,
                identity,
                former,
                LeaseTimes.of(Duration.ofMillis(client.getConfiguration().getRequestTimeout())),
                System::nanoTime,
                stopping,
                listener);
    }

    /** @param readiness asked where the Lease may not be written */
    Elector(
            LeaseStore lease,
            ApiServerProbe readiness,
            Participation participation,
            String identity,
            Set<String> former,
            LeaseTimes times,
            LongSupplier nanoTime,
            BooleanSupplier stopping,
            LeaderListener listener) {
        this.lease = lease;
        this.readiness = readiness;
        this.participation = participation;
        this.nanoTime = nanoTime;
        this.stopping = stopping;
        this.listener = listener;
        this.identity = identity;
        this.times = times;
        this.servedAt = nanoTime.getAsLong();
        this.election = new Election(identity, former, times);
    }

    /** The term in which this replica leads now; empty where it does not. Asks nobody. */
    public synchronized OptionalInt term() {
        return election.term(nanoTime.getAsLong());
    }

    /** Whether there is no election, because the Lease may not be written. */
    public boolean isOff() {
        return off;
    }

    /** The identity that the Lease named last. */
    public synchronized Optional<String> leader() {
        return election.leader();
    }

    @Override
    public Duration period(Duration usual) {
        return off ? usual : RENEWAL;
    }

    @Override
    public Answer send() throws InterruptedException {
        long begun = nanoTime.getAsLong();
        if (off && begun - triedAt < AGAIN.toNanos()) {
            return readiness.send();
        }
        try {
            step();
            accepted();
            return Answer.SERVES;
        } catch (KubernetesClientException failure) {
            failed(failure, begun);
            triedAt = begun;
            return off ? readiness.send() : answer(failure);
        } finally {
            tell();
        }
    }

    private void step() {
        Optional<LeaseRecord> renewal = renewal();
        if (renewal.isPresent()) {
            renew(renewal.get());
        } else {
            read();
            candidacy().ifPresent(this::take);
        }
    }

    private void renew(LeaseRecord own) {
        try {
            write(own);
        } catch (KubernetesClientException rejected) {
            if (!isOutdated(rejected)) {
                throw rejected;
            }
            read();
        }
    }

    /** Another replica may have been faster, or the Lease has vanished, which the next reading shows. */
    private void take(LeaseRecord candidacy) {
        try {
            write(candidacy);
        } catch (KubernetesClientException rejected) {
            if (!isOutdated(rejected) || (candidacy.version().isEmpty() && rejected.getCode() == NOT_FOUND)) {
                throw rejected;
            }
            log.debug("the Lease is not the one that was read any more", rejected);
        }
    }

    /** The Lease has changed since it was read, or is gone. */
    private static boolean isOutdated(KubernetesClientException rejected) {
        return rejected.getCode() == CONFLICT || rejected.getCode() == NOT_FOUND;
    }

    private void read() {
        Optional<LeaseRecord> answer = lease.read();
        synchronized (this) {
            election.read(answer, nanoTime.getAsLong());
        }
    }

    private void write(LeaseRecord record) {
        long sentAt = nanoTime.getAsLong();
        LeaseRecord written = lease.write(record);
        synchronized (this) {
            if (!closed) {
                election.written(written, sentAt);
            }
        }
    }

    private synchronized Optional<LeaseRecord> renewal() {
        return election.renewal(nanoTime.getAsLong());
    }

    private synchronized Optional<LeaseRecord> candidacy() {
        return closed || stopping.getAsBoolean() ? Optional.empty() : election.candidacy(nanoTime.getAsLong());
    }

    /** An answer with an error is an answer: whether the API server serves others, it says itself. */
    private Answer answer(KubernetesClientException failed) throws InterruptedException {
        int code = failed.getCode();
        if (code <= 0) {
            throw failed;
        }
        if (code == UNAUTHORIZED) {
            return Answer.REJECTS_CREDENTIALS;
        }
        Answer ready = readiness.send();
        String message = ServerMessages.of(failed);
        if (ready == Answer.SERVES && endsElection(code, message)) {
            off = true;
            listener.electsNobody(message);
        }
        return ready;
    }

    private synchronized void accepted() {
        servedAt = nanoTime.getAsLong();
        failedAfter = Duration.ZERO;
        rejections = 0;
        rejected = Optional.empty();
        hasElected = true;
        off = false;
    }

    /** @param begun when the request was sent */
    private synchronized void failed(KubernetesClientException failure, long begun) {
        failedAfter = Duration.ofNanos(begun - servedAt);
        rejected = failure.getCode() > 0 ? Optional.of(ServerMessages.of(failure)) : Optional.empty();
    }

    /**
     * Whether the Lease may not be written, for certain. Where it ever was read or written, a permission that is missing now is an
     * accident, and other replicas may be there.
     */
    private synchronized boolean endsElection(int code, String message) {
        boolean isOfCaller = code == NOT_FOUND || Rejection.subject(code, message) == Subject.CALLER;
        rejections = isOfCaller ? rejections + 1 : 0;
        return participation == Participation.OPTIONAL && !hasElected && rejections >= REJECTIONS;
    }

    /** Tells the listener what has changed. */
    private void tell() {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            if (off || closed) {
                return;
            }
            String role = role();
            if (!role.equals(toldRole)) {
                toldRole = role;
                news().ifPresent(news::add);
            }
            Optional<String> living = election.livingLeader();
            if (!living.equals(toldLeader)) {
                toldLeader = living;
                living.ifPresent(leader -> news.add(() -> listener.isLedBy(leader)));
            }
        }
        news.forEach(Runnable::run);
    }

    private String role() {
        OptionalInt term = term();
        return term.isPresent()
                ? "term " + term.getAsInt()
                : other().or(this::whyNobody).orElse(UNDECIDED);
    }

    private Optional<Runnable> news() {
        OptionalInt term = term();
        if (term.isPresent()) {
            return Optional.of(() -> listener.leads(term.getAsInt()));
        }
        return other().<Runnable>map(leader -> () -> listener.follows(leader))
                .or(() -> whyNobody().map(why -> () -> listener.reportsOnly(why)));
    }

    /** The other replica that leads, as far as is known: not after an outage in which it may have ended. */
    private synchronized Optional<String> other() {
        return nobodyAnswersFor(times.lease().plus(times.renewWithin()))
                ? Optional.empty()
                : election.leader().filter(leader -> !leader.equals(identity));
    }

    /** Why nobody leads; empty where that is not known. */
    public synchronized Optional<String> whyNobody() {
        return nobodyAnswersFor(times.renewWithin())
                ? rejected.map(message -> "the Lease may not be written: " + message)
                        .or(() -> Optional.of("the Lease could not be read for "
                                + times.renewWithin().toSeconds() + " s"))
                : Optional.empty();
    }

    /** A request has failed that began so long after the last one that succeeded. A process that was stopped has asked nobody yet. */
    private boolean nobodyAnswersFor(Duration time) {
        return failedAfter.compareTo(time) >= 0;
    }

    /** Whether this replica reports: it leads, or it can reach nobody who tells it that another one does. */
    public synchronized boolean reports() {
        return term().isPresent() || (other().isEmpty() && whyNobody().isPresent());
    }

    /** Gives the Lease back, so that another replica need not wait. To be called when the last write has ended; once is enough. */
    @Override
    public void close() {
        Optional<LeaseRecord> last;
        synchronized (this) {
            closed = true;
            last = election.resign(nanoTime.getAsLong());
        }
        try {
            last.ifPresent(this::release);
        } catch (KubernetesClientException notReleased) {
            log.warn(
                    "the Lease was not given back; another replica takes it when it has expired: {}",
                    ServerMessages.of(notReleased));
        }
    }

    /** A renewal that was under way may have written another version of our own Lease. */
    private void release(LeaseRecord released) {
        try {
            lease.write(released);
        } catch (KubernetesClientException rejected) {
            Optional<LeaseRecord> now = rejected.getCode() == CONFLICT
                    ? lease.read().filter(found -> found.isHeldBy(identity) && found.term() == released.term())
                    : Optional.empty();
            if (now.isEmpty()) {
                throw rejected;
            }
            lease.write(now.get().released());
        }
    }
}
