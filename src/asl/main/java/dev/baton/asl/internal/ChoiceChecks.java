package dev.baton.asl.internal;

import dev.baton.asl.Comparison;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The checks of choice rules.
final class ChoiceChecks {
    private static final Set<String> COMBINING = Set.of("And", "Or", "Not");
    private static final List<String> FIELDS = Stream.concat(
                    Stream.of("Variable", "And", "Or", "Not"),
                    Stream.of(Comparison.values()).map(Comparison::field))
            .toList();

    private static final Shape JSONATA_RULE = comparisons(Shape.of("a choice rule")
            .field("Comment", Checks.string())
            .required("Condition", ChoiceChecks::condition)
            .required("Next", Checks.string())
            .field("Assign", DataChecks.assign(Visit.INPUT))
            .jsonata("Output", JsonataChecks.template())
            .jsonPath("Variable", Check.any())
            .jsonPath("And", Check.any())
            .jsonPath("Or", Check.any())
            .jsonPath("Not", Check.any()));

    /// What a rule has besides its condition (JSONPath).
    private static final Shape RULE_FRAME = Shape.of("a choice rule")
            .field("Comment", Checks.string())
            .required("Next", Checks.string())
            .field("Assign", DataChecks.assign(Visit.INPUT))
            .jsonata("Output", Check.any())
            .jsonata("Condition", Check.any());

    private ChoiceChecks() {}

    private static Shape comparisons(Shape rule) {
        for (var comparison : Comparison.values()) {
            rule.jsonPath(comparison.field(), Check.any());
            if (comparison.hasPathVariant()) {
                rule.jsonPath(comparison.field() + "Path", Check.any());
            }
        }
        return rule;
    }

    static void rule(Visit visit, Node node, Place place) {
        if (visit.isJsonata()) {
            JSONATA_RULE.check(visit, node, place);
            return;
        }
        if (!(node instanceof ObjectNode object)) {
            visit.problems().type(place, "an object", node.value());
            return;
        }
        var frame = new ArrayList<Member>();
        var test = new ArrayList<Member>();
        for (var member : object.members()) {
            (RULE_FRAME.knows(member.name()) ? frame : test).add(member);
        }
        RULE_FRAME.check(visit, new ObjectNode(object.line(), object.column(), frame), place);
        test(visit, test, place, 0);
    }

    private static void condition(Visit visit, Node node, Place place) {
        switch (node.value()) {
            case Boolean constant -> {}
            case String text when JsonataText.isExpression(text) -> JsonataChecks.expression(visit, text, place);
            case String text -> visit.problems().expressions().braces(place, text);
            case null, default -> visit.problems().type(place, "a JSONata expression", node.value());
        }
    }

    /// A condition inside another: no `Next`, no `Assign`.
    private static void inner(Visit visit, Node node, Place place, int depth) {
        if (depth > Depth.CONDITIONS) {
            visit.problems().tooDeep(place, "Conditions", Depth.CONDITIONS);
        } else if (node instanceof ObjectNode object) {
            Checks.repeatedFields(visit, object, place);
            test(
                    visit,
                    object.members().stream()
                            .filter(member -> !member.name().equals("Comment"))
                            .toList(),
                    place,
                    depth);
        } else {
            visit.problems().type(place, "an object", node.value());
        }
    }

    private static void test(Visit visit, List<Member> members, Place place, int depth) {
        var comparisons = new ArrayList<String>();
        var variable = false;
        var combined = 0;
        for (var member : members) {
            var at = place.field(member);
            switch (member.name()) {
                case "And", "Or" -> conditions(visit, member.node(), at, depth + 1);
                case "Not" -> inner(visit, member.node(), at, depth + 1);
                case "Variable" -> {
                    variable = true;
                    PathChecks.reference().check(visit, member.node(), at);
                }
                default -> {
                    var comparison = Comparison.ofField(member.name());
                    if (comparison.isEmpty()) {
                        visit.problems().unsupported(at, place, member.name(), "a condition", FIELDS);
                    } else {
                        comparisons.add(member.name());
                        operand(visit, comparison.get(), member, at);
                    }
                }
            }
            combined += COMBINING.contains(member.name()) ? 1 : 0;
        }
        if (combined == 0 && comparisons.size() == 1 && !variable) {
            visit.problems().required(place, List.of("Variable"), comparisons);
        } else if (combined + comparisons.size() != 1 || (combined == 1 && variable)) {
            visit.problems()
                    .comparison(
                            place,
                            members.stream()
                                    .map(Member::name)
                                    .filter(FIELDS::contains)
                                    .toList());
        }
    }

    private static void conditions(Visit visit, Node node, Place place, int depth) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        if (array.elements().isEmpty()) {
            visit.problems().empty(place, "A list of conditions");
        }
        Checks.forEach(array, place, (each, at) -> inner(visit, each, at, depth));
    }

    private static void operand(Visit visit, Comparison comparison, Member member, Place place) {
        var isPath = !member.name().equals(comparison.field());
        var check = isPath
                ? PathChecks.reference()
                : switch (comparison.kind()) {
                    case STRING, PATTERN -> Checks.string();
                    case NUMBER -> Checks.number(-Double.MAX_VALUE, Double.MAX_VALUE);
                    case BOOLEAN, TYPE_TEST -> Checks.bool();
                    case TIMESTAMP -> Checks.timestamp();
                };
        check.check(visit, member.node(), place);
    }
}
