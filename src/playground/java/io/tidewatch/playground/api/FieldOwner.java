package io.tidewatch.playground.api;

import java.util.Optional;

/**
 * Who owns fields: a field manager under one operation. An applier is the same whatever version it speaks, an updater is
 * another for every version and subresource.
 */
record FieldOwner(String manager, Operation operation, String apiVersion, Optional<String> subresource) {

    enum Operation {
        Apply,
        Update
    }

    static FieldOwner applier(String manager, String apiVersion, Optional<String> subresource) {
        return new FieldOwner(manager, Operation.Apply, apiVersion, subresource);
    }

    static FieldOwner updater(String manager, String apiVersion, Optional<String> subresource) {
        return new FieldOwner(manager, Operation.Update, apiVersion, subresource);
    }

    boolean isOfScale() {
        return subresource.filter("scale"::equals).isPresent();
    }

    /** As kube-apiserver names an owner in a conflict. */
    String described() {
        StringBuilder text = new StringBuilder("\"").append(manager).append('"');
        subresource.ifPresent(
                name -> text.append(" with subresource \"").append(name).append('"'));
        if (operation == Operation.Update) {
            text.append(" using ").append(apiVersion);
        }
        return text.toString();
    }
}
