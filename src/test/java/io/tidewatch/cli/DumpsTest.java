package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.observe.Dump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps as people save them: packed, by PowerShell, in a folder with other files, cut off. */
class DumpsTest {

    @TempDir
    Path folder;

    private String text = "";

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of("src/test/resources/cases/up-converged.yaml"));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.write(folder.resolve(name), bytes);
    }

    private static Dump dump(Path path) {
        return Dumps.read(List.of(path.toString()));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private byte[] marked(Charset charset) {
        return ("\uFEFF" + text).getBytes(charset);
    }

    @Test
    void packedOrMarkedItIsTheSameDump() throws IOException {
        List<Path> paths = List.of(
                write("a.yaml.gz", packed(text.getBytes(StandardCharsets.UTF_8))),
                write("bom.yaml", marked(StandardCharsets.UTF_8)),
                write("shell.yaml", marked(StandardCharsets.UTF_16LE)),
                write("other.yaml", marked(StandardCharsets.UTF_16BE)),
                write("windows.yaml", text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        Dump plain = Dump.parse("plain", text);
        for (Path path : paths) {
            assertThat(dump(path).objects())
                    .as(path.toString())
                    .hasSameSizeAs(plain.objects())
                    .isNotEmpty();
        }
    }

    @Test
    void inAFolderOtherFilesAreIgnoredAndABrokenDumpIsReported() throws IOException {
        write("dumps/all", text.getBytes(StandardCharsets.UTF_8));
        write("dumps/README.md", "- a: [b".getBytes(StandardCharsets.UTF_8));
        write("dumps/shot.png", new byte[] {0, 1, 2});
        write("dumps/cut.yaml", "items:\n- kind: Pod\n".getBytes(StandardCharsets.UTF_8));
        Dump dump = dump(folder.resolve("dumps"));
        assertThat(dump.objects()).hasSameSizeAs(Dump.parse("plain", text).objects());
        assertThat(dump.problems()).singleElement().asString().contains("cut.yaml: items without a kind");
    }

    @Test
    void whatWasCutIsOneClearLine() throws IOException {
        byte[] packed = packed(text.getBytes(StandardCharsets.UTF_8));
        Path cut = write("cut.yaml.gz", Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> dump(cut)).hasMessage(cut + ": unexpected end of the file; was it truncated?");
        assertThatThrownBy(() -> dump(folder.resolve("none")))
                .hasMessage(folder.resolve("none") + ": no such file or folder");
        assertThatThrownBy(() -> dump(Files.createDirectory(folder.resolve("empty"))))
                .hasMessage(folder.resolve("empty") + ": no dump found");
    }

    /** 600 kB that unpack to 600 MB. */
    @Test
    void aDumpThatUnpacksWithoutEndIsRejectedInOneLine() throws IOException {
        Path bomb = write("bomb.yaml.gz", packedZeros(600));
        for (List<String> verb : List.of(
                List.of("validate", bomb.toString()),
                List.of("preview", bomb.toString()),
                List.of("diagnose", "--cluster-state", bomb.toString()))) {
            Typed typed = Typed.of(verb.toArray(new String[0]));

            assertThat(typed.exitCode()).as("%s", verb).isEqualTo(2);
            assertThat(typed.err())
                    .as("%s", verb)
                    .contains("bomb.yaml.gz is too large: the limit is")
                    .hasLineCount(1);
        }
    }

    @Test
    void aNumberOfAMillionDigitsInADumpIsAText() {
        Dump dump = Dump.parse("dump", "kind: Pod\nmetadata: {name: a, uid: " + "1".repeat(1_000_000) + "}\n");
        assertThat(dump.objects()).hasSize(1);
    }

    private static byte[] packedZeros(int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }
}
