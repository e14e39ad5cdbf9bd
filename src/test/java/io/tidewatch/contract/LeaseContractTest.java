package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import io.tidewatch.cluster.lease.Elector;
import io.tidewatch.cluster.lease.LeaderListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An election by the Lease of an API server. */
class LeaseContractTest extends ClusterContract {

    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/%s/leases";

    private final String name = "tidewatch-" + uniqueName();

    @Test
    void theFirstReplicaLeadsAndTheNextOneWhenTheFirstHasGivenTheLeaseBack() throws InterruptedException {
        List<String> told = new ArrayList<>();
        Elector first = elector("a", Set.of(), told);
        Elector second = elector("b", Set.of(), told);

        assertThat(first.send()).isEqualTo(Answer.SERVES);
        assertThat(second.send()).isEqualTo(Answer.SERVES);
        assertThat(first.send()).isEqualTo(Answer.SERVES);
        assertThat(first.term()).hasValue(1);
        assertThat(second.term()).isEmpty();

        first.close();
        assertThat(lease().path("spec").path("holderIdentity").asText()).isEmpty();
        second.send();
        assertThat(second.term()).hasValue(2);
        assertThat(told).containsExactly("a leads in term 1", "b follows a", "b leads in term 2");
        JsonNode spec = lease().path("spec");
        assertThat(spec.path("holderIdentity").asText()).isEqualTo("b");
        assertThat(spec.path("leaseTransitions").asInt()).isEqualTo(2);
        assertThat(spec.path("leaseDurationSeconds").asInt()).isPositive();
        assertThat(spec.path("acquireTime").asText()).isNotEmpty();
        assertThat(spec.path("renewTime").asText()).isNotEmpty();
    }

    @Test
    void theLeaseOfAProcessThatHasEndedIsTakenAtOnce() throws InterruptedException {
        List<String> told = new ArrayList<>();
        elector("before", Set.of(), told).send();

        Elector next = elector("after", Set.of("before"), told);
        next.send();

        assertThat(next.term()).hasValue(2);
    }

    @Test
    void aLeaseThatSomebodyEditedIsStillRenewed() throws InterruptedException {
        Elector leader = elector("a", Set.of(), new ArrayList<>());
        leader.send();
        api.merge(in(LEASES) + "/" + name, "{'metadata':{'labels':{'edited':'yes'}}}")
                .ok();

        assertThat(leader.send()).isEqualTo(Answer.SERVES);
        assertThat(leader.send()).isEqualTo(Answer.SERVES);

        assertThat(leader.term()).hasValue(1);
        assertThat(lease().path("spec").path("holderIdentity").asText()).isEqualTo("a");
    }

    /** An API server creates a Lease by an update, whatever version this names, but not one with the uid of another. */
    @Test
    void aRenewalCreatesNoLeaseAnew() throws InterruptedException {
        Elector leader = elector("a", Set.of(), new ArrayList<>());
        leader.send();
        api.delete(in(LEASES) + "/" + name, "{}");

        leader.send();

        assertThat(leader.term()).isEmpty();
        assertThat(api.get(in(LEASES) + "/" + name).code()).isEqualTo(404);
    }

    @Test
    void anUpdateCreatesALeaseUnlessItNamesAUid() {
        String body =
                "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','metadata':{'name':'%s','%s':'1'},'spec':{}}";
        api.put(in(LEASES) + "/" + name, Api.json(body.formatted(name, "uid"))).refused(409);
        api.put(in(LEASES) + "/" + name, Api.json(body.formatted(name, "resourceVersion")))
                .ok();
    }

    private JsonNode lease() {
        return api.get(in(LEASES) + "/" + name).ok();
    }

    private Elector elector(String identity, Set<String> former, List<String> told) {
        return Elector.of(
                client,
                namespace,
                name,
                Elector.Participation.REQUIRED,
                identity,
                former,
                Clock.systemUTC(),
                () -> false,
                new LeaderListener() {

                    @Override
                    public void leads(int term) {
                        told.add(identity + " leads in term " + term);
                    }

                    @Override
                    public void follows(String leader) {
                        told.add(identity + " follows " + leader);
                    }

                    @Override
                    public void isLedBy(String leader) {}

                    @Override
                    public void reportsOnly(String why) {
                        told.add(identity + ": " + why);
                    }

                    @Override
                    public void electsNobody(String why) {
                        told.add(identity + ": " + why);
                    }
                });
    }
}
