package io.tidewatch.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An internal error: something that our own code threw while it worked on one target.
 *
 * @param id eight hexadecimal digits that follow from the stage, the exception's class and the top stack frames, so the
 *     same fault has the same id in every pass and in every process of one build; the log has the stack trace under it
 * @param stage where it happened: {@code desired}, {@code observe}, {@code diagnose}, {@code plan}, {@code apply}, {@code
 *     report}, {@code status} or {@code ownership}; for a fault outside the targets, the route
 * @param message class and text of the exception, at most {@value #LONGEST_MESSAGE} characters on one line
 * @param thrown for the log; two faults are equal without it
 */
public record Fault(String id, String stage, String message, Throwable thrown) {

    /** In characters; messages of exceptions quote what they were given, which may be of any length. */
    private static final int LONGEST_MESSAGE = 200;

    private static final int FRAMES = 5;
    private static final int CAUSES = 5;

    /** Of a recursion without an end, these many frames tell which methods call each other. */
    private static final int FRAMES_OF_A_RECURSION = 500;

    public static Fault of(String stage, Throwable thrown) {
        return new Fault(id(stage, thrown), stage, message(thrown), thrown);
    }

    /** What people read in {@code status}, in an incident and in an Event. */
    public String summary() {
        return "internal error " + id + " in " + stage + ": " + message + "; the log has the stack trace";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fault fault
                && id.equals(fault.id)
                && stage.equals(fault.stage)
                && message.equals(fault.message);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    private static String message(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        Throwable root = causes.get(causes.size() - 1);
        String name = root.getClass().getSimpleName();
        String text = root.getMessage();
        return StrangerText.bounded(text == null ? name : name + ": " + text, LONGEST_MESSAGE);
    }

    private static String id(String stage, Throwable thrown) {
        StringBuilder place = new StringBuilder(stage);
        for (Throwable one : causes(thrown)) {
            place.append('\n').append(one.getClass().getName());
            frames(one).forEach(frame -> place.append('\n').append(frame));
        }
        CRC32 digest = new CRC32();
        digest.update(place.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) digest.getValue());
    }

    /** From the outermost to the root, as far as they are worth telling apart. */
    private static List<Throwable> causes(Throwable thrown) {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> inOrder = new ArrayList<>();
        for (Throwable one = thrown; one != null && inOrder.size() < CAUSES && causes.add(one); one = one.getCause()) {
            inOrder.add(one);
        }
        return inOrder;
    }

    private static Iterable<String> frames(Throwable thrown) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .filter(Fault::isStable)
                .limit(FRAMES_OF_A_RECURSION)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .toList();
        return thrown instanceof StackOverflowError
                ? repeated(frames)
                : frames.subList(0, Math.min(FRAMES, frames.size()));
    }

    /** Where in its circle a recursion ran out of stack is chance; which methods and lines the circle has is not. */
    private static Set<String> repeated(List<String> frames) {
        Map<String, Long> times =
                frames.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return times.entrySet().stream()
                .filter(entry -> entry.getValue() > 2)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Classes that the JVM makes as it runs have other names in another process. */
    private static boolean isStable(StackTraceElement frame) {
        String name = frame.getClassName();
        return !name.startsWith("jdk.internal.")
                && !name.contains("$$")
                && !name.contains("$Proxy")
                && !name.contains("/");
    }
}
