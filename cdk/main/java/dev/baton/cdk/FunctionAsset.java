package dev.baton.cdk;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The package of all functions: a folder with jars under `lib/`.
///
/// @param folder that CDK packs and uploads
/// @param hash SHA-256 over names and contents, 64 hexadecimal digits: the tag `baton:code`, and what decides whether
///     functions get new versions
/// @param governed the same with what functions have besides that people ask; null where no policies about people hold
public record FunctionAsset(
        Path folder, String hash, @Nullable FunctionAsset governed) {
    private static final String LEAN = "dev/baton/lambda/StartFunction.class";
    private static final String PEOPLE = "dev/baton/lambda/people/GovernedStartFunction.class";

    /// The code that lies in a folder.
    public static FunctionAsset in(Path folder) {
        try (var files = Files.walk(folder)) {
            var contents = new TreeMap<String, Path>();
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            contents.put(folder.relativize(file).toString().replace('\\', '/'), file));
            var digest = Sha256.start();
            for (var file : contents.entrySet()) {
                var name = file.getKey().getBytes(StandardCharsets.UTF_8);
                // Names end where the separator is, which no name holds; contents are of one length.
                digest.update(name);
                digest.update((byte) 0);
                digest.update(sha256(file.getValue()));
            }
            return new FunctionAsset(folder, Sha256.hex(digest), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return Sha256.of(content);
        }
    }

    /// Lays jars out as Lambda wants them: Baton's deployed jar, the pipelines' own, and what these need. With the jar of
    /// functions that people ask among them, they lie in a folder of their own too, beside the other.
    ///
    /// @param folder its `lib` is replaced
    /// @throws IllegalArgumentException when two jars have one name
    public static FunctionAsset staged(Collection<Path> jars, Path folder) {
        var lean = jars.stream().filter(jar -> !isOfPeople(jar)).toList();
        var code = laidOut(lean, folder);
        return lean.size() == jars.size()
                ? code
                : new FunctionAsset(
                        code.folder(),
                        code.hash(),
                        laidOut(jars, folder.resolveSibling(folder.getFileName() + ".governed")));
    }

    /// The code of a function.
    FunctionAsset of(CompiledFunction function) {
        return function.governed() && governed != null ? governed : this;
    }

    private static boolean isOfPeople(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(PEOPLE) != null && zip.getEntry(LEAN) == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static FunctionAsset laidOut(Collection<Path> jars, Path folder) {
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
