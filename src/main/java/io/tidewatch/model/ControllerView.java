package io.tidewatch.model;

/**
 * The Deployment of a controller that a target depends on.
 *
 * @param image of the controller's container
 * @param version label app.kubernetes.io/version; empty without it
 */
public record ControllerView(
        String namespace, String name, String image, String version, int replicas, int readyReplicas) {}
