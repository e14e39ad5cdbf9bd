package io.tidewatch.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names, types, labels and help of a scrape: what must not change under the people who use them. */
final class MetricNames {

    private static final Pattern HELP = Pattern.compile("# HELP (\\w+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    private MetricNames() {}

    /** Sorted by name; the bounds of buckets are no labels of ours. */
    static String of(String scrape) {
        Map<String, List<String>> families = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        String family = "";
        for (String line : scrape.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                families.computeIfAbsent(family, name -> new ArrayList<>()).add(help.group(2));
                labels.put(family, new TreeSet<>());
            } else if (type.matches()) {
                families.get(family).add(type.group(2));
            } else {
                Matcher label = LABEL.matcher(line);
                while (label.find()) {
                    labels.get(family).add(label.group(1));
                }
            }
        }
        StringBuilder text = new StringBuilder();
        families.forEach((name, said) -> {
            TreeSet<String> ours = labels.get(name);
            ours.remove("le");
            text.append(name)
                    .append(' ')
                    .append(said.get(1))
                    .append(ours.isEmpty() ? "" : " " + String.join(",", ours))
                    .append("\n  ")
                    .append(said.get(0))
                    .append('\n');
        });
        return text.toString();
    }

    /** Each family of {@link #of} by itself, without its labels: a family without a series has none. */
    static List<String> families(String names) {
        return Pattern.compile("(?m)^(\\w+ \\w+).*\\R( .*)$")
                .matcher(names)
                .results()
                .map(found -> found.group(1) + found.group(2))
                .toList();
    }
}
