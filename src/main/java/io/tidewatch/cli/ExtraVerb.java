package io.tidewatch.cli;

import java.util.concurrent.Callable;

/**
 * A further verb of the command line: a picocli command that {@link java.util.ServiceLoader} finds on the class path. It
 * returns the exit code.
 */
public interface ExtraVerb extends Callable<Integer> {}
