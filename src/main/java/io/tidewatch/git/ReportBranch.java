package io.tidewatch.git;

import io.tidewatch.model.Limits;
import io.tidewatch.model.StrangerText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A branch that Tidewatch writes to, and a working copy for one commit on it.
 *
 * <p>The working copy is made anew for each commit: of the commit that the branch points at now, without its history. So a branch that
 * somebody moved, rewrote or deleted is taken as it is, and nothing of an attempt that failed is left. Files of others stay in the
 * index alone and are never written to the disk; a symbolic link of theirs leads nowhere.
 *
 * <p>The branch is fast-forwarded or left alone: nothing here pushes with force, and no other ref is pushed. Not safe from several threads.
 */
public final class ReportBranch {

    /** The name of the remote in the working copy. */
    public static final String REMOTE = "origin";

    /** No page that Tidewatch writes is longer. */
    private static final int MOST_BYTES = 4 << 20;

    /** What JGit and Git say where {@code a} is to be a file and a folder of refs. */
    private static final Pattern IN_THE_WAY = Pattern.compile("failed to (?:lock|update ref)");

    private static final String MARKER = "tidewatch-working-copy";
    private static final String SEEN = "refs/remotes/" + REMOTE + "/seen";

    private final String source;
    private final String url;
    private final String branch;
    private final Access access;
    private final Path folder;
    private final Remote remote;

    /**
     * @param source its name, for messages
     * @param url {@code file:}, {@code http:} or {@code https:}, without a login in it
     * @param branch its name, without {@code refs/heads/}
     * @param folder the working copy's own folder, which need not exist
     */
    public ReportBranch(String source, String url, String branch, Access access, Path folder) {
        this.source = source;
        this.url = url;
        this.branch = branch;
        this.access = access;
        this.folder = folder;
        this.remote = new Remote(source, url, Constants.R_HEADS + branch, access);
    }

    /** The name of the branch. */
    public String name() {
        return branch;
    }

    /** The folder of the working copy. */
    public Path folder() {
        return folder;
    }

    /** Whether a branch of this name can exist. */
    public static boolean isName(String branch) {
        return !branch.startsWith("-") && Repository.isValidRefName(Constants.R_HEADS + branch);
    }

    /**
     * Makes the working copy of what the branch holds now. Where the remote has no such branch, the next commit begins it.
     *
     * @param below paths of files and folders
     * @param read the files whose text is returned; the others read as empty
     * @return what lies at or below these paths, by path. A file that is not UTF-8 reads with replacements; what is no file, or too large for
     *     a page, reads as empty
     * @throws GitException where the remote cannot be read, or the branch holds too much
     */
    public Map<String, String> checkOut(List<String> below, Set<String> read, PullAttempt attempt) {
        HermeticReader.install();
        clear();
        try (Repository repository = create(attempt)) {
            Optional<ObjectId> tip = fetch(repository, attempt);
            RefUpdate head = repository.updateRef(Constants.HEAD);
            head.disableRefLog();
            head.link(Constants.R_HEADS + branch);
            return tip.isEmpty() ? Map.of() : take(repository, tip.get(), below, read, attempt);
        } catch (IOException | UncheckedIOException e) {
            attempt.check();
            throw unusable(e);
        }
    }

    /**
     * Asks whether the login may push, and pushes nothing. A rule of the remote for the branch shows with the first push alone.
     *
     * @return whether the branch is there
     * @throws GitException where the remote does not answer, or lets nobody push
     */
    public boolean mayPush(PullAttempt attempt) {
        HermeticReader.install();
        clear();
        try (Repository repository = create(attempt)) {
            return remote.pushable(repository, attempt).isPresent();
        } catch (IOException e) {
            attempt.check();
            throw unusable(e);
        }
    }

    /** Deletes the working copy, for one that was made for a trial. */
    public void discard() {
        clear();
        try {
            Files.deleteIfExists(folder.resolve(MARKER));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Repository create(PullAttempt attempt) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(MARKER), url);
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        builder.setGitDir(folder.resolve(Constants.DOT_GIT).toFile());
        builder.setWorkTree(folder.toFile());
        Repository repository = MirrorRepository.of(builder, attempt);
        try {
            repository.create(false);
            StoredConfig config = repository.getConfig();
            config.setString("remote", REMOTE, "url", url);
            config.setString("remote", REMOTE, "push", Constants.R_HEADS + branch + ":" + Constants.R_HEADS + branch);
            // A redirect would get the login, too.
            config.setString("http", null, "followRedirects", access.login().isEmpty() ? "initial" : "false");
            config.setBoolean("gc", null, "autoDetach", false);
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("core", null, "symlinks", false);
            config.setBoolean("commit", null, "gpgSign", false);
            config.save();
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private Optional<ObjectId> fetch(Repository repository, PullAttempt attempt) {
        try {
            Remote.Advertised seen = remote.advertised(repository, attempt);
            return Optional.of(remote.fetchAlone(repository, seen.name(), SEEN, attempt));
        } catch (GitException.RefMissing notYet) {
            return Optional.empty();
        }
    }

    private Map<String, String> take(
            Repository repository, ObjectId tip, List<String> below, Set<String> read, PullAttempt attempt)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(tip);
            // Counts the entries, too, before the index takes all of them into memory.
            Map<String, String> texts = texts(walk.getObjectReader(), commit, below, read, attempt);
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setNewObjectId(commit);
            update.disableRefLog();
            update.forceUpdate();
            index(repository, commit, walk.getObjectReader());
            return texts;
        }
    }

    private static void index(Repository repository, RevCommit commit, ObjectReader reader) throws IOException {
        DirCache index = repository.lockDirCache();
        try {
            DirCacheBuilder builder = index.builder();
            builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, commit.getTree());
            if (!builder.commit()) {
                throw new IOException("the index was not written");
            }
        } finally {
            index.unlock();
        }
    }

    private Map<String, String> texts(
            ObjectReader reader, RevCommit commit, List<String> below, Set<String> read, PullAttempt attempt)
            throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Snapshot tree = new Snapshot(source, "", Snapshot.Bounds.DEFAULT, "name a branch that nobody else uses");
        try (Snapshot.CountedWalk walk =
                tree.differences(reader, null, commit.getTree(), Limits.TREE_ENTRIES, attempt)) {
            while (walk.next()) {
                String path = walk.trees().getPathString();
                if (below.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"))) {
                    texts.put(path, read.contains(path) ? text(reader, walk.trees()) : "");
                }
            }
        }
        return texts;
    }

    private static String text(ObjectReader reader, TreeWalk at) throws IOException {
        if (!Snapshot.isFile(at.getFileMode(1))) {
            return "";
        }
        ObjectLoader file = reader.open(at.getObjectId(1), Constants.OBJ_BLOB);
        return file.getSize() > MOST_BYTES ? "" : new String(file.getBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }

    /** Writes these files into the working copy, to be added and committed. */
    public void write(Map<String, String> texts) {
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = folder.resolve(text.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.getValue());
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The push that follows on this thread, by whomever it is made, reaches the remote as configured and ends with the attempt. */
    public void reach(PullAttempt attempt) {
        HermeticReader.install();
        ThreadConnections.use(new Connections(access, attempt));
    }

    /** The push is over. */
    public void leave() {
        ThreadConnections.end();
    }

    /** @throws GitException.PushRejected where the remote did not take what was pushed */
    public void accepted(Iterable<PushResult> results) {
        int updates = 0;
        for (PushResult result : results) {
            for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                updates++;
                check(update);
            }
        }
        if (updates == 0) {
            throw new GitException.PushRejected(source + ": nothing was pushed to " + branch);
        }
    }

    private void check(RemoteRefUpdate update) {
        switch (update.getStatus()) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
                throw new GitException.PushRejected(
                        source + ": somebody pushed to the branch " + branch + " at the same time");
            default -> {
                String why = StrangerText.message(Objects.requireNonNullElse(update.getMessage(), ""));
                throw new GitException.PushRejected(source + ": " + RemoteMessages.withoutLogin(url)
                        + " rejected the push to the branch " + branch
                        + (why.isEmpty() ? "" : ": " + why)
                        + (IN_THE_WAY.matcher(why).find() ? " (is there a branch that is a part of this name?)" : ""));
            }
        }
    }

    /** What went wrong on the way to the remote, in one line that names the fix. */
    public RuntimeException failed(Exception e, PullAttempt attempt) {
        return e instanceof GitException known ? known : remote.pushing().failed(e, attempt.maxObjectBytes());
    }

    private GitException unusable(Exception e) {
        return new GitException.MirrorUnusable(source + ": " + folder + " cannot be used: " + e.getMessage(), e);
    }

    /** As it is left by an attempt that ended before it wrote anything. */
    private boolean isEmpty() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A folder of somebody else is never deleted. */
    private void clear() {
        if (!Files.exists(folder) || isEmpty()) {
            return;
        }
        if (!Files.isRegularFile(folder.resolve(MARKER))) {
            throw new GitException.MirrorUnusable(
                    source + ": " + folder + " is not a working copy of Tidewatch; empty it", null);
        }
        try {
            MarkedFolder.empty(folder, MARKER);
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
