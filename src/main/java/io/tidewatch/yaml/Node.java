package io.tidewatch.yaml;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value in a YAML document, with its line. */
public sealed interface Node {

    /** 1-based line in the file at which the value itself begins. */
    int line();

    /** How many values it has after every alias is expanded, itself included. */
    long size();

    /** Its description in a message: {@code a list}, {@code the number 7}. */
    String described();

    /**
     * @param value String, Boolean, Integer, Long, BigInteger, Double, or null
     * @param written as it stands in the file, without quotes
     */
    record Scalar(int line, @Nullable Object value, String written) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public String described() {
            if (value == null) {
                return "nothing";
            }
            if (value instanceof String) {
                return "the string " + Quoted.of(written);
            }
            return (value instanceof Boolean ? "the boolean " : "the number ") + Quoted.cut(written);
        }
    }

    record Sequence(int line, List<Node> items, long size) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** @param entries in the order written, keys distinct, merge keys applied */
    record Mapping(int line, List<Entry> entries, long size) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(e -> e.key().equals(key)).findFirst();
        }

        @Override
        public String described() {
            return "an object";
        }
    }

    /** @param line of the key */
    record Entry(String key, int line, Node value) {}

    static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.value() == null;
    }
}
