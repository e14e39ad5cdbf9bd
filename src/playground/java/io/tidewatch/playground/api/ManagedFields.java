package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who owns which fields of one object: {@code metadata.managedFields} as values. */
record ManagedFields(Map<FieldOwner, Claim> claims) {

    static final ManagedFields NONE = new ManagedFields(Map.of());

    private static final Comparator<Map.Entry<FieldOwner, Claim>> WIRE_ORDER = Comparator.comparing(
                    (Map.Entry<FieldOwner, Claim> entry) ->
                            entry.getKey().operation().name())
            .thenComparing(entry -> entry.getValue().time())
            .thenComparing(entry -> entry.getKey().manager())
            .thenComparing(entry -> entry.getKey().apiVersion())
            .thenComparing(entry -> entry.getKey().subresource().orElse(""));

    /** kube-apiserver dates no entry of the scale subresource. */
    private static final String UNDATED = "";

    /** The fields of one owner, and when (RFC 3339, seconds) they last changed; an empty time is not written. */
    record Claim(FieldSet fields, String time) {}

    ManagedFields {
        claims = Map.copyOf(claims);
    }

    static ManagedFields read(JsonNode entries) {
        Map<FieldOwner, Claim> claims = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            if (entry.path("fieldsV1").isObject()) {
                FieldOwner owner = new FieldOwner(
                        entry.path("manager").asText(),
                        FieldOwner.Operation.valueOf(entry.path("operation").asText()),
                        entry.path("apiVersion").asText(),
                        Optional.ofNullable(entry.path("subresource").textValue()));
                claims.put(
                        owner,
                        new Claim(
                                FieldsV1.read(entry.path("fieldsV1")),
                                entry.path("time").asText()));
            }
        }
        return new ManagedFields(claims);
    }

    ArrayNode write() {
        List<Map.Entry<FieldOwner, Claim>> sorted = new ArrayList<>(claims.entrySet());
        sorted.sort(WIRE_ORDER);
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(claim -> entries.add(entry(claim.getKey(), claim.getValue())));
        return entries;
    }

    private static ObjectNode entry(FieldOwner owner, Claim claim) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", owner.manager());
        entry.put("operation", owner.operation().name());
        entry.put("apiVersion", owner.apiVersion());
        if (!claim.time().equals(UNDATED)) {
            entry.put("time", claim.time());
        }
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", FieldsV1.write(claim.fields()));
        owner.subresource().ifPresent(name -> entry.put("subresource", name));
        return entry;
    }

    FieldSet fieldsOf(FieldOwner owner) {
        Claim claim = claims.get(owner);
        return claim == null ? FieldSet.EMPTY : claim.fields();
    }

    /** With the owner's fields replaced, as of the given time; an owner of nothing is forgotten. */
    ManagedFields with(FieldOwner owner, FieldSet fields, String time) {
        Map<FieldOwner, Claim> changed = new LinkedHashMap<>(claims);
        if (fields.isEmpty()) {
            changed.remove(owner);
        } else {
            changed.put(owner, new Claim(fields, owner.isOfScale() ? UNDATED : time));
        }
        return new ManagedFields(changed);
    }

    /** The same ownership, whenever it was taken. */
    boolean sameOwnership(ManagedFields other) {
        return claims.keySet().equals(other.claims.keySet())
                && claims.keySet().stream().allMatch(owner -> fieldsOf(owner).equals(other.fieldsOf(owner)));
    }
}
