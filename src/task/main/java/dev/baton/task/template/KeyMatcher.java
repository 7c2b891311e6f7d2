package dev.baton.task.template;

import dev.baton.task.parameter.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the values of a template's components back out of a key. A value never holds `/`, so each segment is read
/// by itself; the rules of templates leave at most one way to read it, and the work stays linear in the key.
final class KeyMatcher {
    private final Parameters parameters;
    private final List<List<Piece>> segments;

    KeyMatcher(Parameters parameters, List<List<Piece>> segments) {
        this.parameters = parameters;
        this.segments = segments;
    }

    /// The canonical text of every component that the template gives whole, or nothing if the key is not the
    /// template's.
    Optional<Map<String, String>> match(String key) {
        var texts = key.split("/", -1);
        if (texts.length != segments.size()) {
            return Optional.empty();
        }
        var found = new HashMap<Piece.Value, String>();
        for (var i = 0; i < texts.length; i++) {
            if (!new Segment(segments.get(i), texts[i], found).match(0, 0)) {
                return Optional.empty();
            }
        }
        return values(found);
    }

    private Optional<Map<String, String>> values(Map<Piece.Value, String> found) {
        var values = new TreeMap<String, String>();
        for (var i = 0; i < parameters.count(); i++) {
            var text = whole(i, found);
            if (text.isEmpty()) {
                continue;
            }
            var parameter = parameters.get(i);
            if (parameter
                            .type()
                            .read(text.get())
                            .flatMap(parameter.type()::printed)
                            .filter(text.get()::equals)
                            .isEmpty()
                    || !agree(i, text.get(), found)) {
                return Optional.empty();
            }
            values.put(parameter.name(), text.get());
        }
        return Optional.of(values);
    }

    private Optional<String> whole(int component, Map<Piece.Value, String> found) {
        var text = found.get(new Piece.Value(component, Optional.empty()));
        if (text != null) {
            return Optional.of(text);
        }
        var width = parameters.get(component).type().width().orElse(0);
        var joined = new StringBuilder();
        for (var part : DatePart.values()) {
            var piece = found.get(new Piece.Value(component, Optional.of(part)));
            if (piece != null && part.begin() == joined.length() + (joined.isEmpty() ? 0 : 1)) {
                joined.append(joined.isEmpty() ? "" : "-").append(piece);
            }
        }
        return !joined.isEmpty() && joined.length() == width ? Optional.of(joined.toString()) : Optional.empty();
    }

    /// Whether every piece of the component says the same.
    private static boolean agree(int component, String whole, Map<Piece.Value, String> found) {
        return found.entrySet().stream()
                .filter(piece -> piece.getKey().component() == component)
                .allMatch(piece -> piece.getKey()
                        .part()
                        .map(part -> part.of(whole))
                        .orElse(whole)
                        .equals(piece.getValue()));
    }

    /// One segment of the template laid over one of the key.
    private final class Segment {
        private final List<Piece> pieces;
        private final String text;
        private final Map<Piece.Value, String> found;

        Segment(List<Piece> pieces, String text, Map<Piece.Value, String> found) {
            this.pieces = pieces;
            this.text = text;
            this.found = found;
        }

        boolean match(int piece, int at) {
            if (piece == pieces.size()) {
                return at == text.length();
            }
            return switch (pieces.get(piece)) {
                case Piece.Text literal ->
                    text.startsWith(literal.text(), at)
                            && match(piece + 1, at + literal.text().length());
                case Piece.Value value -> value(value, piece, at);
            };
        }

        private boolean value(Piece.Value value, int piece, int at) {
            var type = parameters.get(value.component()).type();
            var width = value.part().map(DatePart::width).or(type::width);
            if (width.isPresent()) {
                return take(value, piece, at, at + width.get());
            }
            if (type.alternatives().isPresent()) {
                return type.alternatives().get().stream()
                        .anyMatch(word -> text.startsWith(word, at) && take(value, piece, at, at + word.length()));
            }
            if (piece == pieces.size() - 1) {
                return take(value, piece, at, text.length());
            }
            for (var end = at; end < text.length() && type.characters().holds(text.charAt(end)); end++) {
                if (take(value, piece, at, end + 1)) {
                    return true;
                }
            }
            return false;
        }

        private boolean take(Piece.Value value, int piece, int begin, int end) {
            if (end > text.length()) {
                return false;
            }
            var taken = text.substring(begin, end);
            // The same piece of a component says the same wherever it stands.
            var before = found.putIfAbsent(value, taken);
            if (before != null && !before.equals(taken)) {
                return false;
            }
            if (!match(piece + 1, end)) {
                if (before == null) {
                    found.remove(value);
                }
                return false;
            }
            return true;
        }
    }
}
