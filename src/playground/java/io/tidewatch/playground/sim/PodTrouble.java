package io.tidewatch.playground.sim;

/** The troubles that keep every pod of an image from serving, as the kubelet reports them. */
public enum PodTrouble {
    IMAGE_PULL,
    CONTAINER_CONFIG,
    INIT_STUCK,
    CRASH_LOOP,
    OOM_KILLED,
    NOT_READY,
    VOLUME
}
