package io.tidewatch.playground.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The path of a field in an object, in the elements of FieldsV1: {@code f:name} is a map's key, {@code k:{...}} an
 * item of a list merged by keys, {@code v:...} an item of a set.
 */
record FieldPath(List<String> elements) implements Comparable<FieldPath> {

    static final FieldPath ROOT = new FieldPath(List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    FieldPath {
        elements = List.copyOf(elements);
    }

    static FieldPath ofFields(String... names) {
        FieldPath path = ROOT;
        for (String name : names) {
            path = path.field(name);
        }
        return path;
    }

    FieldPath field(String name) {
        return child("f:" + name);
    }

    FieldPath child(String element) {
        List<String> longer = new ArrayList<>(elements.size() + 1);
        longer.addAll(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    /** The path without its last element; the root's parent is the root. */
    FieldPath parent() {
        return elements.isEmpty() ? ROOT : new FieldPath(elements.subList(0, elements.size() - 1));
    }

    boolean startsWith(FieldPath prefix) {
        return elements.size() >= prefix.elements.size()
                && elements.subList(0, prefix.elements.size()).equals(prefix.elements);
    }

    boolean endsInField() {
        return !elements.isEmpty() && elements.get(elements.size() - 1).startsWith("f:");
    }

    @Override
    public int compareTo(FieldPath other) {
        int shared = Math.min(elements.size(), other.elements.size());
        for (int i = 0; i < shared; i++) {
            int order = elements.get(i).compareTo(other.elements.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(elements.size(), other.elements.size());
    }

    /** As kube-apiserver names a field in a conflict: {@code .spec.template.spec.containers[name="app"].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            String body = element.substring(2);
            switch (element.charAt(0)) {
                case 'k' -> text.append('[').append(keys(body)).append(']');
                case 'v' -> text.append("[=").append(body).append(']');
                default -> text.append('.').append(body);
            }
        }
        return text.toString();
    }

    private static String keys(String json) {
        try {
            StringJoiner joined = new StringJoiner(",");
            for (Map.Entry<String, JsonNode> key : JSON.readTree(json).properties()) {
                joined.add(key.getKey() + "=" + key.getValue());
            }
            return joined.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an item's keys: " + json, e);
        }
    }
}
