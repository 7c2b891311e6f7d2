package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.json.JsonException;

/// What is wrong with a text before it is looked into.
public final class TextProblems {
    private TextProblems() {}

    public static Finding blank(String source) {
        var report = new Report(source);
        new Problems(report).notAnObject(Place.root(1, 1), "an empty text");
        return report.findings().getFirst();
    }

    public static Finding notJson(String source, JsonException e, String text) {
        var report = new Report(source);
        new Problems(report).notJson(e, text);
        return report.findings().getFirst();
    }

    public static Finding tooLarge(String source, long bytes, long limit) {
        var report = new Report(source);
        new Problems(report).tooLarge(Place.root(1, 1), bytes, limit);
        return report.findings().getFirst();
    }
}
