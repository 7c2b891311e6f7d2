package dev.baton.local.internal;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that knows which of its values was looked at last: a reader that cannot go on has stumbled there.
final class WatchedJson {
    private String place = "";
    private @Nullable Object value;
    private boolean isRead;

    Map<String, @Nullable Object> of(Map<String, @Nullable Object> json) {
        return new Members<>(json, "");
    }

    /// The end of reading. What was read may live on.
    void read() {
        isRead = true;
    }

    /// The value looked at last and where it is, without itself: it may be a secret.
    String last() {
        return place
                + switch (value) {
                    case null -> " is missing";
                    case String text -> " is a text that cannot be understood there";
                    case Number number -> " is a number";
                    case Boolean flag -> " is true or false";
                    case List<?> list -> " is a list";
                    default -> " is an object";
                }
                + (value == null || value instanceof String ? "" : ", which cannot be understood there");
    }

    private @Nullable Object seen(String path, @Nullable Object found) {
        if (!isRead) {
            place = path;
            value = found;
        }
        return switch (found) {
            case Map<?, ?> map -> new Members<>(map, path);
            case List<?> list -> new Items(list, path);
            case null, default -> found;
        };
    }

    private final class Members<K> extends AbstractMap<K, @Nullable Object> {
        private final Map<K, ?> map;
        private final String path;

        Members(Map<K, ?> map, String path) {
            this.map = map;
            this.path = path;
        }

        private @Nullable Object look(@Nullable Object key, @Nullable Object found) {
            return seen(path.isEmpty() ? String.valueOf(key) : path + "." + key, found);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return map.containsKey(key);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return look(key, map.get(key));
        }

        @Override
        public Set<Entry<K, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return map.size();
                }

                @Override
                public Iterator<Entry<K, @Nullable Object>> iterator() {
                    var keys = map.keySet().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return keys.hasNext();
                        }

                        @Override
                        public Entry<K, @Nullable Object> next() {
                            var key = keys.next();
                            return new SimpleImmutableEntry<>(key, get(key));
                        }
                    };
                }
            };
        }
    }

    private final class Items extends AbstractList<@Nullable Object> {
        private final List<?> list;
        private final String path;

        Items(List<?> list, String path) {
            this.list = list;
            this.path = path;
        }

        @Override
        public @Nullable Object get(int index) {
            return seen(path + "[" + index + "]", list.get(index));
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}
