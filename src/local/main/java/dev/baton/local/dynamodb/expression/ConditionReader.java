package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeOrder;
import dev.baton.local.dynamodb.item.AttributeType;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The reader of conditions: `NOT` binds more tightly than `AND`, and that more than `OR`.
public final class ConditionReader {
    private static final int MOST_OPERATORS = 300;
    private static final int LONGEST_LIST = 100;
    private static final Set<String> CONDITIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");
    private static final Set<String> UPDATES = Set.of("if_not_exists", "list_append");

    private final ExpressionCursor cursor;
    private int operators;
    /// Where the parentheses were that ended last.
    private int lastOpened;

    private int lastClosed;

    private ConditionReader(ExpressionCursor cursor) {
        this.cursor = cursor;
    }

    /// @param member the request's member that the text is, such as `FilterExpression`
    /// @throws AwsError `ValidationException`
    public static ItemCondition read(String member, String text, Placeholders placeholders) {
        var reader = new ConditionReader(new ExpressionCursor(member, text, placeholders));
        var condition = reader.either();
        reader.cursor.requireEnd();
        return condition;
    }

    private void count() {
        if (++operators > MOST_OPERATORS) {
            throw cursor.error("The expression contains too many operators; operator count: " + operators);
        }
    }

    private ItemCondition either() {
        var left = both();
        while (cursor.takeWord("OR")) {
            count();
            left = new ItemCondition.Either(left, both());
        }
        return left;
    }

    private ItemCondition both() {
        var left = not();
        while (cursor.takeWord("AND")) {
            count();
            left = new ItemCondition.Both(left, not());
        }
        return left;
    }

    private ItemCondition not() {
        if (cursor.takeWord("NOT")) {
            count();
            return new ItemCondition.Not(not());
        }
        return primary();
    }

    private ItemCondition primary() {
        if (cursor.take("(")) {
            int opened = cursor.position();
            var condition = either();
            boolean redundant = lastOpened == opened + 1 && lastClosed == cursor.position();
            cursor.require(")");
            if (redundant) {
                throw cursor.error("The expression has redundant parentheses;");
            }
            lastOpened = opened;
            lastClosed = cursor.position();
            return condition;
        }
        if (cursor.isFunction() && !cursor.peek().text().equals("size")) {
            return function();
        }
        return comparison();
    }

    private ItemCondition function() {
        var name = cursor.next().text();
        if (UPDATES.contains(name)) {
            throw cursor.error("The function is not allowed in a condition expression; function: " + name);
        }
        if (!CONDITIONS.contains(name)) {
            throw cursor.error("Invalid function name; function: " + name);
        }
        count();
        var operands = operands();
        if (ComparisonSign.of(cursor.peek()) != null) {
            throw cursor.error("The function is not allowed to be used this way in an expression; function: " + name);
        }
        int wanted = name.endsWith("exists") ? 1 : 2;
        if (operands.size() != wanted) {
            throw numberOfOperands(name, operands.size());
        }
        return switch (name) {
            case "attribute_exists" -> new ItemCondition.Exists(path(name, operands.getFirst()), true);
            case "attribute_not_exists" -> new ItemCondition.Exists(path(name, operands.getFirst()), false);
            case "attribute_type" -> hasType(name, operands);
            case "begins_with" -> beginsWith(name, operands);
            default -> {
                distinct(name, operands.getFirst(), operands.subList(1, 2));
                yield new ItemCondition.Contains(operands.getFirst(), operands.getLast());
            }
        };
    }

    private ItemCondition hasType(String name, List<ConditionOperand> operands) {
        var path = path(name, operands.getFirst());
        if (!(operands.getLast() instanceof ConditionOperand.Given given)) {
            throw cursor.error("The operator or function requires a value; operator or function: " + name);
        }
        if (!(given.value() instanceof Attribute.S type)) {
            throw operandType(name, given.value().type());
        }
        try {
            return new ItemCondition.HasType(path, AttributeType.valueOf(type.value()));
        } catch (IllegalArgumentException e) {
            throw cursor.error("Invalid attribute type name found; type: " + type.value()
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
    }

    private ItemCondition beginsWith(String name, List<ConditionOperand> operands) {
        for (var operand : operands) {
            if (operand instanceof ConditionOperand.Given given
                    && given.value().type() != AttributeType.S
                    && given.value().type() != AttributeType.B) {
                throw operandType(name, given.value().type());
            }
        }
        distinct(name, operands.getFirst(), operands.subList(1, 2));
        return new ItemCondition.BeginsWith(operands.getFirst(), operands.getLast());
    }

    private List<ConditionOperand> operands() {
        cursor.require("(");
        var operands = new ArrayList<ConditionOperand>();
        do {
            operands.add(operand());
        } while (cursor.take(","));
        cursor.require(")");
        return operands;
    }

    private ConditionOperand operand() {
        if (cursor.isFunction()) {
            var name = cursor.next().text();
            if (!name.equals("size")) {
                throw CONDITIONS.contains(name) || UPDATES.contains(name)
                        ? cursor.error(
                                "The function is not allowed to be used this way in an expression; function: " + name)
                        : cursor.error("Invalid function name; function: " + name);
            }
            count();
            var operands = operands();
            if (operands.size() != 1) {
                throw numberOfOperands(name, operands.size());
            }
            return size(operands.getFirst());
        }
        if (cursor.isPath()) {
            return new ConditionOperand.AtPath(cursor.path());
        }
        if (cursor.peek().kind() == ExpressionToken.Kind.VALUE) {
            return new ConditionOperand.Given(cursor.value());
        }
        throw cursor.syntax();
    }

    private ConditionOperand size(ConditionOperand operand) {
        if (operand instanceof ConditionOperand.SizeOf) {
            throw operandType("size", AttributeType.N);
        }
        if (operand instanceof ConditionOperand.Given given) {
            var type = given.value().type();
            if (type == AttributeType.N || type == AttributeType.BOOL || type == AttributeType.NULL) {
                throw operandType("size", type);
            }
        }
        return new ConditionOperand.SizeOf(operand);
    }

    private ItemCondition comparison() {
        var left = operand();
        if (cursor.takeWord("BETWEEN")) {
            count();
            return between(left);
        }
        if (cursor.takeWord("IN")) {
            count();
            return in(left);
        }
        var sign = ComparisonSign.of(cursor.peek());
        if (sign == null) {
            if (left instanceof ConditionOperand.SizeOf) {
                throw cursor.error("The function is not allowed to be used this way in an expression; function: size");
            }
            throw cursor.syntax();
        }
        cursor.next();
        count();
        var right = operand();
        if (sign.isOrder()) {
            ordered(sign.toString(), left);
            ordered(sign.toString(), right);
        }
        distinct(sign.toString(), left, List.of(right));
        return new ItemCondition.Compared(sign, left, right);
    }

    private ItemCondition between(ConditionOperand operand) {
        var low = operand();
        cursor.requireWord("AND");
        var high = operand();
        ordered("BETWEEN", operand);
        ordered("BETWEEN", low);
        ordered("BETWEEN", high);
        if (low instanceof ConditionOperand.Given from && high instanceof ConditionOperand.Given to) {
            var bounds = "lower bound operand: AttributeValue: " + shown(from.value())
                    + ", upper bound operand: AttributeValue: " + shown(to.value());
            if (from.value().type() != to.value().type()) {
                throw cursor.error(
                        "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds);
            }
            if (AttributeOrder.ORDER.compare(from.value(), to.value()) > 0) {
                throw cursor.error(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                                + bounds);
            }
        }
        return new ItemCondition.Between(operand, low, high);
    }

    private static String shown(Attribute value) {
        var json = value.toJson();
        var type = json.keySet().iterator().next();
        return "{" + type + ":" + json.get(type) + "}";
    }

    private ItemCondition in(ConditionOperand operand) {
        var list = operands();
        if (list.size() > LONGEST_LIST) {
            throw numberOfOperands("IN", list.size() + 1);
        }
        return new ItemCondition.In(operand, list);
    }

    private void ordered(String sign, ConditionOperand operand) {
        if (operand instanceof ConditionOperand.Given given
                && !AttributeOrder.has(given.value().type())) {
            throw operandType(sign, given.value().type());
        }
    }

    private void distinct(String sign, ConditionOperand first, List<ConditionOperand> rest) {
        if (first instanceof ConditionOperand.AtPath at && rest.contains(first)) {
            throw cursor.error("The first operand must be distinct from the remaining operands for this operator or"
                    + " function; operator: " + sign + ", first operand: " + at.path());
        }
    }

    private DocumentPath path(String name, ConditionOperand operand) {
        if (operand instanceof ConditionOperand.AtPath at) {
            return at.path();
        }
        throw cursor.error("Operator or function requires a document path; operator or function: " + name);
    }

    private AwsError operandType(String name, AttributeType type) {
        return cursor.error("Incorrect operand type for operator or function; operator or function: " + name
                + ", operand type: " + type);
    }

    private AwsError numberOfOperands(String name, int number) {
        return cursor.error("Incorrect number of operands for operator or function; operator or function: " + name
                + ", number of operands: " + number);
    }
}
