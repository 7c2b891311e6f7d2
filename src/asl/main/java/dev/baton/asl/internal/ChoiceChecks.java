package dev.baton.asl.internal;

import dev.baton.asl.ComparisonOperator;
import dev.baton.asl.text.DefinitionPlace;
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
                    Stream.of(ComparisonOperator.values()).map(ComparisonOperator::field))
            .toList();

    private static final ObjectShape JSONATA_RULE = comparisons(ObjectShape.of("a choice rule")
            .field("Comment", ValueChecks.string())
            .required("Condition", ChoiceChecks::condition)
            .required("Next", ValueChecks.string())
            .field("Assign", DataChecks.assign(CheckContext.INPUT))
            .jsonata("Output", JsonataChecks.template())
            .jsonPath("Variable", ValueCheck.any())
            .jsonPath("And", ValueCheck.any())
            .jsonPath("Or", ValueCheck.any())
            .jsonPath("Not", ValueCheck.any()));

    /// The fields of a rule besides its condition (JSONPath).
    private static final ObjectShape RULE_FRAME = ObjectShape.of("a choice rule")
            .field("Comment", ValueChecks.string())
            .required("Next", ValueChecks.string())
            .field("Assign", DataChecks.assign(CheckContext.INPUT))
            .jsonata("Output", ValueCheck.any())
            .jsonata("Condition", ValueCheck.any());

    private ChoiceChecks() {}

    private static ObjectShape comparisons(ObjectShape rule) {
        for (var comparison : ComparisonOperator.values()) {
            rule.jsonPath(comparison.field(), ValueCheck.any());
            if (comparison.hasPathVariant()) {
                rule.jsonPath(comparison.field() + "Path", ValueCheck.any());
            }
        }
        return rule;
    }

    static void rule(CheckContext visit, Node node, DefinitionPlace place) {
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

    private static void condition(CheckContext visit, Node node, DefinitionPlace place) {
        switch (node.value()) {
            case Boolean constant -> {}
            case String text when JsonataText.isExpression(text) -> JsonataChecks.expression(visit, text, place);
            case String text -> visit.problems().expressions().braces(place, text);
            case null, default -> visit.problems().type(place, "a JSONata expression", node.value());
        }
    }

    /// A condition inside another: no `Next`, no `Assign`.
    private static void inner(CheckContext visit, Node node, DefinitionPlace place, int depth) {
        if (depth > NestingDepth.CONDITIONS) {
            visit.problems().tooDeep(place, "Conditions", NestingDepth.CONDITIONS);
        } else if (node instanceof ObjectNode object) {
            ValueChecks.repeatedFields(visit, object, place);
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

    private static void test(CheckContext visit, List<Member> members, DefinitionPlace place, int depth) {
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
                    var comparison = ComparisonOperator.ofField(member.name());
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

    private static void conditions(CheckContext visit, Node node, DefinitionPlace place, int depth) {
        if (!(node instanceof ArrayNode array)) {
            visit.problems().type(place, "an array", node.value());
            return;
        }
        if (array.elements().isEmpty()) {
            visit.problems().empty(place, "A list of conditions");
        }
        ValueChecks.forEach(array, place, (each, at) -> inner(visit, each, at, depth));
    }

    private static void operand(
            CheckContext visit, ComparisonOperator comparison, Member member, DefinitionPlace place) {
        var isPath = !member.name().equals(comparison.field());
        var check = isPath
                ? PathChecks.reference()
                : switch (comparison.kind()) {
                    case STRING, PATTERN -> ValueChecks.string();
                    case NUMBER -> ValueChecks.number(-Double.MAX_VALUE, Double.MAX_VALUE);
                    case BOOLEAN, TYPE_TEST -> ValueChecks.bool();
                    case TIMESTAMP -> ValueChecks.timestamp();
                };
        check.check(visit, member.node(), place);
    }
}
