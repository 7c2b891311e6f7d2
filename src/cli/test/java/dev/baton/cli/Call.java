package dev.baton.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One call of the command, and what came of it.
///
/// @param exit the exit code
/// @param out what it printed
/// @param err what it printed for people who have to act
public record Call(int exit, String out, String err) {
    private static final String HOME = "baton.home";

    /// Calls the command as the launcher in `home` would.
    public static Call in(Path home, String... words) {
        var before = System.getProperty(HOME);
        System.setProperty(HOME, home.toString());
        silenceLogs();
        try {
            var out = new StringWriter();
            var err = new StringWriter();
            var exit = Baton.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
            return new Call(exit, out.toString(), err.toString());
        } finally {
            if (before == null) {
                System.clearProperty(HOME);
            } else {
                System.setProperty(HOME, before);
            }
        }
    }

    /// As [Baton#main] does: what goes wrong is told by the commands.
    public static void silenceLogs() {
        Logger.getLogger("").setLevel(Level.OFF);
    }

    /// A call that needs no home.
    public static Call of(String... words) {
        return in(Path.of("target", "no-such-home"), words);
    }

    public List<String> lines() {
        return out.lines().toList();
    }

    /// The lines that begin with a word.
    public List<String> lines(String word) {
        return out.lines().filter(line -> line.startsWith(word + " ")).toList();
    }
}
