package io.tidewatch.app;

import io.tidewatch.cluster.heartbeat.ApiServerProbe;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.cluster.heartbeat.ReadyzProbe;
import io.tidewatch.cluster.lease.Elector;
import io.tidewatch.cluster.lease.Elector.Participation;
import io.tidewatch.cluster.lease.LeaseName;
import io.tidewatch.config.Configuration.LeaderElection;
import io.tidewatch.journal.ReplicaIdentity;
import io.tidewatch.journal.StateLock;
import io.tidewatch.loop.RivalStage;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.cluster.ProcessMark;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** Builds the part that knows whether this process leads. An observer writes nothing, so it takes part in no election. */
final class LeaderParts {

    private final Startup start;
    private final ProcessMark process;
    private final Leader leader;
    private final Optional<Elector> elector;
    private final ApiServerProbe probe;
    private final boolean looksForRivals;

    LeaderParts(Startup start) {
        this.start = start;
        start.edges().add(StateLock.take(start.configuration().stateDirectory()));
        ReplicaIdentity identity = ReplicaIdentity.in(start.configuration().stateDirectory());
        this.process = new ProcessMark(start.clock().instant(), identity.own());
        this.leader = new Leader(process);
        this.looksForRivals = start.mode() != RunMode.OBSERVE;
        LeaderElection election = start.configuration().leaderElection();
        if (start.mode() == RunMode.OBSERVE || election.enabled() == LeaderElection.Enabled.FALSE) {
            this.elector = Optional.empty();
            this.probe = new ReadyzProbe(start.client(), Heartbeat.Pace.DEFAULT.timeout());
        } else {
            Elector elects = elector(election, identity);
            leader.elect(elects);
            this.elector = Optional.of(elects);
            this.probe = elects;
        }
    }

    private Elector elector(LeaderElection election, ReplicaIdentity identity) {
        LeaseName lease =
                LeaseName.of(election.namespace(), start.configuration().instance(), start.client());
        return start.edges()
                .add(Elector.of(
                        start.client(),
                        lease.namespace(),
                        lease.name(),
                        election.enabled() == LeaderElection.Enabled.TRUE
                                ? Participation.REQUIRED
                                : Participation.OPTIONAL,
                        identity.own(),
                        identity.former(),
                        start.clock(),
                        start.context()::isStopping,
                        leader));
    }

    void bind(Registry registry) {
        registry.bind("rivals", new RivalStage(start.configuration().instance(), process, looksForRivals, leader));
    }

    /** Gives the Lease back, where there is one; from then on nothing is written to the cluster. */
    void release() {
        elector.ifPresent(Elector::close);
    }

    Leader leader() {
        return leader;
    }

    /** Finds out whether the API server answers, and takes part in the election on the way. */
    ApiServerProbe probe() {
        return probe;
    }
}
