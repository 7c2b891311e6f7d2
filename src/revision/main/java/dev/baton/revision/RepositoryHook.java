package dev.baton.revision;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A command that a repository calls at one of its events. Installing it leaves the hooks of others what they are:
/// Git's file of that name is called first, and decides as before; Mercurial has several hooks of one event anyway.
///
/// @param event as the system calls it: `post-commit`, `pre-push`; `pretxncommit`, `commit`
/// @param command the program and its words, none of which a shell reads
public record RepositoryHook(Repository repository, String event, List<String> command) {
    private static final String SECTION = "hooks";
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z-]{1,30}");
    private static final Pattern LINE_END = Pattern.compile("[\\n\\r\\x00]");

    public RepositoryHook {
        command = List.copyOf(command);
        if (!EVENT.matcher(event).matches()) {
            throw new IllegalArgumentException("no event: " + event);
        }
        if (command.isEmpty()
                || command.stream().anyMatch(word -> LINE_END.matcher(word).find())) {
            throw new IllegalArgumentException("a command is words without line ends, but was " + command);
        }
    }

    /// Installs it, or replaces the one of an earlier installation.
    ///
    /// @throws DiagnosticException REV010 when it cannot be without changing what is somebody else's
    public void install() throws IOException {
        switch (repository) {
            case GitRepository git -> new GitHook(git.hookFile(event)).install(words());
            case MercurialRepository hg -> {
                var settings = new MercurialSettings(hg.root());
                settings.remove(SECTION, name());
                settings.add(SECTION, name(), words());
            }
        }
    }

    /// Takes it away, and brings back what was there before; does nothing where it is not.
    ///
    /// @throws DiagnosticException REV010 when somebody has written another one over it
    public void remove() throws IOException {
        switch (repository) {
            case GitRepository git -> new GitHook(git.hookFile(event)).remove();
            case MercurialRepository hg -> new MercurialSettings(hg.root()).remove(SECTION, name());
        }
    }

    /// Whether one is there, with whatever command.
    public boolean isInstalled() throws IOException {
        return switch (repository) {
            case GitRepository git -> new GitHook(git.hookFile(event)).isOurs();
            case MercurialRepository hg ->
                !new MercurialSettings(hg.root()).value(SECTION, name()).isEmpty();
        };
    }

    private String name() {
        return event + ".baton";
    }

    /// As a POSIX shell takes them for what they are.
    private String words() {
        return command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
