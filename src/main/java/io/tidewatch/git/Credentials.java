package io.tidewatch.git;

import java.util.function.Supplier;

/**
 * User name and password for an http(s) remote or a proxy. {@link #toString} does not contain the password.
 *
 * @param password read again for each connection, because its file may change
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
