package io.tidewatch.model.definition;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A secret in a file that a test replaces. */
public record ReplacedText(AtomicReference<String> file) implements SecretText {

    @Override
    public String get() {
        return file.get();
    }

    @Override
    public List<String> known() {
        return List.of(file.get());
    }
}
