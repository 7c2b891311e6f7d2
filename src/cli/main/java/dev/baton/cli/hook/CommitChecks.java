package dev.baton.cli.hook;

import dev.baton.cli.checks.CheckStore;
import dev.baton.compiler.environment.Environment;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.revision.Revision;
import dev.baton.run.CheckDemand;
import dev.baton.run.RevisionCheck;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The checks of a commit that is about to be: those that a command makes here, and those that an environment demands.
///
/// @param commands by the name of the check: words with blanks between, which no shell reads
/// @param folder where they are called
/// @param within the longest that one may take
public record CommitChecks(Map<String, String> commands, Path folder, Duration within) {
    public CommitChecks {
        commands = new TreeMap<>(commands);
    }

    /// Makes all checks, and records them where an environment is given.
    ///
    /// @param environment null where none is asked
    /// @param store of that environment
    /// @throws DiagnosticException ENV041 when one fails, or a demanded one is lacking
    public void require(Revision commit, @Nullable Environment environment, @Nullable CheckStore store)
            throws IOException {
        var findings = new Diagnostics();
        for (var check : commands.entrySet()) {
            var problem = problem(check.getValue());
            if (store != null) {
                store.add(new RevisionCheck(
                        check.getKey(),
                        problem.isEmpty(),
                        commit.author().name(),
                        store.endpoint().caller(),
                        check.getValue(),
                        Instant.now(),
                        commit.system(),
                        commit.id()));
            }
            problem.ifPresent(what -> findings.add(
                    Environment.vetoed(shown(commit), "the check " + check.getKey() + " failed: " + what)));
        }
        findings.throwIfErrors();
        if (environment != null) {
            var others = new CheckDemand(environment.demandedChecks().names().stream()
                    .filter(name -> !commands.containsKey(name))
                    .toList());
            others.lack(
                            new SourceRevision(commit.system(), commit.id(), "", false),
                            Objects.requireNonNull(store)::read)
                    .ifPresent(lack -> findings.add(Environment.vetoed(
                            shown(commit),
                            "what is built from it " + lack + ", and the environment \"" + environment.name()
                                    + "\" demands it")));
            findings.throwIfErrors();
        }
    }

    private static String shown(Revision commit) {
        return commit.id().substring(0, 12) + " (" + commit.system() + ")";
    }

    private Optional<String> problem(String command) {
        var words = command.strip().split("\\s+");
        var builder = new ProcessBuilder(words).directory(folder.toFile()).inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("HG"));
        try {
            var process = builder.start();
            try {
                return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                        ? process.exitValue() == 0
                                ? Optional.empty()
                                : Optional.of(command + " ended with " + process.exitValue())
                        : Optional.of(command + " has not ended within " + within.toSeconds() + " s");
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.of(command + " cannot be called: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(command + " was interrupted");
        }
    }
}
