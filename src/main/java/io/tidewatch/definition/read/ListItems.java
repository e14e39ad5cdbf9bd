package io.tidewatch.definition.read;

import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.NodeComposer.Document;
import io.tidewatch.yaml.NodeComposer.Duplicate;
import io.tidewatch.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of a List, as {@code kubectl get -o yaml} prints it and {@code kubectl apply} reads it: each item by itself. Of a typed
 * list, as RolloutList, where each item has its own apiVersion and kind.
 */
final class ListItems {

    private ListItems() {}

    /** The items, in their order, those of Lists in it too; the document itself where it is no such list. */
    static List<Document> of(Document document) {
        Place root = Place.root(document.root());
        List<Place> items = root.field("items").map(Place::items).orElse(List.of());
        if (items.isEmpty() || !isList(root, items)) {
            return List.of(document);
        }
        Map<String, List<Duplicate>> duplicates = duplicates(document);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            documents.addAll(
                    of(new Document(items.get(i).node(), duplicates.getOrDefault("items[" + i + "]", List.of()))));
        }
        return documents;
    }

    private static boolean isList(Place root, List<Place> items) {
        Optional<String> apiVersion = plainText(root, "apiVersion");
        Optional<String> kind = plainText(root, "kind");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return false;
        }
        return (apiVersion.get().equals("v1") && kind.get().equals("List"))
                || (Kinds.ofList(apiVersion.get(), kind.get()).isPresent()
                        && items.stream()
                                .allMatch(item -> plainText(item, "apiVersion").isPresent()
                                        && plainText(item, "kind").isPresent()));
    }

    /** The keys written twice in each item, by the item's path. */
    private static Map<String, List<Duplicate>> duplicates(Document document) {
        Map<String, List<Duplicate>> byItem = new HashMap<>();
        for (Duplicate found : document.duplicates()) {
            int dot = found.path().indexOf("].") + 1;
            if (dot > 0 && found.path().startsWith("items[")) {
                byItem.computeIfAbsent(found.path().substring(0, dot), item -> new ArrayList<>())
                        .add(new Duplicate(
                                found.line(), found.path().substring(dot + 1), found.key(), found.firstLine()));
            }
        }
        return byItem;
    }

    /** The text of a field; absent where it is no text. */
    static Optional<String> plainText(Place place, String name) {
        return place.field(name)
                .filter(found -> found.node() instanceof Node.Scalar scalar && scalar.value() instanceof String)
                .map(found -> ((Node.Scalar) found.node()).written());
    }
}
