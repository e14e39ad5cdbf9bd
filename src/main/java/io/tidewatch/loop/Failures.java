package io.tidewatch.loop;

import org.apache.camel.CamelExecutionException;

/** What is behind an exception that a route handed on. */
public final class Failures {

    private Failures() {}

    /** What was thrown, without Camel's own exception around it: an Error comes to an error handler inside one. */
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
