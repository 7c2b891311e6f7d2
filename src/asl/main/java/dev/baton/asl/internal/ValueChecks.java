package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checks of plain values: strings, numbers, words, arrays.
final class ValueChecks {
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private ValueChecks() {}

    static ValueCheck string() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof String)) {
                visit.problems().type(place, "a string", node.value());
            }
        };
    }

    /// A string, which in JSONata may be an expression.
    static ValueCheck text() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof String)) {
                visit.problems().type(place, "a string", node.value());
            } else if (visit.isJsonata()) {
                JsonataChecks.template(visit, node, place);
            }
        };
    }

    static ValueCheck bool() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof Boolean)) {
                visit.problems().type(place, "a boolean", node.value());
            }
        };
    }

    static ValueCheck word(String... words) {
        var known = List.of(words);
        return (visit, node, place) -> {
            if (!(node.value() instanceof String text)) {
                visit.problems().type(place, "a string", node.value());
            } else if (!known.contains(text)) {
                visit.problems().word(place, known, text);
            }
        };
    }

    /// A word, which in JSONata may be an expression.
    static ValueCheck wordOrExpression(String... words) {
        var word = word(words);
        return (visit, node, place) -> {
            if (visit.isJsonata() && node.value() instanceof String text && JsonataText.isExpression(text)) {
                JsonataChecks.expression(visit, text, place);
            } else {
                word.check(visit, node, place);
            }
        };
    }

    static ValueCheck integer(long minimum, long maximum) {
        return (visit, node, place) -> integer(visit, node, place, minimum, maximum);
    }

    private static void integer(CheckContext visit, Node node, DefinitionPlace place, long minimum, long maximum) {
        switch (node.value()) {
            case Long number when number < minimum -> visit.problems().below(place, minimum, number);
            case Long number when number > maximum -> visit.problems().above(place, maximum, number);
            case Long number -> {}
            case BigInteger number when number.signum() < 0 -> visit.problems().below(place, minimum, number);
            case BigInteger number -> visit.problems().above(place, maximum, number);
            case Double number when number == Math.rint(number) && number >= minimum && number <= maximum -> {}
            case null, default -> visit.problems().type(place, "an integer", node.value());
        }
    }

    static ValueCheck number(double minimum, double maximum) {
        return (visit, node, place) -> {
            if (!(node.value() instanceof Number number)) {
                visit.problems().type(place, "a number", node.value());
            } else if (compare(number, minimum) < 0) {
                visit.problems().below(place, minimum, number);
            } else if (compare(number, maximum) > 0) {
                visit.problems().above(place, maximum, number);
            }
        };
    }

    /// A number, which in JSONata may be an expression.
    static ValueCheck orExpression(ValueCheck number) {
        return (visit, node, place) -> {
            if (visit.isJsonata() && node.value() instanceof String text && JsonataText.isExpression(text)) {
                JsonataChecks.expression(visit, text, place);
            } else {
                number.check(visit, node, place);
            }
        };
    }

    static ValueCheck timestamp() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof String text)) {
                visit.problems().type(place, "a string", node.value());
            } else if (!isTimestamp(text)) {
                visit.problems().timestamp(place, text);
            }
        };
    }

    private static boolean isTimestamp(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /// An array whose elements each keep a check.
    static ValueCheck array(String what, boolean mayBeEmpty, ValueCheck element) {
        return (visit, node, place) -> {
            if (!(node instanceof ArrayNode array)) {
                visit.problems().type(place, "an array", node.value());
                return;
            }
            if (array.elements().isEmpty() && !mayBeEmpty) {
                visit.problems().empty(place, what);
            }
            forEach(array, place, (each, at) -> element.check(visit, each, at));
        };
    }

    static void forEach(ArrayNode array, DefinitionPlace place, BiConsumer<Node, DefinitionPlace> action) {
        var index = 0;
        for (var element : array.elements()) {
            action.accept(element, place.element(index++, element));
        }
    }

    static void repeatedFields(CheckContext visit, ObjectNode object, DefinitionPlace place) {
        var seen = new HashSet<String>();
        for (var member : object.members()) {
            if (!seen.add(member.name())) {
                visit.problems().repeatedField(place.field(member), member.name());
            }
        }
    }

    /// The text of a node that is a string, else an empty one.
    static String textOf(Node node) {
        return Objects.requireNonNullElse(node.text(), "");
    }

    /// The text of a field that is a string, else an empty one.
    static String text(ObjectNode object, String field) {
        var node = object.get(field);
        return node == null ? "" : textOf(node);
    }

    /// The value of a field that is a number, else null.
    static @Nullable Number number(ObjectNode object, String field) {
        var node = object.get(field);
        return node != null && node.value() instanceof Number number ? number : null;
    }

    static List<String> names(ObjectNode object) {
        return object.members().stream().map(Member::name).toList();
    }

    static int compare(Number one, Number other) {
        return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
    }
}
