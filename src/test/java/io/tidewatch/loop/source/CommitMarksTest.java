package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.git.CommitMarkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitMarksTest {

    @TempDir
    private Path folder;

    @Test
    void aDeathBetweenBeginAndEndIsCountedAndNoOther() {
        CommitMarks marks = new CommitMarks(CommitMarkers.open(folder), "shop");
        marks.begin("c1");
        assertThat(CommitMarkers.open(folder).isSuspect("shop")).isTrue();

        marks.end();

        assertThat(CommitMarkers.open(folder).isSuspect("shop")).isFalse();
    }

    @Test
    void aCommitThatIsCheckedTwiceHasOneMark() {
        CommitMarks marks = new CommitMarks(CommitMarkers.open(folder), "shop");
        marks.begin("c1");
        marks.begin("c1");

        marks.end();

        assertThat(CommitMarkers.open(folder).isSuspect("shop")).isFalse();
    }

    @Test
    void aMarkerThatCannotBeWrittenKeepsNoCommitFromBeingRead() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        CommitMarks marks = new CommitMarks(CommitMarkers.open(file.resolve("reading")), "shop");

        marks.begin("c1");
        marks.end();
        marks.forgetSetAside();

        assertThat(marks.isSetAside("c1")).isFalse();
    }
}
