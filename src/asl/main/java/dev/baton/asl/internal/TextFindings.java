package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.JsonException;

/// Findings about the text itself: what is wrong with a text before it is looked into.
public final class TextFindings {
    private TextFindings() {}

    public static Finding blank(String source) {
        var report = new FindingReport(source);
        new StructureFindings(report).notAnObject(DefinitionPlace.root(1, 1), "an empty text");
        return report.findings().getFirst();
    }

    public static Finding notJson(String source, JsonException e, String text) {
        var report = new FindingReport(source);
        new StructureFindings(report).notJson(e, text);
        return report.findings().getFirst();
    }

    public static Finding tooLarge(String source, long bytes, long limit) {
        var report = new FindingReport(source);
        new StructureFindings(report).tooLarge(DefinitionPlace.root(1, 1), bytes, limit);
        return report.findings().getFirst();
    }
}
