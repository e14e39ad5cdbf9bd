package io.tidewatch.definition.read;

import io.tidewatch.yaml.NodeComposer;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.UnreadableText;
import io.tidewatch.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a file's documents with their lines, parsed again at the first use, since they take far more memory than text. */
final class Roots {

    private final String text;
    private Optional<List<Place>> parsed = Optional.empty();

    Roots(String text) {
        this.text = text;
    }

    Place get(int index) {
        if (parsed.isEmpty()) {
            parsed = Optional.of(parse());
        }
        return parsed.get().get(index);
    }

    private List<Place> parse() {
        List<Place> roots = new ArrayList<>();
        for (YamlText.Part part : YamlText.parts(text)) {
            documents(part).stream()
                    .flatMap(document -> ListItems.of(document).stream())
                    .forEach(document -> roots.add(Place.root(document.root())));
        }
        return roots;
    }

    /** None of a part that cannot be read: none was read the first time either. */
    private static List<NodeComposer.Document> documents(YamlText.Part part) {
        try {
            return NodeComposer.documents(part);
        } catch (UnreadableText e) {
            return List.of();
        }
    }
}
