package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeOrder;
import dev.baton.local.dynamodb.item.AttributeType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition on an item: of a write, of a filter, or on keys.
///
/// See
/// [conditions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html).
public sealed interface ItemCondition {

    record Both(ItemCondition left, ItemCondition right) implements ItemCondition {}

    record Either(ItemCondition left, ItemCondition right) implements ItemCondition {}

    record Not(ItemCondition condition) implements ItemCondition {}

    record Compared(ComparisonSign sign, ConditionOperand left, ConditionOperand right) implements ItemCondition {}

    record Between(ConditionOperand operand, ConditionOperand low, ConditionOperand high) implements ItemCondition {}

    record In(ConditionOperand operand, List<ConditionOperand> list) implements ItemCondition {}

    /// @param there whether it has to be there or not
    record Exists(DocumentPath path, boolean there) implements ItemCondition {}

    record HasType(DocumentPath path, AttributeType type) implements ItemCondition {}

    record BeginsWith(ConditionOperand operand, ConditionOperand prefix) implements ItemCondition {}

    record Contains(ConditionOperand operand, ConditionOperand part) implements ItemCondition {}

    /// @param item without attributes where there is none
    default boolean holds(Map<String, Attribute> item) {
        return switch (this) {
            case Both both -> both.left().holds(item) && both.right().holds(item);
            case Either either -> either.left().holds(item) || either.right().holds(item);
            case Not not -> !not.condition().holds(item);
            case Compared compared ->
                compared.sign().holds(compared.left().in(item), compared.right().in(item));
            case Between between -> {
                var value = between.operand().in(item);
                yield ComparisonSign.AT_LEAST.holds(value, between.low().in(item))
                        && ComparisonSign.AT_MOST.holds(value, between.high().in(item));
            }
            case In in -> {
                var value = in.operand().in(item);
                yield value != null && in.list().stream().anyMatch(each -> value.equals(each.in(item)));
            }
            case Exists exists -> (exists.path().in(item) != null) == exists.there();
            case HasType has -> {
                var value = has.path().in(item);
                yield value != null && value.type() == has.type();
            }
            case BeginsWith begins ->
                beginsWith(begins.operand().in(item), begins.prefix().in(item));
            case Contains contains ->
                contains(contains.operand().in(item), contains.part().in(item));
        };
    }

    private static boolean beginsWith(@Nullable Attribute value, @Nullable Attribute prefix) {
        if (value == null || prefix == null || value.type() != prefix.type() || value instanceof Attribute.N) {
            return false;
        }
        if (!AttributeOrder.has(value.type())) {
            return false;
        }
        var bytes = AttributeOrder.bytes(value);
        var begin = AttributeOrder.bytes(prefix);
        return bytes.length >= begin.length && Arrays.equals(bytes, 0, begin.length, begin, 0, begin.length);
    }

    private static boolean contains(@Nullable Attribute value, @Nullable Attribute part) {
        if (part == null) {
            return false;
        }
        return switch (value) {
            case Attribute.S text
            when part instanceof Attribute.S within -> text.value().contains(within.value());
            case Attribute.B bytes when part instanceof Attribute.B within -> contains(bytes.value(), within.value());
            case Attribute.SetOf set -> set.values().contains(part);
            case Attribute.L list -> list.values().contains(part);
            case null, default -> false;
        };
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /// The attributes of the item that it looks at.
    default Set<String> attributes() {
        var names = new LinkedHashSet<String>();
        collect(names);
        return names;
    }

    private void collect(Set<String> names) {
        switch (this) {
            case Both both -> {
                both.left().collect(names);
                both.right().collect(names);
            }
            case Either either -> {
                either.left().collect(names);
                either.right().collect(names);
            }
            case Not not -> not.condition().collect(names);
            case Compared compared -> collect(names, compared.left(), compared.right());
            case Between between -> collect(names, between.operand(), between.low(), between.high());
            case In in -> {
                collect(names, in.operand());
                in.list().forEach(each -> collect(names, each));
            }
            case Exists exists -> names.add(exists.path().attribute());
            case HasType has -> names.add(has.path().attribute());
            case BeginsWith begins -> collect(names, begins.operand(), begins.prefix());
            case Contains contains -> collect(names, contains.operand(), contains.part());
        }
    }

    private static void collect(Set<String> names, ConditionOperand... operands) {
        for (var operand : operands) {
            switch (operand) {
                case ConditionOperand.AtPath at -> names.add(at.path().attribute());
                case ConditionOperand.Given given -> {}
                case ConditionOperand.SizeOf size -> collect(names, size.operand());
            }
        }
    }
}
