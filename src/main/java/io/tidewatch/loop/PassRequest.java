package io.tidewatch.loop;

/** Asks for a pass, as a change in the cluster does. Returns immediately. */
@FunctionalInterface
public interface PassRequest {

    void request();
}
