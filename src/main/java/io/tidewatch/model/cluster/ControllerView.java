package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Deployment of a controller that a target depends on.
 *
 * @param image of the controller's container
 * @param part label app.kubernetes.io/name; empty without it
 * @param version label app.kubernetes.io/version; empty without it
 * @param readyReplicas absent where the Deployment has no status, which is not 0
 * @param options as its arguments and its environment say
 * @param lease the Lease by which its leader leads; absent where Leases were not read, or the controller runs without a Lease
 */
public record ControllerView(
        String namespace,
        String name,
        String image,
        String part,
        String version,
        int replicas,
        OptionalInt readyReplicas,
        ControllerOptions options,
        Optional<LeaseView> lease) {

    private static final String KEDA_LEASE = "operator.keda.sh";
    private static final String ROLLOUTS_LEASE = "argo-rollouts-controller-lock";

    /** From this version on, the name of the Lease of Argo Rollouts ends with the instance id. */
    private static final Version LEASE_BY_INSTANCE = new Version(1, 10, 0, 1);

    public ControllerView(
            String namespace, String name, String image, String part, String version, int replicas, int readyReplicas) {
        this(
                namespace,
                name,
                image,
                part,
                version,
                replicas,
                OptionalInt.of(readyReplicas),
                ControllerOptions.NONE,
                Optional.empty());
    }

    /** The same controller with its own Lease among these. A Lease that another controller or an older version left is not its own. */
    public ControllerView leading(Collection<LeaseView> leases) {
        Optional<LeaseView> own = leaseNames().stream()
                .flatMap(wanted -> leases.stream()
                        .filter(found -> found.namespace().equals(namespace)
                                && found.name().equals(wanted)))
                .findFirst();
        return new ControllerView(namespace, name, image, part, version, replicas, readyReplicas, options, own);
    }

    /** Whether its Deployment states that no pod is ready; false where the status is not there. */
    public boolean hasNoReadyPod() {
        return readyReplicas.isPresent() && readyReplicas.getAsInt() == 0;
    }

    public boolean hasReadyPods() {
        return readyReplicas.orElse(0) > 0;
    }

    /** When its leader last renewed its Lease. */
    public Optional<Instant> renewed() {
        return lease.flatMap(LeaseView::renewed);
    }

    /** The names that the Lease of this controller may have; the first that exists is the right name. Empty for other Deployments. */
    public List<String> leaseNames() {
        if (!options.electsLeader()) {
            return List.of();
        }
        if (isKeda()) {
            return List.of(options.leaderElectionId().isEmpty() ? KEDA_LEASE : options.leaderElectionId());
        }
        if (!isArgoRollouts()) {
            return List.of();
        }
        if (options.instanceId().isEmpty()) {
            return List.of(ROLLOUTS_LEASE);
        }
        String ofInstance = ROLLOUTS_LEASE + "-" + options.instanceId();
        boolean isOlder = Version.of(this)
                .filter(known -> known.compareTo(LEASE_BY_INSTANCE) < 0)
                .isPresent();
        return isOlder ? List.of(ofInstance, ROLLOUTS_LEASE) : List.of(ofInstance);
    }

    /** Whether this controller watches a namespace. */
    public boolean watches(String watched) {
        return options.namespaces().isEmpty() || options.namespaces().contains(watched);
    }

    /** Whether this is the controller of Argo Rollouts that takes on a Rollout. */
    public boolean takesOn(RolloutView rollout) {
        return isArgoRollouts()
                && watches(rollout.meta().namespace())
                && rollout.meta()
                        .label(ControllerOptions.INSTANCE_LABEL)
                        .orElse("")
                        .equals(options.instanceId());
    }

    /** Whether this is a KEDA operator that may follow a ScaledObject; a selector that cannot be read excludes nothing. */
    public boolean mayFollow(ScaledObjectView scaledObject) {
        return isKeda()
                && watches(scaledObject.meta().namespace())
                && options.labelSelector().selects(scaledObject.meta().labels()).orElse(true);
    }

    /** The image without tag and digest. */
    public String repository() {
        return tagAt() < 0 ? undigested() : undigested().substring(0, tagAt());
    }

    /** The image's tag; a digest alone has no version. */
    public Optional<String> tag() {
        return tagAt() < 0 ? Optional.empty() : Optional.of(undigested().substring(tagAt() + 1));
    }

    public boolean isKeda() {
        return isImage("keda") || part.equals("keda-operator");
    }

    public boolean isArgoRollouts() {
        return isImage("argo-rollouts") || part.equals("argo-rollouts");
    }

    private boolean isImage(String name) {
        return repository().equals(name) || repository().endsWith("/" + name);
    }

    private String undigested() {
        return image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    }

    private int tagAt() {
        return undigested().indexOf(':', undigested().lastIndexOf('/') + 1);
    }
}
