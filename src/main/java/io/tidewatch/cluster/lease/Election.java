package io.tidewatch.cluster.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The rules of the election, without a network: what the answers mean, and what may be written next. All times are of the
 * monotonic clock of this process; no wall clock is ever compared.
 *
 * <p>A replica that does not lead waits for the whole lease after it last saw the Lease change. The deadline of the leader counts
 * from before its renewal was sent. So two replicas never lead at once, however their wall clocks differ.
 *
 * <p>Not safe for use by several threads.
 */
final class Election {

    /** Nobody waits longer than this, whatever a Lease asks for. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** One change may be the hand of an administrator on the Lease of a process that has ended; a leader renews again and again. */
    private static final int RENEWALS_OF_THE_LIVING = 2;

    private final String identity;
    private final Set<String> former;
    private final LeaseTimes times;

    /** The Lease as it was read last; empty before the first reading. */
    private Optional<Seen> seen = Optional.empty();

    private Optional<Held> held = Optional.empty();

    /** How often in a row the same other replica was found to have written the Lease since it was read before. */
    private int renewals;

    /** The term in which this replica led last; 0 before it led. */
    private int ownTerm;

    /** The highest term that was seen. */
    private int lastTerm;

    /**
     * @param lease empty where there is none
     * @param since when this was read first
     * @param free whether nobody can hold it: no waiting is needed
     */
    private record Seen(Optional<LeaseRecord> lease, long since, boolean free) {}

    /** @param deadline until when this replica leads */
    private record Held(LeaseRecord lease, long deadline) {}

    /**
     * @param identity of this replica; no other process has or had it
     * @param former of processes that have ended for certain
     */
    Election(String identity, Set<String> former, LeaseTimes times) {
        this.identity = identity;
        this.former = Set.copyOf(former);
        this.times = times;
    }

    /** The term in which this replica leads; empty where it does not. */
    OptionalInt term(long now) {
        return leading(now).map(own -> OptionalInt.of(own.lease().term())).orElse(OptionalInt.empty());
    }

    /** The identity that the Lease names. */
    Optional<String> leader() {
        return held.map(Held::lease).or(() -> seen.flatMap(Seen::lease)).flatMap(LeaseRecord::holder);
    }

    /** The other replica that leads, where it is alive for certain: it has renewed the Lease before the eyes of this one. */
    Optional<String> livingLeader() {
        return renewals < RENEWALS_OF_THE_LIVING ? Optional.empty() : leader();
    }

    /** What the leader is to write now; empty where this replica does not lead. */
    Optional<LeaseRecord> renewal(long now) {
        return leading(now).map(Held::lease);
    }

    private Optional<Held> leading(long now) {
        return held.filter(own -> now - own.deadline() < 0);
    }

    /** The Lease was read; empty where there is none. */
    void read(Optional<LeaseRecord> lease, long now) {
        held = leading(now).flatMap(own -> lease.filter(this::isOwn).map(same -> new Held(same, own.deadline())));
        boolean isUnchanged = seen.map(Seen::lease)
                .filter(before -> before.map(LeaseRecord::version).equals(lease.map(LeaseRecord::version)))
                .isPresent();
        if (!isUnchanged) {
            renewals = renewals(lease);
            seen = Optional.of(new Seen(lease, now, isFree(lease)));
        }
        lease.ifPresent(known -> lastTerm = Math.max(lastTerm, known.term()));
    }

    private int renewals(Optional<LeaseRecord> lease) {
        Optional<String> holder = lease.flatMap(LeaseRecord::holder);
        if (holder.isEmpty() || holder.get().equals(identity) || seen.isEmpty()) {
            return 0;
        }
        boolean isSame = holder.equals(seen.flatMap(Seen::lease).flatMap(LeaseRecord::holder));
        return isSame ? renewals + 1 : 1;
    }

    private boolean isOwn(LeaseRecord lease) {
        return lease.isHeldBy(identity) && lease.term() == ownTerm;
    }

    /**
     * A Lease without a holder is free. So is one that this replica held itself in its own last term, and one of a process that has ended.
     * So is one that never was; but where one vanished, its leader may not know of it yet.
     */
    private boolean isFree(Optional<LeaseRecord> lease) {
        return lease.map(known -> known.holder().isEmpty()
                        || isOwn(known)
                        || former.stream().anyMatch(known::isHeldBy))
                .orElse(seen.isEmpty());
    }

    /** What this replica is to write in order to lead, by what was read last; empty where it must wait or leads already. */
    Optional<LeaseRecord> candidacy(long now) {
        if (term(now).isPresent()) {
            return Optional.empty();
        }
        return seen.filter(
                        last -> last.free() || now - last.since() >= wait(last).toNanos())
                .map(last -> last.lease().orElse(LeaseRecord.missing(lastTerm)))
                .map(last -> last.takenBy(identity, times.lease()));
    }

    private Duration wait(Seen last) {
        Duration asked = last.lease().map(LeaseRecord::duration).orElse(Duration.ZERO);
        Duration bounded = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        return bounded.compareTo(times.lease()) > 0 ? bounded : times.lease();
    }

    /**
     * A candidacy or a renewal succeeded.
     *
     * @param sentAt before the request was sent
     */
    void written(LeaseRecord lease, long sentAt) {
        held = Optional.of(new Held(lease, sentAt + times.renewWithin().toNanos()));
        seen = Optional.of(new Seen(Optional.of(lease), sentAt, true));
        renewals = 0;
        ownTerm = lease.term();
        lastTerm = Math.max(lastTerm, ownTerm);
    }

    /** Gives up at once: nothing may be written any more. */
    Optional<LeaseRecord> resign(long now) {
        Optional<LeaseRecord> last = renewal(now);
        held = Optional.empty();
        return last.map(LeaseRecord::released);
    }
}
