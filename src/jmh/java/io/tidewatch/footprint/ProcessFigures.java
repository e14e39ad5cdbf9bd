package io.tidewatch.footprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Linux and the JVM say about a process. */
record ProcessFigures(long pid) {

    private static final Pattern THREAD = Pattern.compile("^\"([^\"]+)\".*", Pattern.MULTILINE);
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)$", Pattern.MULTILINE);

    void print(int targets, int rows) throws IOException, InterruptedException {
        String before = status();
        int sockets = sockets();
        String threads = threads();
        jcmd("GC.run");
        String heap = jcmd("GC.class_histogram");
        long used = Long.parseLong(first(TOTAL, heap));
        System.out.printf(
                "heap after a full collection: %d MB, %.1f kB a target%n", used / 1_000_000, used / 1e3 / targets);
        System.out.println("resident: " + mib(before, "VmRSS") + ", most " + mib(before, "VmHWM")
                + ", after the collection " + mib(status(), "VmRSS"));
        System.out.println("threads: " + value(before, "Threads") + "; sockets: " + sockets);
        System.out.println(jcmd("GC.heap_info").lines().skip(1).collect(Collectors.joining("\n")));
        System.out.println(heap.lines().limit(rows).collect(Collectors.joining("\n")));
        System.out.println(threads);
        System.out.println(jcmd("VM.native_memory", "summary"));
    }

    /** By name without numbers, how many there are. */
    private String threads() throws IOException, InterruptedException {
        Map<String, Integer> byName = new TreeMap<>();
        Matcher thread = THREAD.matcher(jcmd("Thread.print"));
        while (thread.find()) {
            byName.merge(thread.group(1).replaceAll("[0-9]+", "#"), 1, Integer::sum);
        }
        return byName.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining("\n", "threads by name:\n", ""));
    }

    private String status() throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/status"));
    }

    private int sockets() throws IOException {
        int sockets = 0;
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : open.toList()) {
                sockets += Files.isSymbolicLink(descriptor)
                                && Files.readSymbolicLink(descriptor).toString().startsWith("socket:")
                        ? 1
                        : 0;
            }
        }
        return sockets;
    }

    private static String mib(String status, String name) {
        return Long.parseLong(value(status, name).replace(" kB", "")) / 1024 + " MiB";
    }

    private static String value(String status, String name) {
        return first(Pattern.compile("^" + name + ":\\s+(.*)$", Pattern.MULTILINE), status);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in: " + text);
        }
        return matcher.group(1).strip();
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                                .toString(),
                                        Long.toString(pid)),
                                List.of(command).stream())
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
