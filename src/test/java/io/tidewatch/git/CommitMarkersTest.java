package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitMarkersTest {

    @TempDir
    Path folder;

    @Test
    void aCommitThatWasBeingReadAtTwoDeathsIsSetAside() {
        CommitMarkers first = opened();
        first.begin("evil", "c1");

        CommitMarkers second = opened();
        assertThat(second.isSuspect("evil")).isTrue();
        assertThat(second.isSetAside("evil", "c1")).as("once may be chance").isFalse();
        second.begin("evil", "c1");

        CommitMarkers third = opened();
        assertThat(third.isSetAside("evil", "c1")).isTrue();
        assertThat(third.isSuspect("evil")).isFalse();
        assertThat(third.isSetAside("evil", "c2")).isFalse();
        assertThat(opened().isSetAside("evil", "c1")).as("and stays so").isTrue();
    }

    @Test
    void whatWasReadIsNobodysDeath() {
        CommitMarkers first = opened();
        first.begin("good", "c1");
        first.end("good", "c1");

        assertThat(opened().isSuspect("good")).isFalse();
        assertThat(folder.resolve("reading/good.marker")).doesNotExist();
    }

    @Test
    void aDeathIsForgottenOnceTheCommitWasRead() {
        opened().begin("good", "c1");
        CommitMarkers second = opened();
        second.begin("good", "c1");
        second.end("good", "c1");

        opened().begin("good", "c1");

        assertThat(opened().isSetAside("good", "c1")).isFalse();
    }

    @Test
    void anOrderlyEndIsNoDeath() {
        CommitMarkers first = opened();
        first.begin("good", "c1");
        first.close();

        assertThat(opened().isSuspect("good")).isFalse();
    }

    @Test
    void anotherCommitThatIsReadEndsIt() {
        opened().begin("evil", "c1");
        opened().begin("evil", "c1");
        CommitMarkers third = opened();
        third.begin("evil", "c2");
        third.end("evil", "c2");
        third.forgetSetAside("evil");

        assertThat(opened().isSetAside("evil", "c1")).isFalse();
    }

    private CommitMarkers opened() {
        return CommitMarkers.open(folder.resolve("reading"));
    }
}
