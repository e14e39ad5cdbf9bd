package io.tidewatch.git;

import java.util.function.Supplier;

/**
 * What an http(s) remote or a proxy is told; the password is never shown.
 *
 * @param password asked for anew with each connection, for the file that it comes from may be rewritten
 */
public record Credentials(String username, Supplier<String> password) {

    public Credentials(String username, String password) {
        this(username, () -> password);
    }

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
