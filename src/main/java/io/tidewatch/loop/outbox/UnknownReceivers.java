package io.tidewatch.loop.outbox;

import io.tidewatch.journal.content.Records;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the messages for receivers that are not configured to the default receivers, and logs each such receiver once. Not safe
 * from several threads.
 */
final class UnknownReceivers {

    private static final Logger log = LoggerFactory.getLogger(UnknownReceivers.class);

    /** The number of names that are remembered; further names are not logged. */
    private static final int MOST_LOGGED = 1_000;

    private final Records journal;
    private final Set<String> logged = new HashSet<>();

    UnknownReceivers(Records journal) {
        this.journal = journal;
    }

    void readdress(Alerting alerting) {
        Set<String> exist = alerting.receivers().stream().map(Receiver::name).collect(Collectors.toUnmodifiableSet());
        List<String> instead =
                alerting.defaults().stream().filter(exist::contains).toList();
        if (exist.isEmpty()) {
            return;
        }
        for (String unknown : journal.readdress(exist, instead)) {
            if (logged.size() < MOST_LOGGED && logged.add(unknown)) {
                log.warn(
                        "there is no receiver {}: its messages go to {}",
                        unknown,
                        instead.isEmpty() ? "nobody, for default names none" : String.join(", ", instead));
            }
        }
    }
}
