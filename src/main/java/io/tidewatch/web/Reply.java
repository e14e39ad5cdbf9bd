package io.tidewatch.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * An answer over HTTP.
 *
 * @param code of HTTP
 * @param type the Content-Type
 * @param keep how long a client may keep it without asking again
 * @param tag the same for answers that say the same (ETag)
 */
@SuppressWarnings("ArrayRecordComponent") // written to a socket, never compared
public record Reply(int code, String type, Keep keep, byte[] body, String tag) {

    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** What a client may do with an answer. */
    public enum Keep {
        /** Nothing. */
        NOTHING("no-store"),

        /** Keep it, and ask each time whether it is still the same. */
        UNTIL_CHANGED("no-cache"),

        /** Keep it for an hour: it changes with the version alone. */
        AN_HOUR("max-age=3600");

        private final String header;

        Keep(String header) {
            this.header = header;
        }

        String header() {
            return header;
        }
    }

    /** A document, as JSON. */
    static Reply ok(Object document) {
        return json(OK, Keep.NOTHING, document);
    }

    /** A document that a client may keep and ask for again. */
    static Reply document(Object document) {
        return json(OK, Keep.UNTIL_CHANGED, document);
    }

    static Reply page(int code, String html) {
        return new Reply(
                code,
                HTML,
                code == OK ? Keep.UNTIL_CHANGED : Keep.NOTHING,
                html.getBytes(StandardCharsets.UTF_8),
                tag(withoutInstant(html).getBytes(StandardCharsets.UTF_8)));
    }

    /** A file of the product. */
    static Reply file(String type, byte[] content) {
        return new Reply(OK, type, Keep.AN_HOUR, content, tag(content));
    }

    /** The request cannot be answered as it is. */
    static Reply wrong(String why) {
        return error(BAD_REQUEST, why);
    }

    /** What is asked for is not there. */
    static Reply missing(String why) {
        return error(NOT_FOUND, why);
    }

    /** The request can be answered later. */
    static Reply later(String why) {
        return error(UNAVAILABLE, why);
    }

    static Reply error(int code, String why) {
        return json(code, Keep.NOTHING, Map.of("error", why));
    }

    private static Reply json(int code, Keep keep, Object document) {
        try {
            byte[] body = Json.MAPPER.writeValueAsBytes(document);
            return new Reply(code, JSON, keep, body, tag(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    /** A page names the instant at which it was made; one that says the same of another instant has not changed. */
    private static String withoutInstant(String html) {
        return html.replaceFirst("data-at=\"[^\"]{0,60}\"", "").replaceFirst("<p class=\"age\"[^\\n]{0,300}", "");
    }

    /** Weak: the same answer, compressed or not. */
    private static String tag(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return "W/\"" + Long.toHexString(sum.getValue()) + "-" + Integer.toHexString(body.length) + "\"";
    }
}
