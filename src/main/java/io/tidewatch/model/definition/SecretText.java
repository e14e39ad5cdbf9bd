package io.tidewatch.model.definition;

import java.util.List;
import java.util.function.Supplier;

/** A text that nobody may see. It is asked for at each use, because it may be replaced while Tidewatch runs. {@code toString} hides it. */
public interface SecretText extends Supplier<String> {

    /** The text that counts now. Does not throw. */
    @Override
    String get();

    /** The texts that counted lately, the newest first: none of them may appear in a message. Reads nothing. */
    List<String> known();

    /** A text that never changes. */
    static SecretText of(String text) {
        return new Unchanging(text);
    }

    /** A text that never changes. */
    record Unchanging(String get) implements SecretText {

        @Override
        public List<String> known() {
            return List.of(get);
        }

        @Override
        public String toString() {
            return "secret";
        }
    }
}
