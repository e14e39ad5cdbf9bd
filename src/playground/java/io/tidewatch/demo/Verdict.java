package io.tidewatch.demo;

import io.tidewatch.log.Console;
import java.util.ArrayList;
import java.util.List;

/** Which promises were kept. A machine that was too slow explains a broken promise; the promise stays broken. */
record Verdict(List<Promise> promises, Lag lag) {

    Verdict {
        promises = List.copyOf(promises);
    }

    boolean isAllKept() {
        return promises.stream().allMatch(Promise::kept);
    }

    /** @param columns in which the explanation is wrapped */
    List<String> lines(int columns) {
        List<String> lines = new ArrayList<>();
        promises.forEach(promise -> lines.add("  " + (promise.kept() ? "kept    " : "BROKEN  ") + promise.words()));
        if (!isAllKept() && lag.isTooLarge()) {
            lines.add("");
            lines.addAll(Console.wrap(lag.text(), columns));
        }
        return lines;
    }
}
