package dev.baton.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The folder that the command works for: where the launcher stands, else the current one.
public final class ProjectFolder {
    private ProjectFolder() {}

    public static Path folder() {
        return Path.of(System.getProperty("baton.home", "")).toAbsolutePath().normalize();
    }

    /// The folder of what is kept between two calls.
    public static Path data() {
        return folder().resolve(".baton").resolve("data");
    }

    /// The folder for copies of a pipeline's last outputs.
    public static Path outputs(String pipeline) {
        return folder().resolve(".baton").resolve("out").resolve(pipeline);
    }

    /// The folder for the unpacked code of functions that run in processes of their own.
    public static Path packages() {
        return folder().resolve(".baton").resolve("functions");
    }

    /// The file that log lines go to.
    public static Path log() {
        return folder().resolve(".baton").resolve("log");
    }

    /// The folder for copies of the jars that a command works with.
    public static Path jars() {
        return folder().resolve(".baton").resolve("jars");
    }

    /// The folder for what revisions of the sources were built to.
    public static Path revisions() {
        return folder().resolve(".baton").resolve("revisions");
    }

    /// The folder with the certificate of an embedded AWS that answers HTTPS.
    public static Path certificates() {
        return folder().resolve(".baton").resolve("tls");
    }

    /// What is known of the completion records in a state bucket: a copy, which may be deleted.
    public static Path lineage(String stateBucket) {
        return folder().resolve(".baton").resolve("lineage").resolve(stateBucket + ".index");
    }

    /// Deletes what [#data] holds.
    public static void forget() throws IOException {
        if (Files.isDirectory(data())) {
            try (var inside = Files.walk(data())) {
                for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /// A path as short as people can still use it.
    public static String shown(Path path) {
        var here = Path.of("").toAbsolutePath();
        var absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }
}
