package dev.baton.cli.hook;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.revision.Repository;
import dev.baton.revision.RepositoryHook;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A repository whose events call the command. Hooks of others stay, and are called too.
///
/// @param project the folder that the command works for
public record HookedRepository(Repository repository, Path project) {
    /// The event of Mercurial at which a commit can still be refused.
    public static final String VETO = "pretxncommit";

    private static final String MAIN = "dev.baton.cli.Baton";
    private static final List<String> OF_GIT = List.of("post-commit", "pre-push");
    private static final List<String> OF_MERCURIAL = List.of("commit", "outgoing");

    /// Installs the hooks, or replaces those of an earlier installation.
    ///
    /// @param options of the call, each a word
    /// @param vetoes whether commits are refused too, which Mercurial alone lets one do with what is committed
    /// @return the events
    public List<String> install(List<String> options, boolean vetoes) throws IOException {
        var events = new ArrayList<>(events());
        if (vetoes) {
            events.addFirst(VETO);
        } else if (repository.system().equals("hg")) {
            new RepositoryHook(repository, VETO, List.of("true")).remove();
        }
        for (var event : events) {
            var words = new ArrayList<>(command());
            words.addAll(List.of("hook", "run", event, "--repository", project.toString()));
            words.addAll(options);
            // What the system adds is not ours to read: the address of a remote may look like an option.
            words.add("--");
            new RepositoryHook(repository, event, words).install();
        }
        return List.copyOf(events);
    }

    /// Takes the hooks away, and brings back what was there before.
    ///
    /// @return the events whose hooks were there
    public List<String> uninstall() throws IOException {
        var gone = new ArrayList<String>();
        var all = new ArrayList<>(events());
        if (repository.system().equals("hg")) {
            all.addFirst(VETO);
        }
        for (var event : all) {
            var hook = new RepositoryHook(repository, event, List.of("true"));
            if (hook.isInstalled()) {
                hook.remove();
                gone.add(event);
            }
        }
        return List.copyOf(gone);
    }

    private List<String> events() {
        return repository.system().equals("git") ? OF_GIT : OF_MERCURIAL;
    }

    /// The command itself: its launcher, else the JVM that runs it now.
    private List<String> command() {
        var launcher = ProjectFolder.folder().resolve("baton");
        return Files.isExecutable(launcher) && Files.isRegularFile(launcher)
                ? List.of(launcher.toString())
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // It runs for a moment only.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dbaton.home=" + ProjectFolder.folder(),
                        "-cp",
                        absolute(System.getProperty("java.class.path", "")),
                        MAIN);
    }

    private static String absolute(String classPath) {
        var entries = new ArrayList<String>();
        for (var entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
