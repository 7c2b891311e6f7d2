package dev.baton.local.dynamodb.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The check that no two paths of an expression lead to the same place, or into one another.
final class PathOverlap {
    private PathOverlap() {}

    /// @throws dev.baton.local.http.AwsError `ValidationException`
    static void check(ExpressionCursor cursor, List<DocumentPath> paths, DocumentPath more) {
        for (var path : paths) {
            var what = compare(path, more);
            if (what != null) {
                throw cursor.error("Two document paths " + what
                        + " with each other; must remove or rewrite one of these paths; path one: " + path
                        + ", path two: " + more);
            }
        }
    }

    private static @Nullable String compare(DocumentPath one, DocumentPath other) {
        int common = Math.min(one.steps().size(), other.steps().size());
        for (int i = 0; i < common; i++) {
            var a = one.steps().get(i);
            var b = other.steps().get(i);
            if (a.getClass() != b.getClass()) {
                return "conflict";
            }
            if (!a.equals(b)) {
                return null;
            }
        }
        return "overlap";
    }
}
