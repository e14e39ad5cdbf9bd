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
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** The other side: what it advertises, and the objects it sends. Each call opens and closes its own connection. */
final class Remote {

    /** Seconds without an answer before a remote counts as unreachable. */
    static final int TIMEOUT_SECONDS = 30;

    private final String url;
    private final String wantedRef;
    private final Access access;
    private final RemoteMessages words;

    Remote(String source, String url, String wantedRef, Access access) {
        this.url = url;
        this.wantedRef = wantedRef;
        this.access = access;
        this.words = new RemoteMessages(source, url, wantedRef, access);
    }

    /** A ref as the remote names it, and the object it points at now. */
    record Advertised(String name, ObjectId id) {}

    /** A full object id: it cannot move, so nobody needs to be asked whether it did. */
    Optional<ObjectId> fixedId() {
        return ObjectId.isId(wantedRef) ? Optional.of(ObjectId.fromString(wantedRef)) : Optional.empty();
    }

    /** One round trip. A branch goes before a tag of the same name. */
    Advertised look(Repository mirror, PullAttempt attempt) {
        List<String> names = names();
        Map<String, Ref> refs = with(mirror, attempt, transport -> {
            List<RefSpec> asked = names.stream().map(RefSpec::new).toList();
            try (FetchConnection connection = transport.openFetch(asked)) {
                return Map.copyOf(connection.getRefsMap());
            }
        });
        return names.stream()
                .flatMap(name -> Stream.ofNullable(refs.get(name)))
                .filter(ref -> ref.getObjectId() != null)
                .map(ref -> new Advertised(ref.getName(), ref.getObjectId()))
                .findFirst()
                .orElseThrow(() -> words.missing(refs.isEmpty() && !names.isEmpty()));
    }

    /** Brings what the ref points at, whatever it pointed at before, and returns where it points now. */
    ObjectId fetch(Repository mirror, String remoteName, String localName, PullAttempt attempt) {
        return with(mirror, attempt, transport -> {
            transport.fetch(attempt.monitor(), List.of(forced(remoteName, localName)));
            Ref fetched = mirror.exactRef(localName);
            if (fetched == null || fetched.getObjectId() == null) {
                throw new DamagedMirror(localName + " was not written", null);
            }
            return fetched.getObjectId();
        });
    }

    /** Brings a commit by its id; a remote that gives no single commits is asked for all its branches and tags. */
    void fetchId(Repository mirror, ObjectId id, String localName, PullAttempt attempt) {
        try {
            fetch(mirror, id.name(), localName, attempt);
        } catch (GitException.RemoteUnreachable | DamagedMirror refused) {
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

    RemoteMessages words() {
        return words;
    }

    private List<String> names() {
        if (wantedRef.startsWith("refs/") || wantedRef.equals("HEAD")) {
            return List.of(wantedRef);
        }
        if (!Repository.isValidRefName("refs/heads/" + wantedRef)) {
            throw words.impossible();
        }
        return List.of("refs/heads/" + wantedRef, "refs/tags/" + wantedRef);
    }

    private static RefSpec forced(String from, String to) {
        return new RefSpec("+" + from + ":" + to);
    }

    private interface Conversation<T> {
        T with(Transport transport) throws IOException;
    }

    private <T> T with(Repository mirror, PullAttempt attempt, Conversation<T> conversation) {
        attempt.check();
        try (Transport transport = open(mirror, attempt)) {
            return conversation.with(transport);
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
