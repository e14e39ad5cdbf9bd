package io.tidewatch.loop;

import org.apache.camel.CamelExecutionException;

/** Finds the exception behind an exception that a route handed on. */
public final class Failures {

    private Failures() {}

    /** The exception without the wrapper of Camel, in which an Error reaches an error handler. */
    public static Throwable unwrapped(Throwable failed) {
        return failed instanceof CamelExecutionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    /** The innermost cause. */
    public static Throwable root(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
