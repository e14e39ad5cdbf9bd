package io.tidewatch.diagnose.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What kubelets, schedulers and API servers say, on one line. */
class ControllerMessagesTest {

    @Test
    void aMountThatFailedIsReportedWithTheOutputOfTheCommand() {
        assertThat(ControllerMessages.brief(
                        "MountVolume.SetUp failed for volume \"data\" : mount failed: exit status 32\n"
                                + "Mounting command: mount\n"
                                + "Mounting arguments: -t nfs nfs.example.com:/data"
                                + " /var/lib/kubelet/pods/8a793e76-3f37-4362-bb14-1f7eb418bfc6/volumes/kubernetes.io~nfs/data\n"
                                + "Output: mount.nfs: Connection timed out"))
                .isEqualTo("MountVolume.SetUp failed for volume \"data\": mount.nfs: Connection timed out");
    }

    @Test
    void whatFitsALineStays() {
        assertThat(ControllerMessages.brief(
                        "MountVolume.SetUp failed for volume \"tls\" : secret \"web-tls\" not found"))
                .isEqualTo("MountVolume.SetUp failed for volume \"tls\" : secret \"web-tls\" not found");
    }

    @Test
    void ofWrappedErrorsTheInnermostStays() {
        assertThat(ControllerMessages.brief(
                        "failed to " + "a".repeat(100) + ": cannot " + "b".repeat(100) + ": no such host"))
                .isEqualTo("cannot " + "b".repeat(100) + ": no such host");
    }
}
