package dev.baton.policy;

import dev.baton.diagnostic.Location;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One policy of a text, with where it begins.
///
/// @param file the name of the whole text
/// @param line where the policy's own text begins, counted from 1
/// @param column likewise, in UTF-16 units
/// @param text with its annotations and the comments before it, up to its semicolon
record WrittenPolicy(String file, int line, int column, String text) {

    /// The policies of a text: each ends with a semicolon, which stands nowhere else but in strings and comments.
    static List<WrittenPolicy> of(String file, String text) {
        var policies = new ArrayList<WrittenPolicy>();
        var tokens = new CedarTokens(text);
        var start = 0;
        var empty = true;
        while (tokens.next()) {
            if (empty) {
                start = tokens.start();
                empty = false;
            }
            if (tokens.is(';')) {
                policies.add(at(file, text, start, tokens.end()));
                empty = true;
            }
        }
        if (!empty) {
            policies.add(at(file, text, start, text.length()));
        }
        return policies;
    }

    private static WrittenPolicy at(String file, String text, int start, int end) {
        var before = text.substring(0, start);
        var line = 1 + (int) before.chars().filter(letter -> letter == '\n').count();
        return new WrittenPolicy(file, line, start - before.lastIndexOf('\n'), text.substring(start, end));
    }

    /// A place in it.
    ///
    /// @param offset in bytes of UTF-8, as Cedar counts
    Location at(int offset) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var before = new String(bytes, 0, Math.clamp(offset, 0, bytes.length), StandardCharsets.UTF_8);
        return place(before);
    }

    /// The place of a piece of it; its beginning where the piece does not stand in it as it is.
    Location of(String piece) {
        var index = text.indexOf(piece);
        return place(index < 0 ? "" : text.substring(0, index));
    }

    private Location place(String before) {
        var lines = (int) before.chars().filter(letter -> letter == '\n').count();
        var inLine = before.length() - before.lastIndexOf('\n') - 1;
        return new Location.InText(file, line + lines, lines == 0 ? column + inLine : inLine + 1, "");
    }
}
