package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeType;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The reader of updates: `SET a = a + :one REMOVE b ADD c :more DELETE d :some`.
public final class UpdateReader {
    private static final String MEMBER = "UpdateExpression";
    private static final Set<String> CONDITIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size");

    private final ExpressionCursor cursor;
    private final List<UpdateStep> steps = new ArrayList<>();
    private final List<DocumentPath> targets = new ArrayList<>();
    private final Set<String> attributes = new LinkedHashSet<>();

    private UpdateReader(ExpressionCursor cursor) {
        this.cursor = cursor;
    }

    /// @throws AwsError `ValidationException`
    public static UpdatePlan read(String text, Placeholders placeholders) {
        var reader = new UpdateReader(new ExpressionCursor(MEMBER, text, placeholders));
        reader.sections();
        return new UpdatePlan(reader.steps, reader.attributes);
    }

    private void sections() {
        var seen = new HashSet<String>();
        do {
            var section = cursor.peek().text().toUpperCase(Locale.ROOT);
            if (cursor.peek().kind() != ExpressionToken.Kind.WORD
                    || !Set.of("SET", "REMOVE", "ADD", "DELETE").contains(section)) {
                throw cursor.syntax();
            }
            cursor.next();
            if (!seen.add(section)) {
                throw cursor.error("The \"" + section + "\" section can only be used once in an update expression;");
            }
            do {
                steps.add(step(section));
            } while (cursor.take(","));
        } while (cursor.peek().kind() != ExpressionToken.Kind.END);
    }

    private UpdateStep step(String section) {
        var path = target();
        return switch (section) {
            case "SET" -> {
                cursor.require("=");
                yield new UpdateStep.Put(path, value());
            }
            case "REMOVE" -> new UpdateStep.Remove(path);
            case "ADD" -> new UpdateStep.Add(path, added());
            default -> new UpdateStep.Subtract(path, subtracted());
        };
    }

    private DocumentPath target() {
        var path = path();
        PathOverlap.check(cursor, targets, path);
        targets.add(path);
        return path;
    }

    private DocumentPath path() {
        var path = cursor.path();
        attributes.add(path.attribute());
        return path;
    }

    private Attribute given() {
        if (cursor.peek().kind() != ExpressionToken.Kind.VALUE) {
            throw cursor.syntax();
        }
        return cursor.value();
    }

    private Attribute added() {
        var value = given();
        if (value instanceof Attribute.N || value instanceof Attribute.SetOf) {
            return value;
        }
        throw sectionType("ADD", value.type());
    }

    private Attribute.SetOf subtracted() {
        var value = given();
        if (value instanceof Attribute.SetOf set) {
            return set;
        }
        throw sectionType("DELETE", value.type());
    }

    private AwsError sectionType(String section, AttributeType type) {
        return cursor.error("Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                + type.word() + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
    }

    private UpdateOperand value() {
        var left = operand();
        if (cursor.take("+")) {
            return new UpdateOperand.Sum(number("+", left), number("+", operand()));
        }
        if (cursor.take("-")) {
            return new UpdateOperand.Difference(number("-", left), number("-", operand()));
        }
        return left;
    }

    private UpdateOperand number(String sign, UpdateOperand operand) {
        return typed(sign, operand, AttributeType.N);
    }

    private UpdateOperand typed(String name, UpdateOperand operand, AttributeType wanted) {
        if (operand instanceof UpdateOperand.Given given && given.value().type() != wanted) {
            throw cursor.error("Incorrect operand type for operator or function; operator or function: " + name
                    + ", operand type: " + given.value().type());
        }
        return operand;
    }

    private UpdateOperand operand() {
        if (cursor.take("(")) {
            var inner = value();
            cursor.require(")");
            return inner;
        }
        if (cursor.isFunction()) {
            return function();
        }
        if (cursor.isPath()) {
            return new UpdateOperand.AtPath(path());
        }
        return new UpdateOperand.Given(given());
    }

    private UpdateOperand function() {
        var name = cursor.next().text();
        if (CONDITIONS.contains(name)) {
            throw cursor.error("The function is not allowed in an update expression; function: " + name);
        }
        if (!name.equals("if_not_exists") && !name.equals("list_append")) {
            throw cursor.error("Invalid function name; function: " + name);
        }
        cursor.require("(");
        var operands = new ArrayList<UpdateOperand>();
        do {
            operands.add(operand());
        } while (cursor.take(","));
        cursor.require(")");
        if (operands.size() != 2) {
            throw cursor.error("Incorrect number of operands for operator or function; operator or function: " + name
                    + ", number of operands: " + operands.size());
        }
        if (name.equals("list_append")) {
            return new UpdateOperand.ListAppend(
                    typed(name, operands.getFirst(), AttributeType.L),
                    typed(name, operands.getLast(), AttributeType.L));
        }
        if (operands.getFirst() instanceof UpdateOperand.AtPath at) {
            return new UpdateOperand.IfNotExists(at.path(), operands.getLast());
        }
        throw cursor.error("Operator or function requires a document path; operator or function: " + name);
    }
}
