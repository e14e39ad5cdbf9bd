package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The faults of the simulated cluster, which tests switch on and off. */
public final class Faults {
    private final KubernetesClient client;
    private final KedaController keda;
    private final RolloutsController rollouts;
    private final Workloads workloads;
    private final KubeletController kubelet;
    private final Admission admission;
    private final Triggers triggers;
    private final Runnable lookAgain;

    Faults(
            KubernetesClient client,
            KedaController keda,
            RolloutsController rollouts,
            Workloads workloads,
            KubeletController kubelet,
            Admission admission,
            Triggers triggers,
            Runnable lookAgain) {
        this.client = client;
        this.keda = keda;
        this.rollouts = rollouts;
        this.workloads = workloads;
        this.kubelet = kubelet;
        this.admission = admission;
        this.triggers = triggers;
        this.lookAgain = lookAgain;
    }

    /** Pods with a container of this image, bound from now on, do not come up. */
    public void breakImage(String image, PodTrouble trouble) {
        kubelet.breakImage(image, trouble);
    }

    /** Pods of this image come up again, those that did not included. */
    public void mendImage(String image) {
        kubelet.mendImage(image);
        lookAgain.run();
    }

    /** The pod of this name, of a StatefulSet, does not come up once it is bound, however often it is made anew. */
    public void breakPod(String namespace, String pod, PodTrouble trouble) {
        kubelet.breakPod(new ObjectKey(namespace, pod), trouble);
    }

    public void mendPod(String namespace, String pod) {
        kubelet.mendPod(new ObjectKey(namespace, pod));
        lookAgain.run();
    }

    /** New claims of this namespace stay Pending: there is no volume for them. */
    public void holdClaims(String namespace) {
        workloads.claims().hold(namespace);
    }

    public void releaseClaims(String namespace) {
        workloads.claims().release(namespace);
        lookAgain.run();
    }

    /** The controller of Deployments is down: nothing that it wrote changes. ReplicaSets and HPAs go on. */
    public void stopDeploymentController() {
        workloads.deployments().stop();
    }

    public void startDeploymentController() {
        workloads.deployments().start();
        lookAgain.run();
    }

    /** The controller of StatefulSets is down: nothing that it wrote changes, and it makes no pods. */
    public void stopStatefulSetController() {
        workloads.statefulSets().stop();
    }

    public void startStatefulSetController() {
        workloads.statefulSets().start();
        lookAgain.run();
    }

    /** A webhook denies every new pod of the namespace, with this reason, until they are allowed again. */
    public void denyPods(String namespace, String reason) {
        admission.deny(namespace, reason);
    }

    public void allowPods(String namespace) {
        admission.allow(namespace);
        lookAgain.run();
    }

    /** Sets the answers of the triggers of this ScaledObject from now on. */
    public void trigger(String namespace, String scaledObject, TriggerState state) {
        triggers.set(new ObjectKey(namespace, scaledObject), state);
        lookAgain.run();
    }

    /** The analysis of this Rollout's update under way ends without a verdict. */
    public void inconclusiveAnalysis(String namespace, String rollout) {
        rollouts.inconclusive(new ObjectKey(namespace, rollout));
        lookAgain.run();
    }

    /** Scaling steps of this Rollout leave the preview ReplicaSet of its update behind (argo-rollouts#4200). */
    public void leavePreviewBehind(String namespace, String rollout) {
        rollouts.passPreviewBy(new ObjectKey(namespace, rollout));
    }

    /** The Argo Rollouts controller is down: its Deployment has no ready pod, and nothing it wrote changes. */
    public void stopRolloutsController() {
        rollouts.stop();
        ready("argo-rollouts", "argo-rollouts", 0);
    }

    public void startRolloutsController() {
        rollouts.start();
        ready("argo-rollouts", "argo-rollouts", 1);
        lookAgain.run();
    }

    /** KEDA's operator is down; its HPAs and its conditions stay as they are. */
    public void stopKeda() {
        keda.stop();
        ready("keda", "keda-operator", 0);
    }

    public void startKeda() {
        keda.start();
        ready("keda", "keda-operator", 1);
        lookAgain.run();
    }

    /** KEDA's operator runs, and follows only the ScaledObjects that match a selector, which none here does. */
    public void shardKeda(String labelSelector) {
        keda.stop();
        client.apps()
                .deployments()
                .inNamespace("keda")
                .withName("keda-operator")
                .edit(running -> new DeploymentBuilder(running)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("WATCH_LABEL_SELECTOR")
                        .withValue(labelSelector)
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
    }

    private void ready(String namespace, String deployment, int pods) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .editStatus(running -> new DeploymentBuilder(running)
                        .editOrNewStatus()
                        .withReadyReplicas(pods)
                        .withAvailableReplicas(pods)
                        .endStatus()
                        .build());
    }
}
