package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What JGit is told of the machine. */
class HermeticReaderTest {

    private static final int MISSING = -1;

    private final SystemReader before = SystemReader.getInstance();

    @BeforeEach
    void install() {
        HermeticReader.install();
    }

    @AfterEach
    void restore() {
        SystemReader.setInstance(before);
    }

    /** Otherwise each process measured them for three seconds, before its first pull. */
    @Test
    void theTimesOfFilesNeedNoMeasuring() throws ConfigInvalidException, IOException {
        assertThat(milliseconds("filesystem", "timestampResolution")).isEqualTo(2_000);
        assertThat(milliseconds("filesystem", "minRacyThreshold")).isEqualTo(2_000);
    }

    @Test
    void everythingElseIsUnset() throws ConfigInvalidException, IOException {
        assertThat(milliseconds("http", "timeout")).isEqualTo(MISSING);
    }

    private static long milliseconds(String section, String name) throws ConfigInvalidException, IOException {
        return SystemReader.getInstance()
                .getUserConfig()
                .getTimeUnit(section, "Debian|17.0.15|/dev/root", name, MISSING, TimeUnit.MILLISECONDS);
    }
}
