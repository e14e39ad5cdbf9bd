package io.tidewatch.loop.outbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a task {@link OutboxStage#DEADLINE} from now. */
@FunctionalInterface
public interface DeliveryTimer {

    void atDeadline(Runnable expiry);

    static DeliveryTimer inRealTime() {
        return CompletableFuture.delayedExecutor(OutboxStage.DEADLINE.toSeconds(), TimeUnit.SECONDS)::execute;
    }
}
