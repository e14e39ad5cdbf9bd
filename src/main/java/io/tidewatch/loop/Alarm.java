package io.tidewatch.loop;

/** Which route an alarm wakes, and the body that the route gets. */
public enum Alarm {
    WINDOW_EDGE(Alarms.REQUEST_PASS, "window edge"),
    DEADLINE(Alarms.REQUEST_PASS, "deadline"),
    RETRY(Alarms.REQUEST_PASS, "another attempt"),
    GIT("direct:git", "alarm"),
    SURVEY("direct:survey", "alarm"),
    OUTBOX("direct:outbox-due", "alarm"),
    REPORTS("direct:night-reports", "alarm");

    private final String endpoint;
    private final String trigger;

    Alarm(String endpoint, String trigger) {
        this.endpoint = endpoint;
        this.trigger = trigger;
    }

    String endpoint() {
        return endpoint;
    }

    String trigger() {
        return trigger;
    }
}
