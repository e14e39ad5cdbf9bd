package io.tidewatch.definition.read;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Locale;

/** Labels and annotations as the API server takes them. */
final class MetadataTexts {

    private static final int NAME_LENGTH = 63;
    private static final int PREFIX_LENGTH = 253;

    /** Characters of all annotations of an object, keys and values. */
    private static final int ANNOTATIONS_LENGTH = 256 * 1024;

    private final Findings findings;

    MetadataTexts(Findings findings) {
        this.findings = findings;
    }

    void check(Place document) {
        for (Place label : fields(document, "labels")) {
            key(label, label.name());
            label.text()
                    .filter(value -> !value.isEmpty() && !isName(value))
                    .ifPresent(value -> findings.error(
                            label,
                            "wrong-value",
                            Quoted.of(value)
                                    + " is not a value of a label; use letters, digits, -, _ and . with a letter or digit at"
                                    + " both ends, at most " + NAME_LENGTH + " characters, or make it an annotation"));
        }
        List<Place> annotations = fields(document, "annotations");
        annotations.forEach(annotation -> key(annotation, annotation.name().toLowerCase(Locale.ROOT)));
        int length = annotations.stream()
                .mapToInt(place ->
                        place.name().length() + place.text().map(String::length).orElse(0))
                .sum();
        if (length > ANNOTATIONS_LENGTH) {
            findings.error(
                    document.at("metadata.annotations"),
                    "too-long",
                    String.format(
                            Locale.ROOT,
                            "the annotations have %,d characters; the maximum is %,d",
                            length,
                            ANNOTATIONS_LENGTH));
        }
    }

    /** @param judged in lower case for an annotation, as the API server has it */
    private void key(Place field, String judged) {
        int slash = judged.indexOf('/');
        String prefix = slash < 0 ? "" : judged.substring(0, slash);
        boolean fits = isName(judged.substring(slash + 1))
                && (slash < 0
                        || (prefix.length() <= PREFIX_LENGTH
                                && ShortTexts.name(prefix).value().isPresent()));
        if (!fits) {
            findings.error(
                    field,
                    "wrong-name",
                    Quoted.of(field.name())
                            + " is not a key; write name or example.com/name, the name of letters, digits,"
                            + " -, _ and ., at most " + NAME_LENGTH + " characters");
        }
    }

    private static List<Place> fields(Place document, String name) {
        return document.field("metadata")
                .flatMap(metadata -> metadata.field(name))
                .map(Place::fields)
                .orElse(List.of());
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= NAME_LENGTH
                && isLetterOrDigit(text.charAt(0))
                && isLetterOrDigit(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
