package io.tidewatch.demo;

import io.tidewatch.app.Reconciler;
import io.tidewatch.playground.Playground;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Breaks a night on purpose, so that a test can see the demo notice.
 *
 * @param definitions what the operator commits instead
 * @param night done to the playground before the windows end
 * @param reconciler done to the running application before the night
 */
record Sabotage(
        UnaryOperator<Map<String, String>> definitions, Consumer<Playground> night, Consumer<Reconciler> reconciler) {

    static final Sabotage NONE = new Sabotage(files -> files, playground -> {}, reconciler -> {});
}
