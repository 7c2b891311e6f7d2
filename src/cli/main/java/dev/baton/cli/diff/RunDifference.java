package dev.baton.cli.diff;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One difference between two runs, at one place in the flow of the data.
///
/// @param node the id of the node
/// @param uri of the object there, in the second run
/// @param text as a phrase
/// @param depth how many steps the node is from the uploads
/// @param weight among others at the same depth, the larger the worse
record RunDifference(Kind kind, String node, String uri, String text, int depth, double weight) {

    /// The kinds of differences, in the order in which they come about at one node.
    enum Kind {
        CODE("code"),
        CONFIGURATION("configuration"),
        /// The task is complete in one of the runs only.
        MISSING("not made"),
        /// The profiles differ.
        DATA("data drift"),
        /// Only the bytes differ.
        CONTENT("content");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// `data drift: rows 366 -> 41 in landing/seattle/2012.csv`.
    String headline() {
        var where = switch (kind) {
            case DATA, CONTENT -> " in " + uri.replaceFirst("^s3://[^/]+/", "");
            case CODE, CONFIGURATION -> " in " + node;
            case MISSING -> "";
        };
        return kind.word() + ": " + text.split("; ", 2)[0] + where;
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.word());
        json.put("node", node);
        json.put("uri", uri);
        json.put("text", text);
        json.put("depth", (long) depth);
        return json;
    }
}
