package io.tidewatch.git;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.CorruptPackIndexException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.JGitText;

/** Turns a failure of a remote into a {@link GitException}, whose message is one line that names the fix. */
final class RemoteMessages {

    /** JGit's message about a redirect that our configuration of JGit does not allow. */
    private static final Pattern REDIRECT = Pattern.compile("Cannot redirect .*HTTP status (\\d{1,9})");

    /** How the messages of JGit name the service that takes a push. */
    private static final String RECEIVE = "git-receive-pack";

    /** How the messages of JGit and the JDK name an answer that ended too early. */
    private static final List<String> CUT = List.of(
            JGitText.get().startingReadStageWithoutWrittenRequestDataPendingIsNotSupported,
            "Premature EOF",
            // a packet that was cut in front of its channel
            "Invalid channel 255",
            "Unexpected end of file");

    private final String source;
    private final String url;
    private final String ref;
    private final Access access;
    private final String way;

    /** Of a remote that is fetched from. */
    RemoteMessages(String source, String url, String ref, Access access) {
        this(source, url, ref, access, "fetch from");
    }

    /** @param way what is done with the remote: {@code fetch from} or {@code push to} */
    RemoteMessages(String source, String url, String ref, Access access, String way) {
        this.way = way;
        this.source = source;
        this.url = withoutLogin(url);
        this.ref = ref;
        this.access = access;
    }

    GitException missing(boolean empty) {
        return new GitException.RefMissing(
                empty
                        ? source + ": " + url + " has no branch or tag " + ref + " (the repository may be empty)"
                        : source + ": " + url + " has no branch or tag " + ref);
    }

    GitException impossible() {
        return new GitException.RefMissing(
                source + ": " + ref + " is neither a valid name of a branch or tag nor a full commit id");
    }

    GitException commitMissing() {
        return new GitException.RefMissing(source + ": no branch or tag of " + url + " holds the commit " + ref);
    }

    GitException notACommit(String type) {
        return new GitException.RefMissing(source + ": " + ref + " of " + url + " is a " + type + ", not a commit");
    }

    /** @param maxObjectBytes of the largest object that is accepted */
    RuntimeException failed(Exception e, long maxObjectBytes) {
        if (e instanceof DamagedMirror damaged) {
            return damaged;
        }
        if (has(e, PullAttempt.TooMuch.class)) {
            return tooLarge(deepest(e));
        }
        if (has(e, TooLargeObjectInPackException.class) || has(e, LargeObjectException.class)) {
            return tooLarge(
                    "holds an object of more than "
                            + Snapshot.mebibytes(maxObjectBytes)
                            + ", a sixteenth of the memory; keep the definitions in a repository of their own, or give Tidewatch more memory");
        }
        if (has(e, CorruptObjectException.class)
                || has(e, CorruptPackIndexException.class)
                || has(e, MissingObjectException.class)
                || has(e, ConfigInvalidException.class)) {
            return new DamagedMirror(deepest(e), e);
        }
        if (has(e, NoRemoteRepositoryException.class)) {
            return unreachable("there is no repository at " + url, e);
        }
        if (has(e, NotSupportedException.class) || e instanceof URISyntaxException) {
            return unreachable(url + " is not a supported URL; use file, http or https", e);
        }
        String deepest = deepest(e);
        if (deepest.contains("407") && access.proxy().isPresent()) {
            return rejectedByProxy(access.proxy().get(), e);
        }
        Matcher redirect = REDIRECT.matcher(deepest);
        if (redirect.find() && access.login().isPresent()) {
            return unreachable(
                    url + " redirects (" + redirect.group(1)
                            + "), and redirects are not followed with a login; write the final URL",
                    e);
        }
        if (deepest.contains(RECEIVE) && deepest.contains("not permitted")) {
            return new GitException.AuthenticationFailed(
                    source + ": " + url + " lets nobody push"
                            + access.login()
                                    .map(login -> " with the login of " + login.username())
                                    .orElse(" without a login")
                            + "; write a login with the right to push as reports.auth: {username, password}",
                    e);
        }
        if (needsLogin(e)) {
            return new GitException.AuthenticationFailed(
                    access.login()
                            .map(login -> source + ": " + url + " rejected the login of " + login.username())
                            .orElse(source + ": " + url + " needs a login, and none is configured"),
                    e);
        }
        if (has(e, UnknownHostException.class)) {
            return unreachable("the host name of " + url + " cannot be resolved" + through(), e);
        }
        if (has(e, InterruptedIOException.class)) {
            return unreachable(url + " did not answer within " + Remote.TIMEOUT_SECONDS + " s" + through(), e);
        }
        if (has(e, EOFException.class) || CUT.stream().anyMatch(deepest::contains)) {
            return unreachable("the connection to " + url + " ended in the middle of the answer" + through(), e);
        }
        if (has(e, SSLException.class)) {
            return unreachable(new TlsMessages(url, access.caFile()).of(e, deepest) + through(), e);
        }
        return unreachable("cannot " + way + " " + url + through() + ": " + deepest, e);
    }

    private GitException tooLarge(String problem) {
        return new GitException.TooLarge(source + ": " + url + " " + problem);
    }

    private GitException rejectedByProxy(Access.Proxy proxy, Exception e) {
        return new GitException.AuthenticationFailed(
                source + ": the proxy " + proxy
                        + proxy.login()
                                .map(login -> " rejected the login of " + login.username())
                                .orElse(" needs a login: proxyAuth: {username, password}"),
                e);
    }

    private String through() {
        return access.proxy().map(proxy -> " (through the proxy " + proxy + ")").orElse("");
    }

    private GitException unreachable(String problem, Exception e) {
        return new GitException.RemoteUnreachable(source + ": " + problem, e);
    }

    private static boolean needsLogin(Throwable e) {
        JGitText texts = JGitText.get();
        return causes(e)
                .map(RemoteMessages::message)
                .anyMatch(message -> message.contains(texts.notAuthorized)
                        || message.contains(texts.noCredentialsProvider)
                        || message.contains(beforeArguments(texts.authenticationNotSupported))
                        || message.contains(afterArguments(texts.serviceNotPermitted)));
    }

    private static String beforeArguments(String pattern) {
        int argument = pattern.indexOf('{');
        return argument < 0 ? pattern : pattern.substring(0, argument);
    }

    private static String afterArguments(String pattern) {
        return pattern.substring(pattern.lastIndexOf('}') + 1);
    }

    static boolean has(Throwable e, Class<? extends Throwable> type) {
        return causes(e).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(20);
    }

    private String deepest(Throwable e) {
        String text = causes(e)
                .map(RemoteMessages::message)
                .filter(message -> !message.isEmpty())
                .reduce((a, b) -> b)
                .orElse(e.toString());
        String oneLine = text.replaceAll("\\s+", " ").strip();
        return oneLine.startsWith(url + ": ") ? oneLine.substring(url.length() + 2) : oneLine;
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    static String withoutLogin(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        int host = scheme + "://".length();
        int slash = url.indexOf('/', host);
        int login = url.indexOf('@', host);
        return login < 0 || (slash >= 0 && slash < login) ? url : url.substring(0, host) + url.substring(login + 1);
    }
}
