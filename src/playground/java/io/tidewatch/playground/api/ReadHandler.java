package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** GET of one object, of its scale, and of a list. */
final class ReadHandler {

    private final ObjectStore store;

    ReadHandler(ObjectStore store) {
        this.store = store;
    }

    Answer get(ResourcePath path) {
        ObjectKey key = path.key();
        ObjectNode object = store.get(key)
                .orElseThrow(() -> ApiFailure.notFound(key.type(), key.name()))
                .json();
        return Answer.ok(WriteHandler.door(path) == Door.SCALE ? ScaleDoor.view(key.type(), object) : object);
    }

    /**
     * A list, in pages where {@code limit} asks for them. A later page shows the objects as they are when it is asked for,
     * under the first page's revision; a real API server shows them as they were.
     */
    Answer list(ResourcePath path, Query query) {
        ResourceType type = path.type();
        ObjectStore.Listing listing = store.list(type, path.namespace().orElse(""));
        Predicate<JsonNode> selector = Selection.of(type, query);
        Optional<Page> page = query.get("continue").map(Page::decode);
        long limit = query.get("limit").map(Long::parseLong).orElse(0L);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        ObjectNode metadata = list.putObject("metadata");
        long revision = page.map(Page::revision).orElse(listing.revision());
        metadata.put("resourceVersion", Long.toString(revision));
        ArrayNode items = list.putArray("items");
        List<StoredObject> matching = listing.objects().stream()
                .filter(object -> page.isEmpty()
                        || object.key().sortKey().compareTo(page.get().after()) > 0)
                .filter(object -> selector.test(object.json()))
                .toList();
        List<StoredObject> shown = limit > 0 && limit < matching.size() ? matching.subList(0, (int) limit) : matching;
        shown.forEach(object -> items.add(object.json()));
        if (shown.size() < matching.size()) {
            String last = shown.get(shown.size() - 1).key().sortKey();
            metadata.put("continue", new Page(revision, last).encode());
            metadata.put("remainingItemCount", matching.size() - shown.size());
        }
        return Answer.ok(list);
    }

    private record Page(long revision, String after) {

        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((revision + ":" + after).getBytes(StandardCharsets.UTF_8));
        }

        static Page decode(String token) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
                return new Page(Long.parseLong(parts[0]), parts[1]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw ApiFailure.badRequest("continue key is not valid: " + e.getMessage());
            }
        }
    }
}
