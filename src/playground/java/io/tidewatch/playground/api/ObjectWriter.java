package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Creates and changes objects. Every change is computed from a state as a pure function and stored only if that state is
 * still the stored one; otherwise it is computed again, as kube-apiserver's GuaranteedUpdate does.
 */
final class ObjectWriter {

    /** The outcome of a write: the object as it is now (or would be, in a dry run). */
    record Written(ObjectNode object, boolean created) {}

    /** A state to store, computed from the current one; empty where nothing changes. */
    private interface Step {
        Optional<ObjectNode> next(Optional<StoredObject> current);
    }

    private static final String NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private final ObjectStore store;
    private final Deletion deletion;
    private final Clock clock;
    private final SplittableRandom random = new SplittableRandom();
    private volatile boolean scaleToZero;

    ObjectWriter(ObjectStore store, Deletion deletion, Clock clock) {
        this.store = store;
        this.deletion = deletion;
        this.clock = clock;
    }

    void allowScaleToZero() {
        scaleToZero = true;
    }

    Written create(ResourcePath path, ObjectNode body, Writer writer) {
        ResourceType type = path.type();
        Incoming.checkType(type, body);
        Validation.checkEventTime(type, body);
        if (writer.strict()) {
            Validation.checkStrictBody(type, body);
        }
        String namespace = Incoming.namespace(path, body);
        String name = Metadata.name(body);
        if (name.isEmpty() && !Metadata.text(body, "generateName").isEmpty()) {
            name = Metadata.text(body, "generateName") + suffix();
        }
        if (name.isEmpty()) {
            throw ApiFailure.invalid(
                    type,
                    "",
                    List.of(new ApiFailure.Cause(
                            "FieldValueRequired",
                            "Required value: name or generateName is required",
                            "metadata.name")));
        }
        ObjectKey key = new ObjectKey(type, namespace, name);
        return write(key, writer, current -> {
            if (current.isPresent()) {
                throw ApiFailure.alreadyExists(type, key.name());
            }
            return createdNow(key, body, writer);
        });
    }

    private Optional<ObjectNode> createdNow(ObjectKey key, ObjectNode body, Writer writer) {
        ObjectNode object = WriteRules.created(key, body, newUid(), Timestamps.seconds(clock));
        return owned(key, Optional.empty(), object, ManagedFields.NONE, updater(key.type(), Door.MAIN, writer));
    }

    /** PUT through the given door. */
    Written replace(ObjectKey key, Door door, ObjectNode body, Writer writer) {
        boolean creates = door == Door.MAIN && key.type().has(ResourceType.Trait.CREATED_BY_PUT);
        return write(key, writer, current -> {
            if (current.isEmpty() && !creates) {
                throw ApiFailure.notFound(key.type(), key.name());
            }
            Incoming.checkType(key.type(), body);
            Validation.checkEventTime(key.type(), body);
            Incoming.checkNames(key, body);
            if (writer.strict()) {
                Validation.checkStrictBody(key.type(), body);
            }
            Incoming.checkPutUid(key, current, body);
            if (current.isEmpty()) {
                return createdNow(key, body, writer);
            }
            StoredObject stored = current.get();
            if (key.type().has(ResourceType.Trait.VERSIONED_PUT)
                    && Metadata.resourceVersion(body).isEmpty()) {
                throw Incoming.versionRequired(key);
            }
            return updated(stored, door, body, writer);
        });
    }

    /** A patch other than apply; the given function makes the proposed state of the current one. */
    Written patch(ObjectKey key, Door door, UnaryOperator<ObjectNode> patch, Writer writer) {
        return write(key, writer, current -> {
            StoredObject stored = current.orElseThrow(() -> ApiFailure.notFound(key.type(), key.name()));
            ObjectNode proposed = patch.apply(stored.json());
            Incoming.checkNames(key, proposed);
            if (writer.strict()) {
                Validation.checkStrictPatch(key, proposed);
            }
            return updated(stored, door, proposed, writer);
        });
    }

    private Optional<ObjectNode> updated(StoredObject stored, Door door, ObjectNode proposed, Writer writer) {
        Incoming.checkVersionAndUid(stored, proposed);
        ResourceType type = stored.key().type();
        ObjectNode object = WriteRules.updated(type, door, stored.json(), proposed);
        ManagedFields owners = Incoming.owners(stored.json(), proposed, door);
        return owned(stored.key(), Optional.of(stored), object, owners, updater(type, door, writer));
    }

    private Optional<ObjectNode> owned(
            ObjectKey key, Optional<StoredObject> current, ObjectNode object, ManagedFields owners, FieldOwner writer) {
        Validation.check(key, object, scaleToZero);
        ObjectNode before = current.map(StoredObject::json).orElseGet(() -> skeleton(key.type()));
        ManagedFields after = ownership(key.type())
                .afterUpdate(
                        WriteRules.withoutOwnership(before),
                        WriteRules.withoutOwnership(object),
                        owners,
                        writer,
                        Timestamps.seconds(clock));
        return settled(current, object, after);
    }

    /** Server-side apply through the given door; through the main door it creates what is missing. */
    Written apply(ObjectKey key, Door door, ObjectNode config, Writer writer) {
        ResourceType type = key.type();
        Incoming.checkApply(key, config, writer);
        Validation.checkApplied(key, config);
        return write(key, writer, current -> {
            if (current.isEmpty() && door != Door.MAIN) {
                throw ApiFailure.notFound(type, key.name());
            }
            ObjectNode live = current.map(StoredObject::json).orElseGet(() -> skeleton(type));
            current.ifPresent(stored -> Incoming.checkVersionAndUid(stored, config));
            if (current.isEmpty() && !Metadata.uid(config).isEmpty()) {
                throw ApiFailure.conflict(
                        type,
                        key.name(),
                        "uid mismatch: the provided object specified uid " + Metadata.uid(config)
                                + ", and no existing object was found");
            }
            Ownership.Applied applied = ownership(type)
                    .apply(
                            WriteRules.withoutOwnership(live),
                            WriteRules.admissible(type, door, config),
                            ManagedFields.read(live.path("metadata").path("managedFields")),
                            FieldOwner.applier(writer.manager(), type.apiVersion(), door.subresource()),
                            Timestamps.seconds(clock));
            if (!applied.conflicts().isEmpty() && !writer.force()) {
                throw ApplyConflicts.failure(applied.conflicts());
            }
            ObjectNode object = current.isPresent()
                    ? WriteRules.updated(type, door, live, applied.object())
                    : WriteRules.created(key, applied.object(), newUid(), Timestamps.seconds(clock));
            Validation.check(key, object, scaleToZero);
            return settled(current, object, applied.owners());
        });
    }

    /** Empty where only times of ownership would change, so that a no-op writes nothing. */
    private static Optional<ObjectNode> settled(
            Optional<StoredObject> current, ObjectNode object, ManagedFields owners) {
        if (current.isPresent()) {
            ObjectNode before = current.get().json();
            ManagedFields was = ManagedFields.read(before.path("metadata").path("managedFields"));
            if (WriteRules.sameApartFromOwnership(before, object) && was.sameOwnership(owners)) {
                return Optional.empty();
            }
        }
        if (owners.claims().isEmpty()) {
            Metadata.of(object).remove("managedFields");
        } else {
            Metadata.of(object).set("managedFields", owners.write());
        }
        return Optional.of(object);
    }

    private Written write(ObjectKey key, Writer writer, Step step) {
        while (true) {
            Optional<StoredObject> current = store.get(key);
            Optional<ObjectNode> changed = step.next(current);
            if (changed.isEmpty()) {
                return new Written(current.orElseThrow().json(), false);
            }
            ObjectNode next = changed.get();
            if (current.isEmpty()) {
                deletion.checkNamespaceAccepts(key);
            }
            if (writer.dryRun()) {
                return new Written(next, current.isEmpty());
            }
            if (current.isPresent() && Metadata.isBeingDeleted(next) && !Metadata.hasFinalizers(next)) {
                if (deletion.finish(current.get())) {
                    return new Written(next, false);
                }
                continue;
            }
            Optional<StoredObject> stored = store.put(key, current, next);
            if (stored.isPresent()) {
                return new Written(stored.get().json(), current.isEmpty());
            }
        }
    }

    private static Ownership ownership(ResourceType type) {
        return new Ownership(type.shape(), type.unowned());
    }

    private static FieldOwner updater(ResourceType type, Door door, Writer writer) {
        return FieldOwner.updater(writer.manager(), type.apiVersion(), door.subresource());
    }

    private static ObjectNode skeleton(ResourceType type) {
        ObjectNode skeleton = JsonNodeFactory.instance.objectNode();
        skeleton.put("apiVersion", type.apiVersion()).put("kind", type.kind()).putObject("metadata");
        return skeleton;
    }

    private static String newUid() {
        return UUID.randomUUID().toString();
    }

    private synchronized String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(NAME_ALPHABET.charAt(random.nextInt(NAME_ALPHABET.length())));
        }
        return suffix.toString();
    }
}
