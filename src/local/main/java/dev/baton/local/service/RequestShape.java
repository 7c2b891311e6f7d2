package dev.baton.local.service;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The form of a value in a request, and the constraints that AWS's model of the API has for it. Other shapes are
/// referred to by their names in a [RequestModel].
sealed interface RequestShape {

    /// The bounds on the length of a text or list, or on a number.
    record Bounds(@Nullable Long least, @Nullable Long most) {}

    /// @param words one of which it is; empty where any will do
    /// @param sensitive whether no answer repeats it
    record Text(Bounds length, @Nullable Pattern pattern, List<String> words, boolean sensitive)
            implements RequestShape {}

    /// @param whole whether it has no fraction
    record Numeric(Bounds bounds, boolean whole) implements RequestShape {}

    record Flag() implements RequestShape {}

    /// Bytes, in base64.
    record Bytes(Bounds length) implements RequestShape {}

    /// A time, or anything that JSON can say.
    record Other() implements RequestShape {}

    record ListOf(Bounds size, String element) implements RequestShape {}

    /// @param keyName what the key of an entry is called in a form
    /// @param valueName what its value is called there
    record MapOf(Bounds size, String key, String value, String keyName, String valueName) implements RequestShape {}

    /// @param payload the member that is the whole body; nothing where the body is an object of members
    record Structure(
            Map<String, Member> members,
            List<String> required,
            @Nullable String payload) implements RequestShape {}

    /// The part of a request in which a member stands.
    enum Location {
        BODY,
        PATH,
        QUERY,
        HEADER
    }

    /// @param wireName what it is called in the path, query or headers
    record Member(String shape, Location location, String wireName) {}
}
