package dev.baton.cli.artefact;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The checkout of a Git or Mercurial repository that a folder lies in, asked which state its files are in. Files that
/// it does not know make it dirty, unless it is told to ignore them: a build takes them like the others.
///
/// @param root the folder with `.git` or `.hg`
record Checkout(Path root, String system) {
    private static final long PATIENCE_SECONDS = 20;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

    /// The nearest one above a folder.
    static Optional<Checkout> of(Path folder) {
        for (var at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            // A worktree's or a submodule's .git is a file.
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(new Checkout(at, "git"));
            }
            if (Files.isDirectory(at.resolve(".hg"))) {
                return Optional.of(new Checkout(at, "hg"));
            }
        }
        return Optional.empty();
    }

    /// The state of its files; [SourceRevision#UNKNOWN] where its program is missing or does not answer, and where
    /// nothing was committed yet.
    ///
    /// @param built when what is asked about was built; what was committed later is not in it
    SourceRevision revision(Instant built) {
        try {
            return system.equals("git") ? git(built) : mercurial(built);
        } catch (IOException | JsonException | NumberFormatException e) {
            return SourceRevision.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SourceRevision.UNKNOWN;
        }
    }

    private SourceRevision git(Instant built) throws IOException, InterruptedException {
        var git = List.of("git", "-C", root.toString());
        var head = answer(git, "show", "--no-patch", "--format=%H %ct", "HEAD").split(" ");
        var branch = answer(git, "rev-parse", "--abbrev-ref", "HEAD");
        var changes = answer(git, "status", "--porcelain", "--untracked-files=normal");
        return revision(head[0], branch, Long.parseLong(head[1]), built, !changes.isEmpty());
    }

    private SourceRevision mercurial(Instant built) throws IOException, InterruptedException {
        var mercurial = List.of("hg", "--noninteractive", "--cwd", root.toString());
        var parents = Json.parse(answer(mercurial, "log", "--rev=.", "-Tjson").getBytes(StandardCharsets.UTF_8));
        var changes = Json.parse(
                answer(mercurial, "status", "--modified", "--added", "--removed", "--deleted", "--unknown", "-Tjson")
                        .getBytes(StandardCharsets.UTF_8));
        return parents instanceof List<?> list
                        && !list.isEmpty()
                        && list.getFirst() instanceof Map<?, ?> parent
                        && parent.get("date") instanceof List<?> date
                        && date.getFirst() instanceof Number seconds
                ? revision(
                        String.valueOf(parent.get("node")),
                        String.valueOf(parent.get("branch")),
                        seconds.longValue(),
                        built,
                        !(changes instanceof List<?> changed && changed.isEmpty()))
                : SourceRevision.UNKNOWN;
    }

    private SourceRevision revision(String id, String branch, long committed, Instant built, boolean dirty) {
        return ID.matcher(id).matches() && !id.matches("0+")
                ? new SourceRevision(system, id, branch, dirty || built.getEpochSecond() < committed)
                : SourceRevision.UNKNOWN;
    }

    private static String answer(List<String> program, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(program);
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // As programs are answered, whatever a person has configured; and nothing that is asked for is an option.
        builder.environment().put("HGPLAIN", "+strictflags");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        // A hook that calls has these set to its own repository.
        builder.environment().keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "HGRCPATH"));
        var process = builder.start();
        process.getOutputStream().close();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(program.getFirst() + " gave no answer");
        }
        return answer;
    }
}
