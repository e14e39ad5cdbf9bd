package io.tidewatch.playground.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A short name for a pod template: FNV-1a over its canonical JSON, spelled in Kubernetes' safe alphabet. Equal
 * templates have equal hashes; the letters are not those of the real controllers, which hash Go's memory layout.
 */
final class PodTemplateHash {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final ObjectMapper CANONICAL =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private PodTemplateHash() {}

    static String of(Map<String, Object> template) {
        int hash = 0x811c9dc5;
        for (byte next : json(template).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * 0x01000193;
        }
        return spelled(Integer.toUnsignedString(hash));
    }

    static String spelled(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().forEach(letter -> safe.append(ALPHABET.charAt(letter % ALPHABET.length())));
        return safe.toString();
    }

    private static String json(Map<String, Object> template) {
        try {
            return CANONICAL.writeValueAsString(template);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a pod template that is no JSON", e);
        }
    }
}
