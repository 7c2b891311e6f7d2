package dev.baton.cli;

import dev.baton.task.run.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The version control system of a folder, asked which state its files are in.
final class Sources {
    private static final long PATIENCE_SECONDS = 5;

    private Sources() {}

    /// The revision of a folder's sources; [Revision#UNKNOWN] where no Git is, or none that answers.
    static Revision revision(Path folder) {
        try {
            var id = git(folder, "rev-parse", "HEAD");
            var branch = git(folder, "rev-parse", "--abbrev-ref", "HEAD");
            var changes = git(folder, "status", "--porcelain", "--untracked-files=no");
            return new Revision("git", id, branch, !changes.isEmpty());
        } catch (IOException e) {
            return Revision.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Revision.UNKNOWN;
        }
    }

    private static String git(Path folder, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("git gave no answer");
        }
        return answer;
    }
}
