package dev.baton.local.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A way to values in a JSON value: `$.a.b[0].c`, `$.['a.b']`, `$.a[*].b`, `$.*.c`.
record JsonSelector(List<Step> steps) {
    /// What stands for JSON's null among the values that were found.
    static final Object NULL = new Object();

    /// A step of the way.
    sealed interface Step {}

    /// To the member of a name.
    record Member(String name) implements Step {}

    /// To an item, counted from 0.
    record Item(int index) implements Step {}

    /// To all members, or all items.
    record Every() implements Step {}

    static JsonSelector read(PatternScanner scanner) {
        scanner.require("$");
        var steps = new ArrayList<Step>();
        while (true) {
            if (scanner.here() == '.') {
                scanner.next();
                if (scanner.here() != '[') {
                    steps.add(member(scanner));
                }
            } else if (scanner.here() == '[') {
                scanner.next();
                steps.add(item(scanner));
            } else if (steps.isEmpty()) {
                throw scanner.invalid();
            } else {
                return new JsonSelector(steps);
            }
        }
    }

    private static Step member(PatternScanner scanner) {
        if (scanner.here() == '*') {
            scanner.next();
            return new Every();
        }
        var name = new StringBuilder();
        while (Character.isLetterOrDigit(scanner.here()) || "_-@".indexOf(scanner.here()) >= 0) {
            name.append(scanner.next());
        }
        if (name.isEmpty()) {
            throw scanner.invalid();
        }
        return new Member(name.toString());
    }

    private static Step item(PatternScanner scanner) {
        var inside = new StringBuilder();
        var quote = scanner.here() == '\'' || scanner.here() == '"' ? scanner.next() : PatternScanner.END;
        var last = quote == PatternScanner.END ? ']' : quote;
        while (scanner.here() != last) {
            if (scanner.here() == PatternScanner.END) {
                throw scanner.invalid();
            }
            inside.append(scanner.next());
        }
        scanner.next();
        if (quote != PatternScanner.END) {
            if (scanner.next() != ']') {
                throw scanner.invalid();
            }
            return new Member(inside.toString());
        }
        var text = inside.toString().strip();
        if (text.equals("*")) {
            return new Every();
        }
        if (!text.matches("\\d{1,6}")) {
            throw scanner.invalid();
        }
        return new Item(Integer.parseInt(text));
    }

    /// The values that are there.
    List<Object> in(Object value) {
        var found = new ArrayList<Object>();
        find(value, 0, found);
        return found;
    }

    private void find(@Nullable Object value, int step, List<Object> found) {
        if (step == steps.size()) {
            found.add(value == null ? NULL : value);
            return;
        }
        switch (steps.get(step)) {
            case Member(var name) -> {
                if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                    find(map.get(name), step + 1, found);
                }
            }
            case Item(var index) -> {
                if (value instanceof List<?> list && index < list.size()) {
                    find(list.get(index), step + 1, found);
                }
            }
            case Every every -> {
                if (value instanceof Map<?, ?> map) {
                    map.values().forEach(each -> find(each, step + 1, found));
                } else if (value instanceof List<?> list) {
                    list.forEach(each -> find(each, step + 1, found));
                }
            }
        }
    }
}
