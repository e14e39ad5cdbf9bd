package io.tidewatch.playground.api;

/** Lets a test inject faults: it is called for every request before the request is handled, and again before it is answered. */
@FunctionalInterface
public interface FaultHook {

    /** When a fault strikes. */
    enum Moment {
        /** Nothing has happened yet: the write will not take place unless the fault is only a delay. */
        BEFORE,
        /** The write is done, its answer is not sent: what a client sees of a cut connection. */
        AFTER
    }

    /** The request that may be hit. */
    record Call(String verb, String path, String contentType) {}

    Fault strike(Moment moment, Call call);

    static FaultHook none() {
        return (moment, call) -> Fault.NONE;
    }
}
