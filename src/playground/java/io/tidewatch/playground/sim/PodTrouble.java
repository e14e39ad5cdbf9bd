package io.tidewatch.playground.sim;

/** What keeps every pod of an image from serving, as its kubelet reports it. */
public enum PodTrouble {
    IMAGE_PULL,
    CONTAINER_CONFIG,
    INIT_STUCK,
    CRASH_LOOP,
    OOM_KILLED,
    NOT_READY,
    VOLUME
}
