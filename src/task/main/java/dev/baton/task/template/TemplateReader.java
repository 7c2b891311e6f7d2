package dev.baton.task.template;

import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.Parameter;
import dev.baton.task.parameter.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the text of a template and gathers what is wrong with it.
final class TemplateReader {
    private static final Pattern URI =
            Pattern.compile("s3://([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)/(.+)", Pattern.DOTALL);

    private final String template;
    private final Class<?> task;
    private final Parameters parameters;
    private final List<TemplateProblem> problems = new ArrayList<>();
    private final List<List<Piece>> segments = new ArrayList<>();
    private String bucket = "";

    TemplateReader(String template, Class<?> task) {
        this.template = template;
        this.task = task;
        parameters = Parameters.of(task);
    }

    List<TemplateProblem> problems() {
        return List.copyOf(problems);
    }

    String bucket() {
        return bucket;
    }

    /// The key's pieces, one list for each segment between `/`.
    List<List<Piece>> read() {
        var uri = URI.matcher(template);
        if (!uri.matches()) {
            problem(
                    "TSK015",
                    "the template \"" + template + "\" is not s3://bucket/key with a logical bucket name",
                    "write a template such as s3://lake/clean/{city}/{year}.csv");
            return segments;
        }
        bucket = uri.group(1);
        for (var text : uri.group(2).split("/", -1)) {
            segments.add(segment(text));
        }
        if (problems.isEmpty()) {
            segments.forEach(this::requireSeparated);
        }
        return segments;
    }

    private List<Piece> segment(String text) {
        var pieces = new ArrayList<Piece>();
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            problem(
                    "TSK015",
                    "the template \"" + template + "\" has the piece \"" + text + "\" between two /",
                    "give each piece of the key a name");
            return pieces;
        }
        for (var at = 0; at < text.length(); ) {
            var open = text.indexOf('{', at);
            literal(pieces, text.substring(at, open < 0 ? text.length() : open));
            if (open < 0) {
                break;
            }
            var close = text.indexOf('}', open);
            if (close < 0) {
                forbidden("{");
                break;
            }
            value(pieces, text.substring(open + 1, close));
            at = close + 1;
        }
        return pieces;
    }

    private void literal(List<Piece> pieces, String text) {
        text.codePoints()
                .filter(c -> "*?${}\\".indexOf(c) >= 0 || Character.isISOControl(c))
                .mapToObj(c -> Character.isISOControl(c) ? "U+%04X".formatted(c) : Character.toString(c))
                .findFirst()
                .ifPresent(this::forbidden);
        if (!text.isEmpty()) {
            pieces.add(new Piece.Text(text));
        }
    }

    private void forbidden(String character) {
        problem(
                "TSK011",
                "the template \"" + template + "\" holds " + character + " outside of a {component}",
                "leave out * ? $ \\ and control characters, and use { } around components only");
    }

    private void value(List<Piece> pieces, String text) {
        var colon = text.indexOf(':');
        var name = colon < 0 ? text : text.substring(0, colon);
        var index = parameters.index(name);
        if (index.isEmpty()) {
            var names = parameters.all().stream().map(Parameter::name).collect(Collectors.joining("}, {"));
            problem(
                    "TSK010",
                    "the template \"" + template + "\" names {" + name + "}, but the record has "
                            + (names.isEmpty() ? "no components" : "only {" + names + "}"),
                    "name a component of " + task.getSimpleName());
            return;
        }
        if (colon < 0) {
            pieces.add(new Piece.Value(index.get(), Optional.empty()));
        } else {
            parts(pieces, index.get(), text.substring(colon + 1));
        }
    }

    private void parts(List<Piece> pieces, int component, String format) {
        var parameter = parameters.get(component);
        if (!(parameter.type() instanceof CalendarType calendar)) {
            formatProblem(parameter, format, "only a date has pieces");
            return;
        }
        for (var at = 0; at < format.length(); ) {
            var part = DatePart.at(format, at);
            if (part.isPresent() && part.get().in(calendar)) {
                pieces.add(new Piece.Value(component, part));
                at += part.get().letters().length();
            } else if ("-_.".indexOf(format.charAt(at)) >= 0) {
                pieces.add(new Piece.Text(format.substring(at, at + 1)));
                at++;
            } else {
                formatProblem(parameter, format, "its pieces are yyyy, MM and dd as far as it has them");
                return;
            }
        }
        if (format.isEmpty()) {
            formatProblem(parameter, format, "a piece of the date is missing");
        }
    }

    private void formatProblem(Parameter parameter, String format, String why) {
        problem(
                "TSK010",
                "the template \"" + template + "\" names {" + parameter.name() + ":" + format + "}, but " + why,
                "write {" + parameter.name() + "}, or pieces of a date such as {day:yyyy}/{day:MM}/{day:dd}");
    }

    /// Two values of varying width need a literal between them that begins with what neither can hold.
    private void requireSeparated(List<Piece> segment) {
        @Nullable Parameter left = null;
        var beginnings = new StringBuilder();
        for (var piece : segment) {
            // No switch, whose first use every cold start would wait for.
            if (piece instanceof Piece.Text text) {
                beginnings.append(text.text().charAt(0));
            }
            if (!(piece instanceof Piece.Value value) || hasWidth(value)) {
                continue;
            }
            var right = parameters.get(value.component());
            if (left != null && !separates(beginnings, left, right)) {
                problem(
                        "TSK012",
                        "where {" + left.name() + "} ends and {" + right.name()
                                + "} begins cannot be told from a key of \"" + template + "\"",
                        "put a / between them, or text that begins with a character that neither can hold");
            }
            left = right;
            beginnings.setLength(0);
        }
    }

    private boolean hasWidth(Piece.Value value) {
        return value.part().isPresent()
                || parameters.get(value.component()).type().width().isPresent();
    }

    private static boolean separates(CharSequence beginnings, Parameter left, Parameter right) {
        return beginnings.chars().anyMatch(c -> !holds(left, (char) c) && !holds(right, (char) c));
    }

    private static boolean holds(Parameter parameter, char character) {
        return parameter.type().characters().holds(character);
    }

    private void problem(String code, String message, String remedy) {
        problems.add(new TemplateProblem(code, message, remedy));
    }
}
