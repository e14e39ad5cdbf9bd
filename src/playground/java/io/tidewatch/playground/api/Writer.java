package io.tidewatch.playground.api;

import java.util.Optional;

/**
 * The writer of a request.
 *
 * @param manager the field manager: the parameter, else the client's name before the slash in its User-Agent
 * @param strict whether an undeclared field refuses the write instead of being dropped
 * @param explicit whether the parameter was given; an apply demands it
 */
record Writer(String manager, boolean explicit, boolean force, boolean dryRun, boolean strict) {

    static Writer of(Query query, Optional<String> userAgent) {
        Optional<String> given = query.get("fieldManager");
        String manager = given.orElseGet(
                () -> userAgent.map(agent -> agent.split("/", 2)[0]).orElse("unknown"));
        boolean strict = query.get("fieldValidation").filter("Strict"::equals).isPresent();
        return new Writer(manager, given.isPresent(), query.isTrue("force"), query.isDryRun(), strict);
    }
}
