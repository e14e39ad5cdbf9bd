package io.tidewatch.text;

import java.nio.charset.StandardCharsets;

/** Where the pages of the web server lie, as paths with every other character escaped (RFC 3986). */
public final class PagePath {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@:/";

    private PagePath() {}

    /** The page of an incident. */
    public static String incident(String id) {
        return "/i/" + escaped(id);
    }

    /** A page of lanes. */
    public static String lanes(String filter, String namespace, int page) {
        return "/?q=" + escaped(filter) + "&ns=" + escaped(namespace) + "&page=" + page;
    }

    private static String escaped(String text) {
        StringBuilder path = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (one & 0xFF);
            if (PLAIN.indexOf(character) >= 0) {
                path.append(character);
            } else {
                path.append(String.format("%%%02X", one & 0xFF));
            }
        }
        return path.toString();
    }
}
