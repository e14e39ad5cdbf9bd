package io.tidewatch.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit's view of the machine, without the Git configuration files and variables of the user, so that a repository reads the
 * same everywhere. JGit has one reader for the whole JVM, and camel-git sets another, so this one is set before each use.
 */
final class HermeticReader extends SystemReader.Delegate {

    private static final HermeticReader ONLY = new HermeticReader(SystemReader.getInstance());

    private HermeticReader(SystemReader machine) {
        super(machine);
    }

    static synchronized void install() {
        if (SystemReader.getInstance() != ONLY) {
            SystemReader.setInstance(ONLY);
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Blank(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Blank(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Blank(parent, fs);
    }

    /** A configuration without a file: nothing to load, nowhere to save. */
    private static final class Blank extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit takes null for "no file"; every method that would use it is replaced
        Blank(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() throws IOException {
            // There is no file.
        }

        @Override
        public void save() throws IOException {
            // JGit keeps its measurements of the file system in memory only.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public String toString() {
            return "blank";
        }
    }
}
