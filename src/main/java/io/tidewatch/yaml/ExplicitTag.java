package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.ScalarEvent;

/** The value of a scalar with or without a tag such as {@code !!str}. */
final class ExplicitTag {

    private static final String YAML = "tag:yaml.org,2002:";

    private ExplicitTag() {}

    static Node scalar(int line, ScalarEvent event) throws UnreadableText {
        String text = event.getValue();
        String tag = event.getTag();
        boolean tooLong = text.length() > Limits.SCALAR_LENGTH;
        if (tag == null) {
            return new Node.Scalar(line, event.isPlain() && !tooLong ? ScalarResolver.resolve(text) : text, text);
        }
        if (tag.equals("!") || tag.equals(YAML + "str")) {
            return new Node.Scalar(line, text, text);
        }
        String word = tag.startsWith(YAML) ? "!!" + tag.substring(YAML.length()) : tag;
        Object value = tooLong ? text : ScalarResolver.resolve(text);
        if (!fits(word, value)) {
            throw new UnreadableText(
                    line,
                    "wrong-tag",
                    "the tag " + Quoted.cut(word) + " does not fit " + Quoted.of(text)
                            + "; leave the tag out, and quote the value if it is a text");
        }
        return new Node.Scalar(
                line, word.equals("!!float") && value instanceof Integer i ? (Object) i.doubleValue() : value, text);
    }

    private static boolean fits(String tag, @Nullable Object value) {
        return switch (tag) {
            case "!!null" -> value == null;
            case "!!bool" -> value instanceof Boolean;
            case "!!int" -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case "!!float" -> value instanceof Double || value instanceof Integer;
            default -> false;
        };
    }
}
