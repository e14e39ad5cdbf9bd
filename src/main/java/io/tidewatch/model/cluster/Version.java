package io.tidewatch.model.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A released version, as in an image tag.
 *
 * @param candidate the number of a release candidate; {@link #FINAL} for the release itself, which comes after them
 */
public record Version(int major, int minor, int patch, int candidate) implements Comparable<Version> {

    private static final int FINAL = Integer.MAX_VALUE;
    private static final Pattern CANDIDATE = Pattern.compile("-(?:rc|alpha|beta)");

    private static final Pattern TEXT = Pattern.compile(
            "v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:-(?:rc|alpha|beta)\\.?(\\d{1,6})?)?(?:[-+].*)?");

    public static Optional<Version> parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        boolean isCandidate = CANDIDATE.matcher(text).find();
        return Optional.of(new Version(
                number(found.group(1)),
                number(found.group(2)),
                number(found.group(3)),
                isCandidate ? number(found.group(4)) : FINAL));
    }

    /** From the image's tag, else from the label; a digest alone has no version. */
    public static Optional<Version> of(ControllerView controller) {
        return controller.tag().flatMap(Version::parse).or(() -> parse(controller.version()));
    }

    private static int number(@Nullable String text) {
        return Optional.ofNullable(text).map(Integer::parseInt).orElse(0);
    }

    @Override
    public int compareTo(Version other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        int byPatch = byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
        return byPatch != 0 ? byPatch : Integer.compare(candidate, other.candidate);
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor + "." + patch + (candidate == FINAL ? "" : "-rc" + candidate);
    }
}
