package io.tidewatch.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** The remote repository of a source: its refs, and the objects that it sends. Each call uses its own connection. */
final class Remote {

    /** Seconds without an answer after which a remote counts as unreachable. */
    static final int TIMEOUT_SECONDS = 30;

    private final String url;
    private final String configuredRef;
    private final Access access;
    private final RemoteMessages messages;
    private final RemoteMessages pushing;

    Remote(String source, String url, String configuredRef, Access access) {
        this.url = url;
        this.configuredRef = configuredRef;
        this.access = access;
        this.messages = new RemoteMessages(source, url, configuredRef, access);
        this.pushing = new RemoteMessages(source, url, configuredRef, access, "push to");
    }

    /** A ref as the remote names it, and the object it points at now. */
    record Advertised(String name, ObjectId id) {}

    /** The configured ref where it is a full object id, which cannot move. */
    Optional<ObjectId> fixedId() {
        return ObjectId.isId(configuredRef) ? Optional.of(ObjectId.fromString(configuredRef)) : Optional.empty();
    }

    /** Reads where the ref points now, in one round trip. A branch counts before a tag of the same name. */
    Advertised advertised(Repository mirror, PullAttempt attempt) {
        List<String> names = names();
        Map<String, Ref> refs = with(mirror, attempt, transport -> {
            List<RefSpec> requested = names.stream().map(RefSpec::new).toList();
            try (FetchConnection connection = transport.openFetch(requested)) {
                return Map.copyOf(connection.getRefsMap());
            }
        });
        return names.stream()
                .flatMap(name -> Stream.ofNullable(refs.get(name)))
                .filter(ref -> ref.getObjectId() != null)
                .map(ref -> new Advertised(ref.getName(), ref.getObjectId()))
                .findFirst()
                .orElseThrow(() -> messages.missing(refs.isEmpty() && !names.isEmpty()));
    }

    /** Fetches the object that the ref points at, also after a forced push, and returns its id. */
    ObjectId fetch(Repository mirror, String remoteName, String localName, PullAttempt attempt) {
        return with(mirror, attempt, transport -> fetched(transport, mirror, remoteName, localName, attempt));
    }

    /** The same without the commits before it. */
    ObjectId fetchAlone(Repository copy, String remoteName, String localName, PullAttempt attempt) {
        return with(copy, attempt, transport -> {
            transport.setDepth(1);
            return fetched(transport, copy, remoteName, localName, attempt);
        });
    }

    /** The object that the ref points at for those who may push, in one round trip; empty where there is no such ref. */
    Optional<ObjectId> pushable(Repository copy, PullAttempt attempt) {
        return with(copy, attempt, pushing, transport -> {
            try (PushConnection connection = transport.openPush()) {
                return Optional.ofNullable(connection.getRef(configuredRef)).map(Ref::getObjectId);
            }
        });
    }

    private static ObjectId fetched(
            Transport transport, Repository into, String remoteName, String localName, PullAttempt attempt)
            throws IOException {
        transport.fetch(attempt.monitor(), List.of(forced(remoteName, localName)));
        Ref fetched = into.exactRef(localName);
        if (fetched == null || fetched.getObjectId() == null) {
            throw new DamagedMirror(localName + " was not written", null);
        }
        return fetched.getObjectId();
    }

    /** Fetches a commit by its id. From a remote that does not allow that, it fetches all branches and tags. */
    void fetchId(Repository mirror, ObjectId id, String localName, PullAttempt attempt) {
        try {
            fetch(mirror, id.name(), localName, attempt);
        } catch (GitException.RemoteUnreachable | DamagedMirror rejected) {
            with(mirror, attempt, transport -> {
                transport.setRemoveDeletedRefs(true);
                return transport.fetch(
                        attempt.monitor(),
                        List.of(
                                forced("refs/heads/*", Mirror.SEARCHED + "heads/*"),
                                forced("refs/tags/*", Mirror.SEARCHED + "tags/*")));
            });
        }
    }

    /** Of what is pushed. */
    RemoteMessages pushing() {
        return pushing;
    }

    RemoteMessages messages() {
        return messages;
    }

    private List<String> names() {
        if (configuredRef.startsWith("refs/") || configuredRef.equals("HEAD")) {
            return List.of(configuredRef);
        }
        if (!Repository.isValidRefName("refs/heads/" + configuredRef)) {
            throw messages.impossible();
        }
        return List.of("refs/heads/" + configuredRef, "refs/tags/" + configuredRef);
    }

    private static RefSpec forced(String from, String to) {
        return new RefSpec("+" + from + ":" + to);
    }

    private interface Use<T> {
        T with(Transport transport) throws IOException;
    }

    private <T> T with(Repository mirror, PullAttempt attempt, Use<T> use) {
        return with(mirror, attempt, messages, use);
    }

    private <T> T with(Repository mirror, PullAttempt attempt, RemoteMessages words, Use<T> use) {
        attempt.check();
        try (Transport transport = open(mirror, attempt)) {
            return use.with(transport);
        } catch (IOException | URISyntaxException e) {
            attempt.check();
            throw words.failed(e, attempt.maxObjectBytes());
        }
    }

    private Transport open(Repository mirror, PullAttempt attempt)
            throws URISyntaxException, NotSupportedException, TransportException {
        Transport transport = Transport.open(mirror, new URIish(url));
        transport.setTimeout(TIMEOUT_SECONDS);
        transport.setTagOpt(TagOpt.NO_TAGS);
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new Connections(access, attempt));
            access.login()
                    .ifPresent(login -> http.setPreemptiveBasicAuthentication(
                            login.username(), login.password().get()));
        }
        return transport;
    }

    static Collection<String> schemes() {
        return List.of("file", "http", "https");
    }
}
