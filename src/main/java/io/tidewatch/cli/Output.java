package io.tidewatch.cli;

import io.tidewatch.cli.Documents.Format;
import io.tidewatch.model.StrangerText;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code -o}: prints a table for people or a document for scripts. */
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, json or yaml. Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private Format format = Format.table;

    boolean isTable() {
        return format == Format.table;
    }

    /** Prints in the requested format. */
    void print(Supplier<String> table, Supplier<Map<String, ?>> document) {
        Tidewatch.out().print(StrangerText.block(isTable() ? table.get() : Documents.text(document.get(), format)));
        Tidewatch.out().flush();
    }
}
