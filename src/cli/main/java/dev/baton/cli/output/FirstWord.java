package dev.baton.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The line with which `baton run` begins, written before anything of the command is loaded: who calls sees at once
/// that it was understood. It is what [dev.baton.cli.follow.ProgressReport] tells of the same event.
public final class FirstWord {
    private static final List<String> OTHERS = List.of("-h", "--help", "-V", "--version");

    private static boolean said;

    private FirstWord() {}

    /// Says it, where the words are those of a run.
    public static void say(String[] words) {
        var all = List.of(words);
        if (all.size() < 2
                || !all.getFirst().equals("run")
                || !isName(all.get(1))
                || OTHERS.stream().anyMatch(all::contains)) {
            return;
        }
        var line = line(all.get(1), all.contains("--json"));
        try {
            // Not closed: the rest of the output goes there too.
            new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.UTF_8));
            said = true;
        } catch (IOException e) {
            // Nobody reads; the command finds that itself.
            said = false;
        }
    }

    /// The line with its end.
    static String line(String pipeline, boolean json) {
        return json
                ? "{\"event\":\"compiling\",\"pipeline\":\"" + pipeline + "\"}" + System.lineSeparator()
                : "compiling   " + pipeline + " \u2026" + System.lineSeparator();
    }

    public static boolean isSaid() {
        return said;
    }

    private static boolean isName(String word) {
        return !word.isEmpty()
                && word.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')
                && !word.startsWith("-");
    }
}
