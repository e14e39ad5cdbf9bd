package io.tidewatch.diagnose.chain;

/** Shortens messages of other controllers to one line. */
public final class ControllerMessages {

    private static final int LINE = 160;
    private static final String OUTPUT = " Output: ";

    private ControllerMessages() {}

    /**
     * The first sentence; a scheduler's tail about preemption and claims goes. Where one error wraps another
     * ("failed to a: cannot b: c") and all of it is too long, the innermost stays.
     */
    public static String brief(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        int end = line.indexOf(". ");
        String sentence = end > 0 ? line.substring(0, end) : line;
        String plain = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        String inner = plain.length() > LINE ? output(plain) : plain;
        while (inner.length() > LINE && inner.indexOf(": ") > 0) {
            inner = inner.substring(inner.indexOf(": ") + 2);
        }
        return inner.length() <= LINE ? inner : plain.substring(0, LINE - 1) + "…";
    }

    /** A kubelet quotes the whole command of a failed mount; only what failed and the command's output are kept. */
    private static String output(String message) {
        int output = message.lastIndexOf(OUTPUT);
        int what = message.indexOf(" : ");
        return output < 0 || what < 0 || what > output
                ? message
                : message.substring(0, what) + ": " + message.substring(output + OUTPUT.length());
    }

    public static String pods(int count) {
        return count == 1 ? "1 pod" : count + " pods";
    }
}
