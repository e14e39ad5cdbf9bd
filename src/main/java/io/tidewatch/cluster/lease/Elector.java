package io.tidewatch.cluster.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.cluster.heartbeat.ApiServerProbe;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.cluster.heartbeat.ReadyzProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
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
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

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
    private int rejections;
    private boolean closed;
    private volatile boolean off;

    /** Why the Lease may not be written, in the API server's words; empty where it may. */
    private Optional<String> rejected = Optional.empty();

    /** When the API server served a request of the election last, or the beginning. */
    private long servedAt;

    /** What the listener knows. */
    private String toldRole = UNDECIDED;

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
     * @param former of a process that has ended for certain
     * @param clock for the instants in the Lease, which people read
     */
    public static Elector of(
            KubernetesClient client,
            String namespace,
            String name,
            Participation participation,
            String identity,
            Optional<String> former,
            Clock clock,
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
                listener);
    }

    /** @param readiness asked where the Lease may not be written */
    Elector(
            LeaseStore lease,
            ApiServerProbe readiness,
            Participation participation,
            String identity,
            Optional<String> former,
            LeaseTimes times,
            LongSupplier nanoTime,
            LeaderListener listener) {
        this.lease = lease;
        this.readiness = readiness;
        this.participation = participation;
        this.nanoTime = nanoTime;
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
        if (off) {
            return readiness.send();
        }
        try {
            step();
            accepted();
            return Answer.SERVES;
        } catch (KubernetesClientException failed) {
            return answer(failed);
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
            if (rejected.getCode() != CONFLICT && rejected.getCode() != NOT_FOUND) {
                throw rejected;
            }
            read();
        }
    }

    /** Another replica may have been faster, which its next reading shows. */
    private void take(LeaseRecord candidacy) {
        try {
            write(candidacy);
        } catch (KubernetesClientException rejected) {
            if (rejected.getCode() != CONFLICT) {
                throw rejected;
            }
            log.debug("another replica took the Lease first", rejected);
        }
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
        return closed ? Optional.empty() : election.candidacy(nanoTime.getAsLong());
    }

    private Answer answer(KubernetesClientException failed) throws InterruptedException {
        int code = failed.getCode();
        if (code == UNAUTHORIZED) {
            return Answer.REJECTS_CREDENTIALS;
        }
        boolean isRejection = code == FORBIDDEN || code == NOT_FOUND;
        if (!isRejection) {
            if (code <= 0 || code >= SERVER_ERROR || code == TOO_MANY_REQUESTS) {
                throw failed;
            }
            log.warn("the Lease of the election cannot be written: {}", ServerMessages.of(failed));
            return Answer.SERVES;
        }
        Answer ready = readiness.send();
        if (ready == Answer.SERVES && rejected(ServerMessages.of(failed))) {
            off = true;
            listener.electsNobody(ServerMessages.of(failed));
        }
        return ready;
    }

    private synchronized void accepted() {
        servedAt = nanoTime.getAsLong();
        rejections = 0;
        rejected = Optional.empty();
    }

    /** @return whether this ends the election */
    private synchronized boolean rejected(String message) {
        rejections++;
        if (participation == Participation.OPTIONAL) {
            return rejections >= REJECTIONS;
        }
        rejected = Optional.of(message);
        return false;
    }

    /** Tells the listener what has changed. */
    private void tell() {
        Optional<Runnable> news;
        synchronized (this) {
            String role = role();
            if (off || closed || role.equals(toldRole)) {
                return;
            }
            toldRole = role;
            news = news();
        }
        news.ifPresent(Runnable::run);
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

    /** The other replica that leads, as far as is known. */
    private synchronized Optional<String> other() {
        return election.leader().filter(leader -> !leader.equals(identity));
    }

    /** Why nobody leads; empty where that is not known yet. */
    private synchronized Optional<String> whyNobody() {
        if (rejected.isPresent()) {
            return rejected.map(message -> "the Lease may not be written: " + message);
        }
        return nanoTime.getAsLong() - servedAt >= times.renewWithin().toNanos()
                ? Optional.of("the Lease could not be renewed for "
                        + times.renewWithin().toSeconds() + " s")
                : Optional.empty();
    }

    /** Whether this replica reports: it leads, or it can reach nobody who tells it that another one does. */
    public synchronized boolean reports() {
        return term().isPresent() || (other().isEmpty() && whyNobody().isPresent());
    }

    /** Gives the Lease back, so that another replica need not wait. To be called when the last write has ended. */
    @Override
    public void close() {
        Optional<LeaseRecord> last;
        synchronized (this) {
            closed = true;
            last = election.resign(nanoTime.getAsLong());
        }
        try {
            last.ifPresent(lease::write);
        } catch (KubernetesClientException notReleased) {
            log.warn(
                    "the Lease was not given back; another replica takes it when it has expired: {}",
                    ServerMessages.of(notReleased));
        }
    }
}
