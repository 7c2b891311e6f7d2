package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.asl.Finding.AwsDiagnostic;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The list of findings in the making: where findings gather, and how values are quoted in them.
final class FindingReport {
    private static final int LISTED = 10;
    private static final int QUOTED = 120;

    private final String source;
    private final List<Finding> findings = new ArrayList<>();

    FindingReport(String source) {
        this.source = source;
    }

    List<Finding> findings() {
        return findings;
    }

    /// @param aws the service's message; its location is the same place
    void add(DefinitionRule rule, DefinitionPlace place, String message, String remedy, String aws) {
        add(rule, place, message, remedy, aws, place.awsLocation());
    }

    void add(
            DefinitionRule rule, DefinitionPlace place, String message, String remedy, String aws, String awsLocation) {
        var location = new Location.InText(source, place.line(), place.column(), place.pointer());
        findings.add(new Finding(
                new Diagnostic(rule.severity(), rule.code(), location, message, remedy),
                new AwsDiagnostic(rule.awsCode(), awsLocation, aws)));
    }

    /// `an integer` as the service names types: `INTEGER`.
    static String awsType(String expected) {
        return expected.replaceFirst("^an? ", "").toUpperCase(Locale.ROOT);
    }

    static String list(Collection<String> names) {
        var some = names.stream().limit(LISTED).collect(Collectors.joining(", "));
        return names.size() <= LISTED ? some : some + " and " + (names.size() - LISTED) + " more";
    }

    static String brief(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quote(text);
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> "an " + Json.typeName(value);
        };
    }

    static String quote(String text) {
        return "\"" + (text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…") + "\"";
    }
}
