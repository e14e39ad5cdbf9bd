package io.tidewatch.definition.read;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.yaml.Content;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.NodeComposer;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one document: whose it is, what it is called, and then its kind's own fields. */
final class DocumentReader {

    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec");
    private static final List<String> METADATA = List.of(
            "name",
            "namespace",
            "labels",
            "annotations",
            "finalizers",
            "ownerReferences",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields");

    private final Origin place;
    private final Set<FurtherKind> kinds;
    private final Findings findings;
    private final OtherFiles files;
    private final Schemas schemas;
    private final List<Neighbour> neighbours = new ArrayList<>();

    /**
     * @param place the source and the file
     * @param kinds the further kinds that are manifests
     */
    DocumentReader(Origin place, Findings findings, OtherFiles files, Schemas schemas, Set<FurtherKind> kinds) {
        this.place = place;
        this.kinds = Set.copyOf(kinds);
        this.findings = findings;
        this.files = files;
        this.schemas = schemas;
    }

    /** The document; absent where it is of a kind that Tidewatch does not read. */
    Optional<ReadDocument> read(NodeComposer.Document document, int index) {
        Place root = Place.root(document.root());
        Optional<String> apiVersion = ListItems.plainText(root, "apiVersion");
        Optional<String> kind = ListItems.plainText(root, "kind");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            refuseHalfHeader(root, apiVersion, kind);
            return Optional.empty();
        }
        if (Kinds.isMistaken(apiVersion.get(), kind.get()) || Kinds.isOfOldKeda(apiVersion.get(), kind.get())) {
            refuseMistaken(root, apiVersion.get(), kind.get());
            return Optional.empty();
        }
        Optional<String> meant = Kinds.meant(apiVersion.get(), kind.get());
        if (meant.isPresent()) {
            findings.error(
                    root.at("kind"),
                    "unknown-kind",
                    "no kind " + Quoted.cut(kind.get()) + " in " + Quoted.cut(apiVersion.get()) + "; write "
                            + meant.get());
            return Optional.empty();
        }
        Kinds.ofList(apiVersion.get(), kind.get())
                .filter(item ->
                        !root.field("items").map(Place::items).orElse(List.of()).isEmpty())
                .ifPresent(item -> findings.warning(
                        root.at("kind"),
                        "list-not-read",
                        "an item of this " + kind.get()
                                + " has no apiVersion and kind, so none of them is read; write apiVersion: "
                                + Kinds.version(item) + " and kind: " + item + " in each"));
        boolean listed = isListed(apiVersion.get(), kind.get());
        if (!Kinds.isRead(apiVersion.get(), kind.get())) {
            Neighbour.of(root, apiVersion.get(), kind.get(), new Origin(place.source(), place.file(), root.line()))
                    .map(found -> listed ? found.asManifest() : found)
                    .ifPresent(neighbours::add);
        }
        if (!Kinds.isRead(apiVersion.get(), kind.get()) && !listed) {
            return Optional.empty();
        }
        for (NodeComposer.Duplicate d : document.duplicates()) {
            findings.error(
                    d.line(),
                    d.path(),
                    "duplicate-key",
                    Quoted.cut(d.key()) + " is already written at line " + d.firstLine() + "; keep one of them");
        }
        return ofKind(root, index, apiVersion.get(), kind.get());
    }

    private boolean isListed(String apiVersion, String kind) {
        return FurtherKind.of(apiVersion, kind).filter(kinds::contains).isPresent();
    }

    /** The documents that were read so far. */
    List<Neighbour> neighbours() {
        return List.copyOf(neighbours);
    }

    private Optional<ReadDocument> ofKind(Place root, int index, String apiVersion, String kind) {
        boolean ours = Kinds.isOurs(kind);
        Optional<Fields> fields = ours ? Fields.strict(root, findings, TOP) : Fields.open(root, findings);
        Optional<ObjectKey> key = fields.flatMap(f -> key(f, apiVersion, kind, ours));
        Origin origin = new Origin(place.source(), place.file(), root.line());
        if (!ours) {
            new ManifestChecks(findings, schemas).check(kind, root);
            Map<String, Object> written = ServerFields.leftOut(new Content(findings).of(root));
            Map<String, Object> content = CanonicalManifest.of(kind, written);
            return key.map(k -> new ReadDocument(
                    k,
                    root.line(),
                    index,
                    () -> root,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Manifest(k, content, origin))));
        }
        ObjectKey known = key.orElseGet(() -> new ObjectKey(apiVersion, kind, "default", ""));
        Optional<Fields> spec = fields.flatMap(f -> f.required("spec", "a spec"))
                .flatMap(place -> Fields.strict(
                        place, findings, kind.equals(Kinds.CALENDAR) ? CalendarReader.SPEC : ScheduleReader.SPEC));
        Optional<ScaleSchedule> schedule = kind.equals(Kinds.SCALE_SCHEDULE)
                ? spec.flatMap(s -> new ScheduleReader(findings).read(known, origin, s))
                : Optional.empty();
        Optional<Calendar> calendar = kind.equals(Kinds.CALENDAR)
                ? spec.flatMap(s -> new CalendarReader(findings, files).read(known, origin, s))
                : Optional.empty();
        return key.map(k -> new ReadDocument(k, root.line(), index, () -> root, schedule, calendar, Optional.empty()));
    }

    private Optional<ObjectKey> key(Fields document, String apiVersion, String kind, boolean ours) {
        Optional<Fields> metadata = document.required("metadata", "metadata: {name: NAME}")
                .flatMap(place -> ours ? Fields.strict(place, findings, METADATA) : Fields.open(place, findings));
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = metadata.get();
        fields.optional("labels").ifPresent(fields::textMap);
        fields.optional("annotations").ifPresent(fields::textMap);
        Optional<String> name = fields.required(
                        "name",
                        fields.optional("generateName").isEmpty()
                                ? "a name"
                                : "a name: generateName would make a new object of each apply")
                .flatMap(place -> fields.parsed(place, ShortTexts::name));
        Optional<String> namespace = fields.optional("namespace").isEmpty()
                ? Optional.of("default")
                : fields.parsed("namespace", ShortTexts::label);
        return name.flatMap(n -> namespace.map(ns -> new ObjectKey(apiVersion, kind, ns, n)));
    }

    private void refuseHalfHeader(Place root, Optional<String> apiVersion, Optional<String> kind) {
        if (kind.filter(Kinds::isUnmistakable).isPresent()
                && root.field("apiVersion").isEmpty()) {
            findings.error(
                    root.line(),
                    "apiVersion",
                    "missing-field",
                    "missing; write apiVersion: " + Kinds.version(kind.get()));
        }
        if (apiVersion.filter(v -> v.startsWith(Kinds.OUR_GROUP)).isPresent()) {
            findings.error(
                    root.line(),
                    "kind",
                    "missing-field",
                    "missing; write kind: " + String.join(" or kind: ", Kinds.ours()));
        }
    }

    private void refuseMistaken(Place root, String apiVersion, String kind) {
        String version = Kinds.version(kind);
        if (version.isEmpty()) {
            findings.error(
                    root.at("kind"),
                    "unknown-kind",
                    "no kind " + Quoted.cut(kind) + " in " + Quoted.cut(apiVersion) + "; known are "
                            + String.join(" and ", Kinds.ours()) + Nearest.hint(kind, Kinds.ours()));
        } else {
            findings.error(
                    root.at("apiVersion"),
                    "unknown-version",
                    kind + " is not supported in version " + Quoted.cut(apiVersion) + "; write " + version);
        }
    }
}
