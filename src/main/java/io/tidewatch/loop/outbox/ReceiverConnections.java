package io.tidewatch.loop.outbox;

/** The connections to receivers. */
@FunctionalInterface
public interface ReceiverConnections {

    /** Closes what is open to this receiver, as far as possible; a thread that reads or writes there fails immediately. */
    void cut(String receiver);
}
