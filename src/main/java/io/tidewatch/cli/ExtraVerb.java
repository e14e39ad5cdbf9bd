package io.tidewatch.cli;

import java.util.concurrent.Callable;

/**
 * A verb of the command line that the product does not know: a picocli command, found on the class path by {@link
 * java.util.ServiceLoader}. It returns the exit code.
 */
public interface ExtraVerb extends Callable<Integer> {}
