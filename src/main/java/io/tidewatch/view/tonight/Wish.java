package io.tidewatch.view.tonight;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.report.TargetStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * Which lanes somebody wants to see.
 *
 * @param filter what the name, the state, the cause or the window must contain; empty: everything
 * @param namespace whose lanes alone; absent: all
 * @param page 1-based
 */
public record Wish(String filter, Optional<String> namespace, int page) {

    /** Everything, from the beginning. */
    public static final Wish ALL = new Wish("", Optional.empty(), 1);

    public Wish {
        filter = StrangerText.name(filter);
        namespace = namespace.map(StrangerText::name).filter(name -> !name.isEmpty());
        page = Math.max(1, page);
    }

    boolean isMet(TargetStatus status) {
        return namespace
                        .filter(name -> !name.equals(status.target().namespace()))
                        .isEmpty()
                && (filter.isEmpty() || text(status).contains(filter.toLowerCase(Locale.ROOT)));
    }

    private static String text(TargetStatus status) {
        return (status.target() + " " + status.state().word() + " "
                        + status.cause().map(cause -> cause.word()).orElse("") + " "
                        + status.window().orElse(""))
                .toLowerCase(Locale.ROOT);
    }
}
