package io.tidewatch.model.diagnosis;

import io.tidewatch.model.StrangerText;

/**
 * A field of a live object that proves something.
 *
 * @param object kind and name, as {@code ReplicaSet checkout-78f86f85b5}
 */
public record Evidence(String object, String field, String value) {

    public Evidence {
        object = StrangerText.line(object);
        field = StrangerText.line(field);
        value = StrangerText.line(value);
    }
}
