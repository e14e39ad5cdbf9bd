package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short id of a commit. */
class CommitTest {

    @Test
    void aLongIdIsCutAndAShortOneStaysAsItIs() {
        assertThat(Commit.shortId("3f2c1ab9d0")).isEqualTo("3f2c1ab");
        assertThat(Commit.shortId("3f2c1ab")).isEqualTo("3f2c1ab");
        assertThat(Commit.shortId("c1c1")).isEqualTo("c1c1");
    }
}
