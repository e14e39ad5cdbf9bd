package io.tidewatch.view.night;

import io.tidewatch.view.detail.Punctuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages on the branch of reports: one for each night, and an index. A page that stands is left as it is, so that nothing is lost that
 * only it knows. A page that says that something was still open is written again, with the windows that it had, and unless the journal has
 * forgotten something that it lists.
 */
public final class NightPages {

    /** Nights that are looked back on. */
    public static final int NIGHTS = 30;

    /** The index; forges show it first. */
    public static final String INDEX = "README.md";

    /** The folder of the nights. */
    public static final String FOLDER = "nights";

    /** Stands in each index, so that no file of somebody else is overwritten. */
    private static final String OURS = "<!-- Tidewatch writes this page and those in " + FOLDER + "/. -->";

    private static final Pattern PAGE = Pattern.compile(FOLDER + "/(\\d{4}-\\d{2}-\\d{2})\\.md");
    private static final Pattern ROW = Pattern.compile("\\| \\[(\\d{4}-\\d{2}-\\d{2})\\]\\(.{1,400}\\|");

    /** Rows of the index; older pages stay in their folder. */
    private static final int MOST_ROWS = 400;

    private NightPages() {}

    /** The path where the branch holds something of somebody else, so that nothing may be written to it. */
    public static Optional<String> ofOthers(Map<String, String> standing) {
        if (standing.containsKey(FOLDER)) {
            return Optional.of(FOLDER);
        }
        boolean isIndex = standing.containsKey(INDEX) && !standing.get(INDEX).contains(OURS);
        boolean isFolder = standing.keySet().stream().anyMatch(path -> path.startsWith(INDEX + "/"));
        return isIndex || isFolder ? Optional.of(INDEX) : Optional.empty();
    }

    /** The files whose texts {@link #changed} looks at. */
    public static Set<String> read(List<NightSpan> nights) {
        return Stream.concat(
                        Stream.of(INDEX),
                        nights.stream().map(night -> path(night.date().toString())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The pages to write; empty where all stand. A night before Tidewatch was there has none.
     *
     * @param nights that are known, the newest first and without gaps
     * @param standing the texts on the branch, by path
     */
    public static Map<String, String> changed(String source, List<NightReport> nights, Map<String, String> standing) {
        Map<String, String> changed = new TreeMap<>();
        boolean wasThere = nights.stream().anyMatch(NightReport::watched);
        for (int i = 0; i < nights.size(); i++) {
            NightReport night = nights.get(i);
            String path = path(night.night().date().toString());
            Optional<String> before = Optional.ofNullable(standing.get(path));
            if (before.isPresent()
                    ? before.get().contains(NightMarkdown.OPEN)
                    : (i == 0 && wasThere) || !night.isQuiet()) {
                List<NightReport> until = nights.subList(i, nights.size());
                String page = NightMarkdown.page(
                        night,
                        NightMarkdown.before(punctuality(until), until.size()),
                        before.map(NightMarkdown::windowsOf).orElse(""));
                if (!before.equals(Optional.of(page))
                        && before.map(NightMarkdown::entries).orElse(0L) <= NightMarkdown.entries(page)) {
                    changed.put(path, page);
                }
            }
        }
        if (!changed.isEmpty() || (wasThere && !standing.containsKey(INDEX))) {
            changed.put(INDEX, index(source, nights, standing, changed));
        }
        return changed;
    }

    /** The first line of the commit that brings these pages. */
    public static String subject(Map<String, String> changed) {
        List<String> dates =
                changed.keySet().stream().flatMap(path -> date(path).stream()).toList();
        return dates.size() == 1
                ? "Report the night of " + dates.get(0)
                : "Report " + dates.size() + " nights"
                        + (dates.isEmpty() ? "" : ", up to " + dates.get(dates.size() - 1));
    }

    private static Punctuality punctuality(List<NightReport> nights) {
        return nights.stream().map(NightReport::punctuality).reduce(Punctuality.NONE, Punctuality::plus);
    }

    private static String path(String date) {
        return FOLDER + "/" + date + ".md";
    }

    private static Optional<String> date(String path) {
        return Optional.of(PAGE.matcher(path)).filter(found -> found.matches()).map(found -> found.group(1));
    }

    private static String index(
            String source, List<NightReport> nights, Map<String, String> standing, Map<String, String> changed) {
        Map<String, String> rows = new TreeMap<>(Comparator.reverseOrder());
        Optional.ofNullable(standing.get(INDEX)).orElse("").lines().forEach(line -> {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), line + "\n");
            }
        });
        TreeSet<String> pages = new TreeSet<>();
        List.of(standing, changed)
                .forEach(files -> files.keySet().forEach(path -> date(path).ifPresent(pages::add)));
        pages.forEach(date -> rows.putIfAbsent(date, Markdown.row(List.of(link(date), "", "", ""))));
        nights.stream()
                .filter(night -> changed.containsKey(path(night.night().date().toString())))
                .forEach(night -> rows.put(night.night().date().toString(), row(night)));
        List<String> listed = new ArrayList<>(rows.values());
        return "# Nights of source " + Markdown.text(source) + "\n\n" + OURS + "\n\n"
                + NightMarkdown.before(punctuality(nights), nights.size()) + "\n\n"
                + Markdown.table(List.of("night", "steps on time", "late", "incidents"), List.of())
                + String.join("", listed.subList(0, Math.min(listed.size(), MOST_ROWS)));
    }

    private static String row(NightReport night) {
        return Markdown.row(List.of(
                link(night.night().date().toString()),
                night.punctuality().judged() == 0 ? "-" : night.punctuality().ofAll(),
                Long.toString(night.punctuality().judged() - night.punctuality().onTime()),
                (night.incidents().size() < NightReport.MOST_ROWS ? "" : "≥ ")
                        + night.incidents().size()));
    }

    private static String link(String date) {
        return "[" + date + "](" + path(date) + ")";
    }
}
