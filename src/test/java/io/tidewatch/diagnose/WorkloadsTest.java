package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What differs from kind to kind of workload: recorded dumps of real controllers, each with one change. */
public class WorkloadsTest {

    private static final String DEPLOYMENT_AT = "2026-11-28T19:52:29Z";
    private static final String LATER = "2026-11-28T20:30:00Z";

    private static CaseDump deployment() {
        return CaseDump.of("deployment-up-converged");
    }

    private static Diagnosis ask(CaseDump dump, String at) {
        return dump.ask("w-deployment-up", "checkout", 7, at);
    }

    private static Predicate<Map<String, Object>> checkout() {
        return CaseDump.named("checkout");
    }

    @Test
    void podsOfAnotherKindAreNotFollowed() {
        CaseDump dump = CaseDump.of("pods-not-followed");
        Diagnosis followed = ask(dump, DEPLOYMENT_AT);
        assertThat(followed.state()).as(followed.summary()).isEqualTo(State.CONVERGED);
        assertThat(followed.notes()).containsExactly(Note.PODS_NOT_FOLLOWED);
        assertThat(followed.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(followed.missing()).doesNotContain("Pod", "ReplicaSet", "Rollout", "StatefulSet");

        Diagnosis short1 = ask(dump.set("ModelServer", "status.replicas", 5), DEPLOYMENT_AT);
        assertThat(short1.state()).isEqualTo(State.WAITING);
        assertThat(short1.hop()).contains(Hop.POD);
        assertThat(short1.summary()).contains("status.replicas of the ModelServer is 5 of 7");

        Diagnosis uncounted = ask(dump.set("ModelServer", "status", null), DEPLOYMENT_AT);
        assertThat(uncounted.state()).isEqualTo(State.UNKNOWN);
        assertThat(uncounted.summary()).contains("the ModelServer has no status.replicas");
        assertThat(uncounted.missing()).contains("status of ModelServer");

        Diagnosis unread = ask(dump.without("ModelServer"), DEPLOYMENT_AT);
        assertThat(unread.state()).as(unread.summary()).isEqualTo(State.CONVERGED);
        assertThat(unread.summary()).contains("as the HPA says");
    }

    /** A Deployment's status is not known to stay wrong, so its counters are never called stale. */
    @Test
    void aDeploymentIsNeverStale() {
        CaseDump dump = deployment().setWhere("Deployment", checkout(), "status.availableReplicas", 5);
        assertThat(ask(dump, LATER).state()).isEqualTo(State.CONVERGED);
    }

    @Test
    void aGenerationThatWasNotSeenWaitsAtTheDeployment() {
        Diagnosis behind =
                ask(deployment().setWhere("Deployment", checkout(), "metadata.generation", 99), DEPLOYMENT_AT);
        assertThat(behind.state()).isEqualTo(State.WAITING);
        assertThat(behind.hop()).contains(Hop.DEPLOYMENT);
    }

    @Test
    void aReplicaSetThatWasNotToldTheNumberWaitsAtTheDeployment() {
        CaseDump dump =
                deployment().set("ReplicaSet", "metadata.annotations[deployment.kubernetes.io/desired-replicas]", "5");
        assertThat(ask(dump, DEPLOYMENT_AT).hop()).contains(Hop.DEPLOYMENT);
    }

    /** A dump may hold the Deployments of the controllers alone, or none. */
    @Test
    void aDeploymentThatTheHpaReadsAndTheDumpLacksIsNotCalledMissing() {
        CaseDump dump = deployment();
        dump.objects.removeIf(
                object -> "Deployment".equals(object.get("kind")) && checkout().test(object));
        Diagnosis unseen = ask(dump, DEPLOYMENT_AT);
        assertThat(unseen.state()).isEqualTo(State.UNKNOWN);
        assertThat(unseen.summary()).contains("Deployment checkout was not seen");
    }

    @Test
    void theOrderedPodsOfAStatefulSetAreCountedByOwner() {
        CaseDump dump = CaseDump.of("statefulset-up-converged");
        assertThat(dump.ask("w-sts-up", "checkout", 7, "2026-11-28T19:53:25Z").hop())
                .isEmpty();
        dump.setWhere("Pod", CaseDump.named("checkout-3"), "metadata.ownerReferences", List.of());
        Diagnosis short1 = dump.ask("w-sts-up", "checkout", 7, "2026-11-28T19:53:25Z");
        assertThat(short1.state()).as(short1.summary()).isEqualTo(State.UNKNOWN);
    }

    /** Found by a mutation: without the uid of its ReplicaSet, a broken revision showed no trouble and passed as an update under way. */
    @Test
    void anUpdateWhosePodsCannotBeToldProvesNothing() {
        CaseDump dump = CaseDump.of("deployment-broken-update");
        Diagnosis broken = dump.ask("w-deployment-broken", "checkout", 8, "2026-11-28T19:53:46Z");
        assertThat(broken.state()).isEqualTo(State.WAITING);
        dump.objects.stream()
                .filter(object -> "ReplicaSet".equals(object.get("kind")))
                .filter(object -> !object.toString().contains("availableReplicas=6"))
                .forEach(object -> ((Map<?, ?>) object.get("metadata")).remove("uid"));

        Diagnosis untold = dump.ask("w-deployment-broken", "checkout", 8, "2026-11-28T19:53:46Z");
        assertThat(untold.state()).as(untold.summary()).isEqualTo(State.UNKNOWN);
        assertThat(untold.missing()).contains("uid of ReplicaSet");
    }

    /** The same of a StatefulSet, whose pod has no status. */
    @Test
    void aStatefulSetWhosePodsCannotBeToldIsNotWithinItsUpdate() {
        CaseDump dump = CaseDump.of("statefulset-partition")
                .set("StatefulSet", "spec.updateStrategy.rollingUpdate.partition", 0)
                .setWhere("Pod", CaseDump.named("checkout-0"), "status", null);
        Diagnosis untold = dump.ask("w-sts-partition", "checkout", 7, "2026-11-28T19:54:54Z");
        assertThat(untold.state()).as(untold.summary()).isEqualTo(State.UNKNOWN);
        assertThat(untold.missing()).contains("status of Pod");
    }

    /** Found by a mutation: the controller takes a pod for a member by its whole name, and so must whoever counts. */
    @Test
    void aPodWithAnotherNameIsNoMemberOfTheStatefulSet() {
        for (String name : List.of("other-6", "checkout-6-0", "checkout-99999999999", "checkout-")) {
            CaseDump dump = CaseDump.of("statefulset-up-converged");
            dump.setWhere("Pod", CaseDump.named("checkout-6"), "metadata.name", name);
            Diagnosis short1 = dump.ask("w-sts-up", "checkout", 7, "2026-11-28T19:53:25Z");
            assertThat(short1.state()).as(name + ": " + short1.summary()).isEqualTo(State.WAITING);
            assertThat(short1.summary()).startsWith("6 of 7 available");
        }
    }

    /** Found by a mutation: the HPA's number stood in for one that cannot be read. */
    @Test
    void theNumberOfAReplicaSetIsNotWhatItsHpaSays() {
        CaseDump dump = CaseDump.of("replicaset-up").set("ReplicaSet", "spec.replicas", "eight");
        Diagnosis unreadable = dump.ask("v-replicaset-up", "checkout", 8, "2026-11-30T06:00:23Z");
        assertThat(unreadable.state()).as(unreadable.summary()).isEqualTo(State.UNKNOWN);
        assertThat(unreadable.missing()).contains("spec.replicas of ReplicaSet");
    }
}
