package io.tidewatch.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers with the files that pages are made of: the style sheet, the script, the icons. No other file can be asked for. */
public final class FileStage {

    private static final String PREFIX = "/files";
    private static final Map<String, String> TYPES = Map.of(
            "tidewatch.css", "text/css; charset=utf-8",
            "tidewatch.js", "text/javascript; charset=utf-8",
            "good.svg", "image/svg+xml",
            "busy.svg", "image/svg+xml",
            "bad.svg", "image/svg+xml",
            "unknown.svg", "image/svg+xml");

    private final Map<String, Reply> files = new ConcurrentHashMap<>();

    public Reply file(Request request) {
        Optional<String> name =
                request.below(PREFIX).filter(parts -> parts.size() == 1).map(parts -> parts.get(0));
        return name.filter(TYPES::containsKey)
                .map(known -> files.computeIfAbsent(known, FileStage::read))
                .orElseGet(() -> Reply.missing(
                        "there is no such file; there are " + List.copyOf(new java.util.TreeSet<>(TYPES.keySet()))));
    }

    private static Reply read(String name) {
        try (InputStream content = FileStage.class.getResourceAsStream("files/" + name)) {
            if (content == null) {
                throw new IllegalStateException("the file " + name + " is missing from the build");
            }
            return Reply.file(String.valueOf(TYPES.get(name)), content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " cannot be read", e);
        }
    }
}
