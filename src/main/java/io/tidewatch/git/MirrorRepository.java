package io.tidewatch.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository on the local disk that limits the packs that it accepts. JGit keeps the base objects of deltas in memory, and
 * reserves memory for as many objects as a pack announces. Both are limited here before memory is used. JGit has no setting for
 * that, so this class extends JGit's repository class where it creates the parser.
 */
final class MirrorRepository extends FileRepository {

    /** The part of the memory that the largest object may use: its base and its result are in memory at the same time. */
    private static final int SHARE_OF_AN_OBJECT = 16;

    /** JGit keeps about 70 bytes for each object of a pack while it reads it. */
    private static final int BYTES_PER_OBJECT = 256;

    private static final long LEAST_OBJECT_BYTES = 8 << 20;
    private static final int PACK_HEADER = 12;

    private final PullAttempt attempt;

    private MirrorRepository(FileRepositoryBuilder prepared, PullAttempt attempt) throws IOException {
        super(prepared);
        this.attempt = attempt;
    }

    static MirrorRepository of(FileRepositoryBuilder builder, PullAttempt attempt) throws IOException {
        MirrorRepository repository = new MirrorRepository(builder.setup(), attempt);
        if (builder.isMustExist() && !repository.getObjectDatabase().exists()) {
            repository.close();
            throw new RepositoryNotFoundException(builder.getGitDir());
        }
        return repository;
    }

    /** Bytes of the largest object that is accepted: a sixteenth of the memory, and at least 8 MiB. */
    static long maxObjectBytes() {
        return Math.max(LEAST_OBJECT_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_AN_OBJECT);
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter plain = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return plain;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = plain.newPackParser(withBoundedHeader(attempt.pack(in)));
                parser.setMaxObjectSizeLimit(attempt.maxObjectBytes());
                return parser;
            }
        };
    }

    private static InputStream withBoundedHeader(InputStream pack) throws IOException {
        byte[] header = pack.readNBytes(PACK_HEADER);
        if (header.length == PACK_HEADER) {
            long objects = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(PACK_HEADER - Integer.BYTES));
            long most = Runtime.getRuntime().maxMemory() / BYTES_PER_OBJECT;
            if (objects > most) {
                throw new PullAttempt.TooMuch("sends a pack of " + objects + " objects; there is memory for " + most);
            }
        }
        return new SequenceInputStream(new java.io.ByteArrayInputStream(header), pack);
    }
}
