package io.tidewatch.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what no stage turned into an outcome: one line, the stack trace only for those who debug. */
public final class Troubles {

    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    public void say(Throwable trouble, String route) {
        log.warn("{}: {}", route, rootOf(trouble));
        log.debug("{}", route, trouble);
    }

    private static String rootOf(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
