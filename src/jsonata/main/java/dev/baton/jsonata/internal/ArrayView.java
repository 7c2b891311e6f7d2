package dev.baton.jsonata.internal;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A JSON array as the library wants to see it, without copying it: elements become [ValueConversion#inward] as they
/// are read, and the first change makes a copy, for the library changes what it is given.
final class ArrayView extends AbstractList<@Nullable Object> implements RandomAccess {
    private final List<@Nullable Object> original;
    private @Nullable List<@Nullable Object> copy;

    ArrayView(List<@Nullable Object> original) {
        this.original = original;
    }

    /// The array behind it; null when the view was changed.
    @Nullable
    List<@Nullable Object> original() {
        return copy == null ? original : null;
    }

    private List<@Nullable Object> copied() {
        if (copy == null) {
            copy = new ArrayList<>(original.size() + 1);
            for (var element : original) {
                copy.add(ValueConversion.inward(element));
            }
        }
        return copy;
    }

    @Override
    public int size() {
        return copy == null ? original.size() : copy.size();
    }

    @Override
    public @Nullable Object get(int index) {
        return copy == null ? ValueConversion.inward(original.get(index)) : copy.get(index);
    }

    @Override
    public @Nullable Object set(int index, @Nullable Object element) {
        return copied().set(index, element);
    }

    @Override
    public void add(int index, @Nullable Object element) {
        modCount++;
        copied().add(index, element);
    }

    @Override
    public @Nullable Object remove(int index) {
        modCount++;
        return copied().remove(index);
    }
}
