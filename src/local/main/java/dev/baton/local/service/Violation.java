package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import java.util.List;
import java.util.stream.Collectors;

/// A member of a request that breaks a constraint of the API's model, in AWS's words.
///
/// @param value as the service repeats it: `null`, `'text'`; empty where it does not
/// @param member such as `keyId`
/// @param constraint such as `Member must not be null`
public record Violation(String value, String member, String constraint) {

    /// @param name the member's; the first letter is told small
    public static Violation of(String value, String name, String constraint) {
        return new Violation(
                value, Character.toLowerCase(name.charAt(0)) + name.substring(1), "Member must " + constraint);
    }

    /// Of a text that is told between quotes.
    public static Violation ofText(Object value, String name, String constraint) {
        return of("'" + value + "'", name, constraint);
    }

    public static Violation missing(String name) {
        return of("null", name, "not be null");
    }

    /// @param regex as the API's model writes it
    public static Violation ofPattern(String value, String name, String regex) {
        return ofText(value, name, "satisfy regular expression pattern: " + regex);
    }

    /// Of a number beyond one of its bounds.
    public static Violation ofRange(Object value, String name, boolean below, long bound) {
        return ofText(value, name, "have value " + (below ? "greater" : "less") + " than or equal to " + bound);
    }

    private String text() {
        return "Value " + (value.isEmpty() ? "" : value + " ") + "at '" + member + "' failed to satisfy constraint: "
                + constraint;
    }

    /// `ValidationException`, as most services have it.
    public AwsError error() {
        return error("ValidationException", List.of(this));
    }

    /// @param code as the service has it
    public static AwsError error(String code, List<Violation> all) {
        var texts = all.stream().map(Violation::text).collect(Collectors.joining("; "));
        var errors = all.size() == 1 ? "error" : "errors";
        return new AwsError(400, code, all.size() + " validation " + errors + " detected: " + texts);
    }
}
