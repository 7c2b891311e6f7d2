package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;

/// A single change that an update makes.
sealed interface UpdateStep {
    DocumentPath path();

    record Put(DocumentPath path, UpdateOperand value) implements UpdateStep {}

    record Remove(DocumentPath path) implements UpdateStep {}

    /// @param value a number, or a set
    record Add(DocumentPath path, Attribute value) implements UpdateStep {}

    record Subtract(DocumentPath path, Attribute.SetOf value) implements UpdateStep {}
}
