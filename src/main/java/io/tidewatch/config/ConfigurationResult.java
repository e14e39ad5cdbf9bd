package io.tidewatch.config;

import io.tidewatch.model.Problem;
import java.util.List;

/** What reading the configuration came to: a configuration, or everything that keeps it from being one. */
public sealed interface ConfigurationResult {

    /** In file order, as written: file by file, line by line. */
    List<Problem> problems();

    /** @param problems warnings only */
    record Accepted(Configuration configuration, List<Problem> problems) implements ConfigurationResult {
        public Accepted {
            problems = List.copyOf(problems);
        }
    }

    /** @param problems at least one error, and the warnings beside it */
    record Refused(List<Problem> problems) implements ConfigurationResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
