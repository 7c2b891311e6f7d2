package dev.baton.lambda.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the deployed jar so that a cold start loads fewer classes: much of its processor time is the JVM's work of
/// finding, verifying and making them. What the classes do stays the same.
///
/// Run by Maven after the jar was shaded; done twice, the second time changes nothing.
public final class DeployedJar {
    private DeployedJar() {}

    /// @param arguments the path of the jar
    public static void main(String[] arguments) throws IOException {
        rewrite(Path.of(arguments[0]));
    }

    static void rewrite(Path jar) throws IOException {
        var written = new ByteArrayOutputStream();
        try (var before = new ZipFile(jar.toFile());
                var after = new ZipOutputStream(written)) {
            after.setLevel(Deflater.BEST_COMPRESSION);
            for (var entry : before.stream().toList()) {
                if (entry.isDirectory()) {
                    continue;
                }
                for (var made : made(entry.getName(), content(before, entry)).entrySet()) {
                    var next = new ZipEntry(made.getKey());
                    next.setTime(entry.getTime());
                    after.putNextEntry(next);
                    after.write(made.getValue());
                    after.closeEntry();
                }
            }
        }
        var beside = jar.resolveSibling(jar.getFileName() + ".new");
        Files.write(beside, written.toByteArray());
        Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// What becomes of an entry.
    static Map<String, byte[]> made(String name, byte[] content) {
        if (name.equals(ServicesOnDemand.ENTRY)) {
            return Map.of(name, ServicesOnDemand.of(content));
        }
        return MemberReferences.concerns(name) ? MemberReferences.gathered(name, content) : Map.of(name, content);
    }
}
