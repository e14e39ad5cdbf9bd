package io.tidewatch.cli;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.definition.schema.UnknownFields;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The fields that manifests are compared with, as options. */
final class KnownFields {

    /** The values of {@code --unknown-fields}. */
    enum Severity {
        error,
        warn
    }

    @Option(
            names = "--rollouts-version",
            paramLabel = "VERSION",
            description = "Check Rollouts against the fields of this Argo Rollouts. Default: as in --config, else the"
                    + " newest known.")
    private Optional<String> rolloutsVersion = Optional.empty();

    @Option(
            names = "--keda-version",
            paramLabel = "VERSION",
            description =
                    "Check ScaledObjects against the fields of this KEDA. Default: as in --config, else the newest"
                            + " known.")
    private Optional<String> kedaVersion = Optional.empty();

    @Option(
            names = "--unknown-fields",
            paramLabel = "error|warn",
            description =
                    "Whether an unknown field of a Rollout or ScaledObject is an error or a warning. Default: as in"
                            + " --config, else error.")
    private Optional<Severity> unknownFields = Optional.empty();

    /**
     * The fields that these options name.
     *
     * @param otherwise for options that are not given
     * @throws IllegalArgumentException if the fields of a version are not known
     */
    Schemas over(Schemas otherwise) {
        Schemas schemas = unknownFields
                .map(severity -> UnknownFields.valueOf(severity.name().toUpperCase(Locale.ROOT)))
                .map(otherwise::with)
                .orElse(otherwise);
        if (rolloutsVersion.isPresent()) {
            schemas = schemas.withRollouts(rolloutsVersion.get())
                    .orElseThrow(() -> unknown("Argo Rollouts", rolloutsVersion.get(), Schemas.knownRollouts()));
        }
        if (kedaVersion.isPresent()) {
            schemas = schemas.withKeda(kedaVersion.get())
                    .orElseThrow(() -> unknown("KEDA", kedaVersion.get(), Schemas.knownKeda()));
        }
        return schemas;
    }

    private static IllegalArgumentException unknown(String product, String version, String known) {
        return new IllegalArgumentException(
                "the fields of " + product + " " + version + " are not known; known are " + known);
    }
}
