package io.tidewatch.git;

import org.jspecify.annotations.Nullable;

/**
 * Why a source could not be read, told apart by whose turn it is: the network's, the operator's, or the committer's. The
 * message is one line that a person can act on; it never holds a password. Nothing is lost: the next pull asks anew.
 */
public abstract sealed class GitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private GitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The remote did not answer, broke off, or is not a repository: time or the operator mends it. */
    public static final class RemoteUnreachable extends GitException {
        private static final long serialVersionUID = 1L;

        RemoteUnreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The remote wants a login, or another one. */
    public static final class AuthenticationFailed extends GitException {
        private static final long serialVersionUID = 1L;

        AuthenticationFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The repository has no such branch, tag or commit (any more), or it is not a commit. */
    public static final class RefMissing extends GitException {
        private static final long serialVersionUID = 1L;

        RefMissing(String message) {
            super(message, null);
        }
    }

    /** The commit has no such folder; taking that for "no files" would end every window in it. */
    public static final class PathMissing extends GitException {
        private static final long serialVersionUID = 1L;

        PathMissing(String message) {
            super(message, null);
        }
    }

    /** More, or larger, files than definitions ever are. */
    public static final class TooLarge extends GitException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null);
        }
    }

    /** Somebody ended this pull from outside, for its time was over; nobody waits for what comes of it. */
    public static final class PullEnded extends GitException {
        private static final long serialVersionUID = 1L;

        PullEnded() {
            super("the pull has been ended", null);
        }
    }

    /** The folder on our own disk cannot be used: full, read-only, or somebody else's. */
    public static final class MirrorUnusable extends GitException {
        private static final long serialVersionUID = 1L;

        MirrorUnusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
