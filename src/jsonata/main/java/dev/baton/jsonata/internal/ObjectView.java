package dev.baton.jsonata.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object as the library wants to see it, without copying it: members become [ValueConversion#inward] as they
/// are read, and the first change makes a copy, for the library changes what it is given.
final class ObjectView extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> original;
    private @Nullable Map<String, @Nullable Object> copy;

    ObjectView(Map<String, @Nullable Object> original) {
        this.original = original;
    }

    /// The object behind it; null when the view was changed.
    @Nullable
    Map<String, @Nullable Object> original() {
        return copy == null ? original : null;
    }

    private Map<String, @Nullable Object> copied() {
        if (copy == null) {
            copy = new LinkedHashMap<>();
            for (var member : original.entrySet()) {
                copy.put(member.getKey(), ValueConversion.inward(member.getValue()));
            }
        }
        return copy;
    }

    @Override
    public int size() {
        return copy == null ? original.size() : copy.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return copy == null ? original.containsKey(key) : copy.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (copy != null) {
            return copy.get(key);
        }
        var value = original.get(key);
        return value == null && !original.containsKey(key) ? null : ValueConversion.inward(value);
    }

    @Override
    public @Nullable Object put(String key, @Nullable Object value) {
        return copied().put(key, value);
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        return copied().remove(key);
    }

    @Override
    public Set<String> keySet() {
        return copy == null ? original.keySet() : copy.keySet();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return copy != null ? copy.entrySet() : new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return original.size();
        }

        @Override
        public Iterator<Entry<String, @Nullable Object>> iterator() {
            var members = original.entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return members.hasNext();
                }

                @Override
                public Entry<String, @Nullable Object> next() {
                    var member = members.next();
                    return new Member(member.getKey(), ValueConversion.inward(member.getValue()));
                }
            };
        }
    }

    private final class Member extends SimpleEntry<String, @Nullable Object> {
        private static final long serialVersionUID = 1;

        Member(String key, @Nullable Object value) {
            super(key, value);
        }

        @Override
        public @Nullable Object setValue(@Nullable Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
