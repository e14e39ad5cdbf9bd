package io.tidewatch.web;

import java.util.Map;

/**
 * An answer over HTTP.
 *
 * @param code of HTTP
 */
record Reply(int code, Map<String, ?> document) {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    static Reply ok(Map<String, ?> document) {
        return new Reply(OK, document);
    }

    /** The request cannot be answered as it is. */
    static Reply wrong(String why) {
        return new Reply(BAD_REQUEST, Map.of("error", why));
    }

    /** The request can be answered later. */
    static Reply later(String why) {
        return new Reply(UNAVAILABLE, Map.of("error", why));
    }
}
