package io.tidewatch.config;

import io.tidewatch.model.Problem;
import java.util.List;

/** The result of reading the configuration: a configuration, or the errors that it has. */
public sealed interface ConfigurationResult {

    /** By file and line. */
    List<Problem> problems();

    /** @param problems warnings only */
    record Accepted(Configuration configuration, List<Problem> problems) implements ConfigurationResult {
        public Accepted {
            problems = List.copyOf(problems);
        }
    }

    /** @param problems at least one error, and the warnings */
    record Invalid(List<Problem> problems) implements ConfigurationResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
