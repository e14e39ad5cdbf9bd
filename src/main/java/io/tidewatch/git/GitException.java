package io.tidewatch.git;

import org.jspecify.annotations.Nullable;

/**
 * A pull that failed. The subclass says who can fix it: the operator of the network or of Tidewatch, or the author of the
 * commit. The message is one line with the source, the problem and the fix; it never contains a password. The next pull tries
 * again.
 */
public abstract sealed class GitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private GitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The remote did not answer, ended the connection too early, or is not a repository. */
    public static final class RemoteUnreachable extends GitException {
        private static final long serialVersionUID = 1L;

        RemoteUnreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The remote or the proxy requires a login, or rejected the configured login. */
    public static final class AuthenticationFailed extends GitException {
        private static final long serialVersionUID = 1L;

        AuthenticationFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The repository has no such branch, tag or commit, or the ref does not point at a commit. */
    public static final class RefMissing extends GitException {
        private static final long serialVersionUID = 1L;

        RefMissing(String message) {
            super(message, null);
        }
    }

    /** The commit has no such folder. Treating that as a folder without files would end all its windows. */
    public static final class PathMissing extends GitException {
        private static final long serialVersionUID = 1L;

        PathMissing(String message) {
            super(message, null);
        }
    }

    /** The commit has more or larger files than the limits allow. */
    public static final class TooLarge extends GitException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null);
        }
    }

    /** The pull was ended from outside because its deadline had passed. */
    public static final class PullEnded extends GitException {
        private static final long serialVersionUID = 1L;

        PullEnded() {
            super("the pull has been ended", null);
        }
    }

    /** The remote did not take what was pushed: somebody else was faster, or a rule of the remote forbids it. */
    public static final class PushRejected extends GitException {
        private static final long serialVersionUID = 1L;

        PushRejected(String message) {
            super(message, null);
        }
    }

    /** The mirror's folder on the local disk cannot be used: it is full, read-only, or not a mirror of Tidewatch. */
    public static final class MirrorUnusable extends GitException {
        private static final long serialVersionUID = 1L;

        MirrorUnusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
