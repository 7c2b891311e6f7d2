package dev.baton.task.template;

import dev.baton.task.parameter.CharacterSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A set of keys: those of a template, or those that a pattern with `*` covers. It answers one question: whether it
/// and another set have a key in common. Where it cannot be exact it is rather too large.
public final class KeyLanguage {
    /// One step: from a state over a character to a state; over nothing where `over` is empty.
    private record Step(int from, List<CharacterSet> over, int to) {}

    private final List<List<Step>> steps = new ArrayList<>();
    private int last;

    KeyLanguage() {
        steps.add(new ArrayList<>());
    }

    /// Appends a text.
    KeyLanguage text(String text) {
        for (var i = 0; i < text.length(); i++) {
            last = step(last, CharacterSet.of(text.substring(i, i + 1)), state());
        }
        return this;
    }

    /// Appends one of several texts.
    KeyLanguage oneOf(List<String> texts) {
        var begin = last;
        var end = state();
        for (var text : texts) {
            last = begin;
            text(text);
            skip(last, end);
        }
        last = end;
        return this;
    }

    /// Appends as many characters of a set as are given.
    KeyLanguage characters(CharacterSet set, int count) {
        for (var i = 0; i < count; i++) {
            last = step(last, set, state());
        }
        return this;
    }

    /// Appends one or more characters of a set.
    KeyLanguage someOf(CharacterSet set) {
        last = step(last, set, state());
        step(last, set, last);
        return this;
    }

    /// Appends anything, `/` too: what `*` means to IAM.
    KeyLanguage anything() {
        var anything = CharacterSet.ANY.or(CharacterSet.of("/"));
        var begin = last;
        last = state();
        skip(begin, last);
        step(last, anything, last);
        return this;
    }

    /// Whether the two have a key in common.
    public boolean intersects(KeyLanguage other) {
        var seen = new HashSet<Long>();
        var open = new ArrayDeque<long[]>();
        open.add(new long[] {0, 0});
        while (!open.isEmpty()) {
            var pair = open.poll();
            var a = (int) pair[0];
            var b = (int) pair[1];
            if (!seen.add(((long) a << 32) | b)) {
                continue;
            }
            if (a == last && b == other.last) {
                return true;
            }
            for (var step : steps.get(a)) {
                if (step.over().isEmpty()) {
                    open.add(new long[] {step.to(), b});
                }
                for (var counter : other.steps.get(b)) {
                    if (!step.over().isEmpty()
                            && !counter.over().isEmpty()
                            && step.over().get(0).intersects(counter.over().get(0))) {
                        open.add(new long[] {step.to(), counter.to()});
                    }
                }
            }
            for (var counter : other.steps.get(b)) {
                if (counter.over().isEmpty()) {
                    open.add(new long[] {a, counter.to()});
                }
            }
        }
        return false;
    }

    private int state() {
        steps.add(new ArrayList<>());
        return steps.size() - 1;
    }

    private int step(int from, CharacterSet over, int to) {
        steps.get(from).add(new Step(from, List.of(over), to));
        return to;
    }

    private void skip(int from, int to) {
        steps.get(from).add(new Step(from, List.of(), to));
    }
}
