package io.tidewatch.model;

import java.util.Optional;

/**
 * The Deployment of a controller that a target depends on.
 *
 * @param image of the controller's container
 * @param part label app.kubernetes.io/name; empty without it
 * @param version label app.kubernetes.io/version; empty without it
 */
public record ControllerView(
        String namespace, String name, String image, String part, String version, int replicas, int readyReplicas) {

    /** The image without tag and digest. */
    public String repository() {
        return tagAt() < 0 ? undigested() : undigested().substring(0, tagAt());
    }

    /** The image's tag; a digest alone says nothing. */
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
