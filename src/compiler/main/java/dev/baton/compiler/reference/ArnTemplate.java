package dev.baton.compiler.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The form that the ARNs of a type of resource have: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
///
/// @param type what the service calls it, such as `object`
/// @param text with `${…}` for what varies
public record ArnTemplate(String type, String text) {
    private static final Set<String> WITHOUT_SLASH = Set.of("BucketName", "TableName");
    /// Before the part of an ARN that names the resource.
    private static final int COLONS = 5;

    /// Whether some ARN of this form fits a pattern with `*` and `?`, in which `${…}` is something unknown.
    public boolean meets(String pattern) {
        return new Meeting(form(), wanted(pattern)).meet();
    }

    /// A piece of a pattern: one character or a wildcard.
    private sealed interface Piece {
        record One(int character) implements Piece {}

        /// Any number of characters.
        ///
        /// @param any whether slashes and colons are among them
        record Some(boolean any) implements Piece {}

        record AnyOne(boolean any) implements Piece {}
    }

    private List<Piece> form() {
        var pieces = new ArrayList<Piece>();
        var colons = 0;
        for (var i = 0; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                var end = text.indexOf('}', i);
                // Partition, region and account end at the next colon, these names at the next slash. Other names may
                // hold anything, such as paths.
                var any = colons >= COLONS && !WITHOUT_SLASH.contains(text.substring(i + 2, end));
                pieces.add(new Piece.AnyOne(any));
                pieces.add(new Piece.Some(any));
                i = end;
            } else {
                colons += text.charAt(i) == ':' ? 1 : 0;
                pieces.add(new Piece.One(text.charAt(i)));
            }
        }
        return pieces;
    }

    private static List<Piece> wanted(String pattern) {
        var pieces = new ArrayList<Piece>();
        for (var i = 0; i < pattern.length(); i++) {
            if (pattern.startsWith("${", i) && pattern.indexOf('}', i) > 0) {
                var end = pattern.indexOf('}', i);
                // A whole ARN stands for a key, a part of one for all else.
                pieces.add(new Piece.Some(pattern.substring(i, end).endsWith("Key")));
                i = end;
            } else {
                pieces.add(
                        switch (pattern.charAt(i)) {
                            case '*' -> new Piece.Some(true);
                            case '?' -> new Piece.AnyOne(true);
                            default -> new Piece.One(pattern.charAt(i));
                        });
            }
        }
        return pieces;
    }

    /// The comparison of two patterns, whether they have a text in common: which beginnings of both can be one text.
    private record Meeting(List<Piece> one, List<Piece> other) {
        boolean meet() {
            var reach = new boolean[one.size() + 1][other.size() + 1];
            reach[0][0] = true;
            for (var i = 0; i <= one.size(); i++) {
                var goesOn = false;
                for (var j = 0; j <= other.size(); j++) {
                    reach[i][j] |= from(reach, i, j);
                    goesOn |= reach[i][j];
                }
                // Most part at the name of the service.
                if (!goesOn) {
                    return false;
                }
            }
            return reach[one.size()][other.size()];
        }

        private boolean from(boolean[][] reach, int i, int j) {
            var a = i == 0 ? null : one.get(i - 1);
            var b = j == 0 ? null : other.get(j - 1);
            // Either takes up nothing …
            if ((a instanceof Piece.Some && reach[i - 1][j]) || (b instanceof Piece.Some && reach[i][j - 1])) {
                return true;
            }
            if (a == null || b == null) {
                return false;
            }
            // … or takes up what the other one has here, or both go on.
            return (a instanceof Piece.Some first && reach[i][j - 1] && takes(first, b))
                    || (b instanceof Piece.Some second && reach[i - 1][j] && takes(second, a))
                    || (reach[i - 1][j - 1] && same(a, b));
        }

        private static boolean takes(Piece.Some some, Piece piece) {
            return some.any() || !(piece instanceof Piece.One(var character)) || !ends(character);
        }

        private static boolean same(Piece one, Piece other) {
            return switch (one) {
                case Piece.One(var character) ->
                    switch (other) {
                        case Piece.One(var there) -> character == there;
                        case Piece.AnyOne(var any) -> any || !ends(character);
                        case Piece.Some some -> false;
                    };
                case Piece.AnyOne(var any) ->
                    switch (other) {
                        case Piece.One(var there) -> any || !ends(there);
                        case Piece.AnyOne there -> true;
                        case Piece.Some some -> false;
                    };
                case Piece.Some some -> false;
            };
        }

        private static boolean ends(int character) {
            return character == '/' || character == ':';
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
