package dev.baton.asl.internal;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ComparisonOperator;
import dev.baton.asl.Condition;
import dev.baton.asl.Operand;
import dev.baton.asl.QueryLanguage;
import dev.baton.json.Node;
import dev.baton.json.Node.ScalarNode;

/// Turns JSON values into choice rules.
final class ChoiceReader {
    private ChoiceReader() {}

    static ChoiceRule rule(Node json, QueryLanguage language) {
        var fields = new JsonFields(json, language);
        var next = fields.required("Next");
        var comment = fields.text("Comment");
        var assign = fields.template("Assign");
        var output = fields.template("Output");
        var condition = switch (language) {
            case JSONPATH -> condition(fields, 0);
            case JSONATA -> expression(fields.take("Condition"));
        };
        return new ChoiceRule(condition, next, assign, output, comment, fields.unknown());
    }

    private static Condition expression(Node json) {
        return json instanceof ScalarNode scalar && scalar.value() instanceof Boolean constant
                ? new Condition.Constant(constant)
                : new Condition.Expression(JsonFields.string(json));
    }

    private static Condition inner(Node json, int depth) {
        if (depth > NestingDepth.CONDITIONS) {
            throw new UnreadableException("too deep");
        }
        return condition(new JsonFields(json, QueryLanguage.JSONPATH), depth);
    }

    private static Condition condition(JsonFields fields, int depth) {
        var comment = fields.text("Comment");
        if (fields.has("And")) {
            return new Condition.And(fields.list("And", json -> inner(json, depth + 1)), comment);
        }
        if (fields.has("Or")) {
            return new Condition.Or(fields.list("Or", json -> inner(json, depth + 1)), comment);
        }
        if (fields.has("Not")) {
            return new Condition.Not(inner(fields.take("Not"), depth + 1), comment);
        }
        var variable = fields.required("Variable");
        for (var field : fields.names()) {
            var comparison = ComparisonOperator.ofField(field);
            if (comparison.isPresent()) {
                var operand = operand(fields, field, comparison.get());
                return new Condition.DataTest(variable, comparison.get(), operand, comment);
            }
        }
        throw new UnreadableException("expected a comparison");
    }

    private static Operand<Object> operand(JsonFields fields, String field, ComparisonOperator comparison) {
        var node = fields.take(field);
        if (!field.equals(comparison.field())) {
            return Operand.atPath(JsonFields.string(node));
        }
        var value = node.value();
        if (value == null) {
            throw new UnreadableException("nothing is compared with null");
        }
        return Operand.of(value);
    }
}
