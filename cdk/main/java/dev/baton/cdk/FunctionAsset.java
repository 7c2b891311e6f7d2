package dev.baton.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeMap;

/// The package of all functions: a folder with jars under `lib/`.
///
/// @param folder that CDK packs and uploads
/// @param hash SHA-256 over names and contents, 64 hexadecimal digits: the tag `baton:code`, and what decides whether
///     functions get new versions
public record FunctionAsset(Path folder, String hash) {

    /// The code that lies in a folder.
    public static FunctionAsset in(Path folder) {
        try (var files = Files.walk(folder)) {
            var contents = new TreeMap<String, Path>();
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            contents.put(folder.relativize(file).toString().replace('\\', '/'), file));
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : contents.entrySet()) {
                var name = file.getKey().getBytes(StandardCharsets.UTF_8);
                var content = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.getValue()));
                // Names end where the separator is, which no name holds; contents are of one length.
                digest.update(name);
                digest.update((byte) 0);
                digest.update(content);
            }
            return new FunctionAsset(folder, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// Lays jars out as Lambda wants them: Baton's deployed jar, the pipelines' own, and what these need.
    ///
    /// @param folder its `lib` is replaced
    /// @throws IllegalArgumentException when two jars have one name
    public static FunctionAsset staged(Collection<Path> jars, Path folder) {
        try {
            var lib = folder.resolve("lib");
            Files.createDirectories(lib);
            try (var old = Files.newDirectoryStream(lib)) {
                for (var file : old) {
                    Files.delete(file);
                }
            }
            for (var jar : jars) {
                var target = lib.resolve(jar.getFileName());
                if (Files.exists(target)) {
                    throw new IllegalArgumentException("two jars are named " + jar.getFileName());
                }
                Files.copy(jar, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
