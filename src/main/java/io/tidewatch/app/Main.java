package io.tidewatch.app;

import io.tidewatch.app.cli.Tidewatch;

/** The door from the outside: the exit code is the process's. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Tidewatch.execute(arguments));
    }
}
