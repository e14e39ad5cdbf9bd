package io.tidewatch.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several commands in one process, one after the other, so that the JVM can write the classes of all of them into one archive
 * ({@code -XX:ArchiveClassesAtExit}). The launcher runs it once, after it has built.
 */
public final class Rehearsal {

    /** Stands between two commands. */
    private static final String NEXT = ",";

    private Rehearsal() {}

    /** @param arguments the commands, with a comma as an argument of its own between two of them; the last one ends the process */
    public static void main(String[] arguments) {
        List<String> command = new ArrayList<>();
        for (String argument : Arrays.asList(arguments)) {
            if (argument.equals(NEXT)) {
                Main.execute(command.toArray(String[]::new));
                command.clear();
            } else {
                command.add(argument);
            }
        }
        Main.main(command.toArray(String[]::new));
    }
}
