import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signatures out of the jars of a folder. Other jars stay as they are. It needs a JDK and nothing else:
 *
 * <pre>java src/build/Unsigned.java target/lib</pre>
 *
 * A JVM archives no class of a signed jar, and computes the digest of each class that it loads from one. JDK 17 crashes where it
 * archives a lambda of such a class. The build has compared the jars with the registry's checksums before.
 */
final class Unsigned {

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private Unsigned() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java src/build/Unsigned.java FOLDER");
            System.exit(2);
        }
        try (var files = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
            for (Path jar : files) {
                if (isSigned(jar)) {
                    strip(jar);
                }
            }
        }
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(Unsigned::isSignature);
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    /** The digests in the manifest stay: without a signature nobody reads them. */
    private static void strip(Path jar) throws IOException {
        Path stripped = Files.createTempFile(jar.getParent(), "unsigned", ".tmp");
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(stripped);
                ZipOutputStream out = new ZipOutputStream(file)) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            for (ZipEntry entry : entries) {
                if (!isSignature(entry)) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    zip.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
        Files.setPosixFilePermissions(stripped, Files.getPosixFilePermissions(jar));
        Files.move(stripped, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
