package io.tidewatch.git;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    /**
     * A configuration without a file: nothing to load, nowhere to save. It says how exact the times of files are, so that JGit does not
     * measure that: each process would write files for three seconds first, and the first pull would wait. The value is the one that JGit
     * takes where it cannot measure, for the coarsest file systems. A file that was changed so short a time ago is read again.
     */
    private static final class Blank extends FileBasedConfig {

        private static final String FILE_SYSTEM = "filesystem";
        private static final Duration EXACT_TO = Duration.ofSeconds(2);

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
            // There is no file.
        }

        /** Asked for {@code timestampResolution} and {@code minRacyThreshold} of a file system. */
        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals(FILE_SYSTEM)
                    ? unit.convert(EXACT_TO)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
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
