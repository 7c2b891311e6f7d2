package dev.baton.engine.internal.maprun;

import dev.baton.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// The content of a result file as it grows: an array of JSON, or a line for each result.
final class ResultText {
    private final boolean lines;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param lines whether each result is a line of its own
    ResultText(boolean lines) {
        this.lines = lines;
    }

    void add(List<?> results) {
        for (var result : results) {
            if (out.size() > 0) {
                out.write(lines ? '\n' : ',');
            } else if (!lines) {
                out.write('[');
            }
            out.writeBytes(Json.bytes(result));
        }
    }

    int length() {
        return out.size();
    }

    byte[] bytes() {
        var whole = copy();
        if (!lines) {
            if (out.size() == 0) {
                whole.out.write('[');
            }
            whole.out.write(']');
        }
        return whole.out.toByteArray();
    }

    /// Another one that grows apart from this.
    ResultText copy() {
        var copy = new ResultText(lines);
        copy.out.writeBytes(out.toByteArray());
        return copy;
    }
}
