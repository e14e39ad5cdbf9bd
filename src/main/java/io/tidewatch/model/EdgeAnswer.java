package io.tidewatch.model;

import java.util.List;

/** What a dry run came to. */
public sealed interface EdgeAnswer {

    EdgeQuestion question();

    /** Nobody is in the way. */
    record Accepted(EdgeQuestion question) implements EdgeAnswer {}

    /** Others own what is to be written. */
    record Owned(EdgeQuestion question, List<Owner> owners) implements EdgeAnswer {
        public Owned {
            owners = List.copyOf(owners);
        }
    }

    /** The write itself will be refused, as things stand. */
    record Refused(EdgeQuestion question, int code, String message) implements EdgeAnswer {}

    /** The API server gave no answer that tells anything: worth asking again later. */
    record Unanswered(EdgeQuestion question, String message) implements EdgeAnswer {}

    /** Something of our own failed while it was asked or while its answer was put into words. */
    record Failed(EdgeQuestion question, Fault fault) implements EdgeAnswer {}

    /**
     * @param field with a leading dot
     */
    record Owner(String manager, String field) {}
}
