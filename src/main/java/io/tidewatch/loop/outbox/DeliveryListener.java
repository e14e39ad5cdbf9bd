package io.tidewatch.loop.outbox;

/** Is told the result of each attempt to deliver a message. Must not throw or wait. */
@FunctionalInterface
public interface DeliveryListener {

    /** @param accepted false: the message is due again later */
    void delivered(String receiver, boolean accepted);
}
