package io.tidewatch.view.tonight;

import io.tidewatch.text.PagePath;
import io.tidewatch.view.Headline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first page.
 *
 * @param at when it was put together
 * @param unknown what is not known, each in one sentence
 * @param drawn what is to be known of the windows that are drawn in the past; absent where they counted as they are drawn
 * @param commits on the axis, of all sources; none for who sees some namespaces alone
 * @param groups those that need somebody first, then by namespace
 * @param paging which of all lanes are on it
 */
public record Tonight(
        Instant at,
        Headline headline,
        List<String> unknown,
        Axis axis,
        Optional<String> drawn,
        List<Commit> commits,
        List<Group> groups,
        Paging paging) {

    public Tonight {
        unknown = List.copyOf(unknown);
        commits = List.copyOf(commits);
        groups = List.copyOf(groups);
    }

    /** A commit on the axis. */
    public record Commit(Instant at, String x, String text) {}

    /**
     * Lanes under one heading.
     *
     * @param namespace absent: those that need somebody, of all namespaces
     */
    public record Group(Optional<String> namespace, List<Lane> lanes) {

        public Group {
            lanes = List.copyOf(lanes);
        }
    }

    /**
     * Which lanes are shown.
     *
     * @param filter what names or states must contain; empty: everything
     * @param namespace whose lanes alone are shown
     * @param page 1-based
     * @param lanes how many there are on all pages
     * @param targets how many there are without the filter
     */
    public record Paging(String filter, Optional<String> namespace, int page, int pages, int lanes, int targets) {

        /** Where the lanes of one namespace are, of those that the filter finds. */
        public String address(String of) {
            return PagePath.lanes(filter, of, 1);
        }

        /** Where another of the pages is. */
        public String address(int other) {
            return PagePath.lanes(filter, namespace.orElse(""), other);
        }
    }
}
