package dev.baton.revision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The settings of one repository of Mercurial, `.hg/hgrc`, read and changed as a text: nothing of it is run, and every
/// other line stays as it is.
record MercurialSettings(Path root) {

    private Path file() {
        return root.resolve(".hg").resolve("hgrc");
    }

    /// The last value of a setting; empty where it has none. What `%include` brings is not looked for.
    String value(String section, String name) {
        var value = "";
        for (var line : lines()) {
            if (line.isOf(section, name)) {
                value = line.value();
            }
        }
        return value;
    }

    /// Adds a setting at the end of its section.
    void add(String section, String name, String value) {
        var texts = new ArrayList<>(lines().stream().map(Line::text).toList());
        var last = -1;
        var all = lines();
        for (var i = 0; i < all.size(); i++) {
            if (all.get(i).section().equals(section) && !all.get(i).text().isBlank()) {
                last = i;
            }
        }
        if (last < 0) {
            texts.add("[" + section + "]");
            last = texts.size() - 1;
        }
        texts.add(last + 1, name + " = " + value);
        write(texts);
    }

    /// Takes a setting away, and its section where nothing else was in it.
    void remove(String section, String name) {
        var all = new ArrayList<>(lines());
        all.removeIf(line -> line.isOf(section, name));
        var left = all.stream().filter(line -> line.section().equals(section)).toList();
        if (left.stream().allMatch(line -> line.text().isBlank() || line.isHead())) {
            all.removeAll(left);
        }
        write(all.stream().map(Line::text).toList());
    }

    private List<Line> lines() {
        if (!Files.exists(file())) {
            return List.of();
        }
        try {
            var lines = new ArrayList<Line>();
            var section = "";
            // Mercurial reads bytes.
            for (var text : Files.readString(file(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList()) {
                var bare = text.strip();
                if (bare.startsWith("[") && bare.endsWith("]")) {
                    section = bare.substring(1, bare.length() - 1);
                }
                lines.add(new Line(section, text));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<String> lines) {
        try {
            var text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
            FileReplacement.write(file(), text.getBytes(StandardCharsets.ISO_8859_1), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One line.
    ///
    /// @param section that it stands in
    private record Line(String section, String text) {
        boolean isHead() {
            return text.strip().equals("[" + section + "]");
        }

        boolean isOf(String ofSection, String name) {
            var end = text.indexOf('=');
            // An indented line goes on with the one before.
            return section.equals(ofSection)
                    && end > 0
                    && !Character.isWhitespace(text.charAt(0))
                    && text.substring(0, end).strip().equals(name);
        }

        String value() {
            return new String(
                    text.substring(text.indexOf('=') + 1).strip().getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.UTF_8);
        }
    }
}
