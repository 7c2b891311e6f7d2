package dev.baton.asl.internal;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ComparisonOperator;
import dev.baton.asl.Condition;
import dev.baton.asl.Operand;
import dev.baton.asl.QueryLanguage;
import org.jspecify.annotations.Nullable;

/// Turns JSON values into choice rules.
final class ChoiceReader {
    private ChoiceReader() {}

    static ChoiceRule rule(@Nullable Object json, QueryLanguage language) {
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

    private static Condition expression(@Nullable Object json) {
        return json instanceof Boolean constant
                ? new Condition.Constant(constant)
                : new Condition.Expression(JsonFields.string(json));
    }

    private static Condition inner(@Nullable Object json, int depth) {
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
        for (var field : fields.unknown().sequencedKeySet()) {
            var comparison = ComparisonOperator.ofField(field);
            if (comparison.isPresent()) {
                var operand = operand(fields, field, comparison.get());
                return new Condition.DataTest(variable, comparison.get(), operand, comment);
            }
        }
        throw new UnreadableException("expected a comparison");
    }

    private static Operand<Object> operand(JsonFields fields, String field, ComparisonOperator comparison) {
        var value = fields.take(field);
        if (value == null) {
            throw new UnreadableException("nothing is compared with null");
        }
        return field.equals(comparison.field()) ? Operand.of(value) : Operand.atPath(JsonFields.string(value));
    }
}
