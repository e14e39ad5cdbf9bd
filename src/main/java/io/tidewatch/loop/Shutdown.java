package io.tidewatch.loop;

/** Whether the routes are being stopped: a request that breaks off then is no error. */
@FunctionalInterface
public interface Shutdown {

    boolean isStopping();
}
