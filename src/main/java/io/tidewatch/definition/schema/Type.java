package io.tidewatch.definition.schema;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The type of a field's value. */
sealed interface Type {

    /** Any value. */
    record Anything() implements Type {}

    /** @param least how many items the list must have */
    record ListOf(Type item, OptionalInt least, OptionalInt most) implements Type {}

    /** An object whose field names are free. */
    record MapOf(Type value) implements Type {}

    /**
     * An object with known fields.
     *
     * @param key under which its fields stand in the table
     * @param open whether unknown fields are kept by the API server
     * @param embedded whether it is an object of the API server itself, with apiVersion, kind and metadata
     */
    record ObjectAt(FieldTable table, String key, boolean open, boolean embedded) implements Type {}

    /**
     * A text, number or boolean.
     *
     * @param values the only ones that are allowed; any where empty
     * @param pattern that a text must match
     * @param longest in characters
     */
    record Scalar(
            Kind kind,
            List<String> values,
            OptionalLong min,
            OptionalLong max,
            OptionalInt shortest,
            OptionalInt longest,
            Optional<Pattern> pattern,
            String format)
            implements Type {

        public Scalar {
            values = List.copyOf(values);
        }
    }

    /** Which scalars are taken. */
    enum Kind {
        STRING("a string"),
        INTEGER("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        INT_OR_STRING("a whole number or a string"),
        /** An amount as the API server reads it: any number, or a text such as {@code 500m}. */
        QUANTITY("a number or a quantity such as 500m or 1Gi");

        private final String described;

        Kind(String described) {
            this.described = described;
        }

        String described() {
            return described;
        }
    }
}
