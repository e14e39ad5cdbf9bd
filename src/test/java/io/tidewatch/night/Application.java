package io.tidewatch.night;

import io.tidewatch.playground.clock.PlaygroundClock;
import java.nio.file.Path;
import java.util.List;

/** What is put through a night. */
interface Application {

    /** @param api where its cluster is */
    void start(Path configuration, String api, PlaygroundClock clock);

    /** Whether it is at work; while it is not, time does not leap. */
    boolean isUp();

    /**
     * Whether its last look found this target converged with so many pods. Time leaps by hours only then: an application
     * that is an instant behind would be hours behind.
     */
    boolean sees(String target, int pods);

    void stop();

    /** Its diary: instant, target, code and text. */
    List<String> said();

    /** What it logged. */
    List<String> logged();
}
