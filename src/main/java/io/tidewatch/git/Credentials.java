package io.tidewatch.git;

/** What an http(s) remote is told with every request; the password is never shown. */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
