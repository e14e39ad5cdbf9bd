package io.tidewatch.app;

import io.tidewatch.cli.Tidewatch;

/** The door from the outside: the exit code is the process's. */
public final class Main {

    /** Names the logins that the JDK refuses to give a proxy before it opens a tunnel; Basic by default. */
    private static final String REFUSED_AT_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private Main() {}

    public static void main(String[] arguments) {
        if (System.getProperty(REFUSED_AT_TUNNELS) == null) {
            System.setProperty(
                    REFUSED_AT_TUNNELS, ""); // read once, with the first connection: sources may have proxyAuth
        }
        System.exit(Tidewatch.execute(arguments));
    }
}
