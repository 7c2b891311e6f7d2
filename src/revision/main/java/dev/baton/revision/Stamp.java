package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The revision that something was built from, as it says itself: a file in the jar, written by its build. The same
/// revision, the same bytes.
public final class Stamp {
    /// Where it is, in jars and folders of classes.
    public static final String PATH = "META-INF/baton/revision.json";

    private static final int MOST = 1 << 20;

    private Stamp() {}

    /// Writes it into a folder of classes.
    public static void write(Path classes, Revision revision) throws IOException {
        FileReplacement.write(classes.resolve(PATH), text(revision).getBytes(StandardCharsets.UTF_8), false);
    }

    /// What is written: JSON with two blanks a level.
    public static String text(Revision revision) {
        return Json.pretty(RevisionJson.of(revision));
    }

    /// Takes it out of a folder of classes.
    public static void remove(Path classes) throws IOException {
        Files.deleteIfExists(classes.resolve(PATH));
    }

    /// The stamp of a jar, or of a folder of classes; nothing where there is none, or no such file. In a folder, one
    /// that is older than a class is of an earlier build, and is none.
    ///
    /// @throws DiagnosticException REV009 when it cannot be understood
    public static Optional<Revision> of(Path artefact) {
        try {
            if (Files.isDirectory(artefact)) {
                var file = artefact.resolve(PATH);
                return Files.isRegularFile(file) && !isOlder(file, artefact)
                        ? Optional.of(parse(artefact.toString(), Files.readAllBytes(file)))
                        : Optional.empty();
            }
            return Files.isRegularFile(artefact) ? ofJar(artefact) : Optional.empty();
        } catch (IOException e) {
            throw new DiagnosticException(RevisionFindings.noStamp(artefact.toString(), "it cannot be read"));
        }
    }

    /// All stamps on a class path, in its order.
    ///
    /// @throws DiagnosticException REV009 when one cannot be understood
    public static List<Revision> all(ClassLoader classPath) {
        var all = new ArrayList<Revision>();
        try {
            for (URL place : Collections.list(classPath.getResources(PATH))) {
                try (var in = place.openStream()) {
                    all.add(parse(place.toString(), in.readNBytes(MOST)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }

    private static Optional<Revision> ofJar(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry(PATH);
            if (entry == null) {
                return Optional.empty();
            }
            try (var in = zip.getInputStream(entry)) {
                return Optional.of(parse(jar.toString(), in.readNBytes(MOST)));
            }
        } catch (ZipException e) {
            // Not a jar: others say so.
            return Optional.empty();
        }
    }

    private static boolean isOlder(Path stamp, Path classes) throws IOException {
        var written = Files.getLastModifiedTime(stamp);
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(written) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Revision parse(String artefact, byte[] utf8) {
        try {
            return RevisionJson.parse(Json.parseObject(utf8));
        } catch (JsonException | IllegalArgumentException e) {
            throw new DiagnosticException(RevisionFindings.noStamp(artefact, message(e)));
        }
    }

    private static String message(RuntimeException problem) {
        @Nullable String message = problem.getMessage();
        return message == null ? "it is not JSON" : message;
    }
}
