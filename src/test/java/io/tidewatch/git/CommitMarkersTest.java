package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** Else a commit that kills would go free by being read in turn with a stop. */
    @Test
    void anOrderlyEndForgetsNoDeathBeforeIt() {
        opened().begin("evil", "c1");
        CommitMarkers second = opened();
        second.begin("evil", "c1");
        second.close();

        CommitMarkers third = opened();
        assertThat(third.isSetAside("evil", "c1")).isFalse();
        assertThat(third.isSuspect("evil")).isTrue();
        third.begin("evil", "c1");
        assertThat(opened().isSetAside("evil", "c1")).isTrue();
    }

    @Test
    void whatIsBegunAfterTheEndCountsForNothing() {
        CommitMarkers first = opened();
        first.close();
        first.begin("good", "c1");

        assertThat(opened().isSuspect("good")).isFalse();
    }

    @Test
    void aDiskThatHangsUnderOneSourceHoldsNoOtherUp() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Path directory = folder.resolve("reading");
        CommitMarkers markers = CommitMarkers.open(new MarkerFiles(directory), (source, text) -> {
            if (source.equals("evil")) {
                hangs.countDown();
                awaited(letGo);
            }
            Path file = directory.resolve(source + ".marker");
            if (text.isEmpty()) {
                Files.delete(file);
            } else {
                Files.createDirectories(directory);
                Files.writeString(file, text);
            }
        });
        CompletableFuture<Void> evil = CompletableFuture.runAsync(() -> markers.begin("evil", "c1"));
        awaited(hangs);

        CompletableFuture.runAsync(() -> {
                    markers.begin("good", "c1");
                    markers.end("good", "c1");
                    markers.begin("good", "c2");
                    markers.forgetSetAside("good");
                    assertThat(markers.isSetAside("evil", "c1")).isFalse();
                    assertThat(markers.isSuspect("evil")).isFalse();
                })
                .get(60, TimeUnit.SECONDS);
        assertThat(folder.resolve("reading/good.marker")).hasContent("c2 0 reading");
        assertThat(evil).as("its marker is not on the disk").isNotDone();

        markers.close(Duration.ofSeconds(1));
        assertThat(folder.resolve("reading/good.marker")).doesNotExist();
        letGo.countDown();
        evil.get(60, TimeUnit.SECONDS);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CommitMarkers opened() {
        return CommitMarkers.open(folder.resolve("reading"));
    }
}
