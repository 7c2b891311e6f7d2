package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.json.JsonException;

/// What is wrong with a text before it is looked into.
public final class TextProblems {
    private TextProblems() {}

    public static Finding blank(String source) {
        var problems = new Problems(source);
        problems.notAnObject(Place.root(1, 1), "an empty text");
        return problems.findings().getFirst();
    }

    public static Finding notJson(String source, JsonException e, String text) {
        var problems = new Problems(source);
        problems.notJson(e, text);
        return problems.findings().getFirst();
    }

    public static Finding tooLarge(String source, long bytes, long limit) {
        var problems = new Problems(source);
        problems.tooLarge(Place.root(1, 1), bytes, limit);
        return problems.findings().getFirst();
    }
}
