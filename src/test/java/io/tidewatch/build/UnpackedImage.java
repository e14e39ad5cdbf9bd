package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * An image in the format of {@code docker save}, its layers one over the other in a folder, and a process started in it as a container
 * runtime would: with this folder as its root, read-only, as the user of the image. There is no network of its own and no cgroup.
 * Needs root.
 */
record UnpackedImage(Path root, JsonNode config) {

    /** Runs as root, in a mount namespace of its own. Programs have their paths, for PATH is that of the image. */
    private static final String ENTER = """
            set -e
            root=$1 state=$2 config=$3 git=$4 user=$5 group=$6 directory=$7
            shift 7
            /bin/mount --bind "$root" "$root"
            /bin/mount --bind /dev "$root/dev"
            /bin/mount -t proc proc "$root/proc"
            /bin/mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
            /bin/mount --bind "$state" "$root/var/lib/tidewatch"
            /bin/mount --bind "$config" "$root/etc/tidewatch"
            /bin/mkdir -p "$root$git"
            /bin/mount --bind "$git" "$root$git"
            for only_read in "$root" "$root/etc/tidewatch" "$root$git"; do
              /bin/mount -o remount,bind,ro "$only_read"
            done
            exec /usr/bin/unshare --root="$root" --wd="$directory" --setgid="$group" --setuid="$user" -- "$@"
            """;

    /** @param root an empty folder */
    static UnpackedImage of(Path tar, Path root) throws IOException {
        Map<String, byte[]> small = new HashMap<>();
        Path layers = Files.createDirectory(root.resolveSibling(root.getFileName() + "-layers"));
        try (TarArchiveInputStream image = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = image.getNextEntry(); entry != null; entry = image.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    small.put(entry.getName(), image.readAllBytes());
                } else {
                    Files.copy(image, layers.resolve(entry.getName()));
                }
            }
        }
        JsonMapper json = JsonMapper.builder().build();
        JsonNode manifest = json.readTree(small.get("manifest.json")).path(0);
        for (JsonNode layer : manifest.path("Layers")) {
            unpack(layers.resolve(layer.asText()), root);
        }
        return new UnpackedImage(
                root, json.readTree(small.get(manifest.path("Config").asText())));
    }

    private static void unpack(Path layer, Path root) throws IOException {
        try (InputStream packed = Files.newInputStream(layer);
                TarArchiveInputStream entries = new TarArchiveInputStream(new GZIPInputStream(packed))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, root);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path file = root.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(root)).as(entry.getName()).isTrue();
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        assertThat(entry.isDirectory() || entry.isFile()).as(entry.getName()).isTrue();
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setAttribute(file, "unix:uid", Math.toIntExact(entry.getLongUserId()));
        Files.setAttribute(file, "unix:gid", Math.toIntExact(entry.getLongGroupId()));
        Files.setPosixFilePermissions(file, permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read on, in the order of the bits
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode >> (all.length - 1 - bit) & 1) == 1) {
                granted.add(all[bit]);
            }
        }
        return granted;
    }

    List<String> texts(String field) {
        return StreamSupport.stream(config.path("config").path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    String text(String field) {
        return config.path("config").path(field).asText();
    }

    /**
     * A container of the image that is not started yet. Its output has what it prints on standard error too.
     *
     * @param state writable for it
     * @param configuration its /etc/tidewatch
     * @param git there under the same path
     * @param arguments in place of those of the image
     */
    ProcessBuilder container(Path state, Path configuration, Path git, String... arguments) throws IOException {
        Assumptions.assumeTrue(mayMount(), "this machine lets nobody mount, as a container without privileges");
        String[] user = text("User").split(":");
        Files.setAttribute(state, "unix:uid", Integer.parseInt(user[0]));
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", ENTER, "enter"));
        command.addAll(List.of(root.toString(), state.toString(), configuration.toString(), git.toString()));
        command.addAll(List.of(user[0], user[1], text("WorkingDir")));
        command.addAll(texts("Entrypoint"));
        command.addAll(arguments.length == 0 ? texts("Cmd") : List.of(arguments));
        ProcessBuilder container = new ProcessBuilder(command).redirectErrorStream(true);
        container.environment().clear();
        texts("Env").forEach(variable -> {
            String[] parts = variable.split("=", 2);
            container.environment().put(parts[0], parts[1]);
        });
        return container;
    }

    private static boolean mayMount() throws IOException {
        Process tried = new ProcessBuilder("/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/true")
                .redirectErrorStream(true)
                .start();
        try {
            tried.getInputStream().readAllBytes();
            return tried.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
