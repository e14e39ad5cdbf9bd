package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * The Deployment of a controller that a target depends on.
 *
 * @param image of the controller's container
 * @param part label app.kubernetes.io/name; empty without it
 * @param version label app.kubernetes.io/version; empty without it
 * @param renewed when its leader last renewed its Lease; absent where that was not looked at, or it runs without one
 */
public record ControllerView(
        String namespace,
        String name,
        String image,
        String part,
        String version,
        int replicas,
        int readyReplicas,
        Optional<Instant> renewed) {

    /** The default names of the Leases by which these controllers elect their leaders. */
    public static final String KEDA_LEASE = "operator.keda.sh";

    public static final String ROLLOUTS_LEASE = "argo-rollouts-controller-lock";

    public ControllerView(
            String namespace, String name, String image, String part, String version, int replicas, int readyReplicas) {
        this(namespace, name, image, part, version, replicas, readyReplicas, Optional.empty());
    }

    /** The same, its Lease among those that were seen. */
    public ControllerView leading(Optional<Instant> lastRenewed) {
        return new ControllerView(namespace, name, image, part, version, replicas, readyReplicas, lastRenewed);
    }

    public Optional<String> lease() {
        if (isKeda()) {
            return Optional.of(KEDA_LEASE);
        }
        return isArgoRollouts() ? Optional.of(ROLLOUTS_LEASE) : Optional.empty();
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
