package dev.baton.jsonata.internal;

import org.jspecify.annotations.Nullable;

/// A part of an expression that runs without the library.
///
/// Values are as in [Evaluation], except that parts of the bindings stay as they are: within them Java's `null` is
/// JSON's.
@FunctionalInterface
interface QuickNode {
    @Nullable
    Object evaluate(Evaluation evaluation);
}
