package dev.baton.cli.proposal;

import dev.baton.cli.artefact.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files of `statemachines` that proposals are held against: definitions, policies and what was accepted.
public final class PresentFiles {
    private static final Pattern KEPT = Pattern.compile(
            "(?:[^/]+/)?([^/]+\\.asl\\.(json|yaml|yml)|policies/[^/]+\\.json|buckets/[^/]+\\.json|boundary\\.json"
                    + "|triggers\\.json)|accepted-access\\.txt");
    private static final int DEEP = 3;

    private PresentFiles() {}

    /// By path; none where the folder is not there.
    public static Map<String, String> read(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        if (Files.isDirectory(folder)) {
            try (var all = Files.walk(folder, DEEP)) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    var path = folder.relativize(file).toString().replace('\\', '/');
                    if (KEPT.matcher(path).matches()) {
                        files.put(path, InputFiles.text(file));
                    }
                }
            }
        }
        return files;
    }
}
