package dev.baton.local.states;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the members of requests and writes those of answers.
final class StatesMembers {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    static @Nullable String text(Map<?, ?> input, String name) {
        return input.get(name) instanceof String text ? text : null;
    }

    /// @param longest in characters
    /// @throws dev.baton.local.http.AwsError when it is longer
    static @Nullable String text(Map<?, ?> input, String name, int longest) {
        var text = text(input, name);
        if (text != null && text.length() > longest) {
            throw StatesErrors.hidden(name, "have length less than or equal to " + longest);
        }
        return text;
    }

    /// One of the words that the API's model has, or null.
    ///
    /// @throws dev.baton.local.http.AwsError when it is another
    static @Nullable String word(Map<?, ?> input, String name, String... words) {
        var text = text(input, name);
        if (text != null && !List.of(words).contains(text)) {
            throw StatesErrors.constraint("'" + text + "'", name, "satisfy enum value set: " + List.of(words));
        }
        return text;
    }

    /// A number within its bounds, or null.
    ///
    /// @throws dev.baton.local.http.AwsError when it is beyond them
    static @Nullable Number number(Map<?, ?> input, String name, long least, long most) {
        if (!(input.get(name) instanceof Number number)) {
            return null;
        }
        if (number.doubleValue() < least) {
            throw StatesErrors.constraint("'" + number + "'", name, "have value greater than or equal to " + least);
        }
        if (number.doubleValue() > most) {
            throw StatesErrors.constraint("'" + number + "'", name, "have value less than or equal to " + most);
        }
        return number;
    }

    /// @throws dev.baton.local.http.AwsError when it is absent
    static String required(Map<?, ?> input, String name) {
        var text = text(input, name);
        if (text == null) {
            throw StatesErrors.constraint("null", name, "not be null");
        }
        return text;
    }

    static boolean flag(Map<?, ?> input, String name, boolean otherwise) {
        return input.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    static List<?> list(Map<?, ?> input, String name) {
        return input.get(name) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> object(Map<?, ?> input, String name) {
        return input.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    /// What machines and activities hold is under no key of the caller's here.
    ///
    /// @throws dev.baton.local.http.AwsError `InvalidEncryptionConfiguration` where one is asked for
    static void requireOwnedKey(Map<?, ?> input) {
        var asked = object(input, "encryptionConfiguration");
        if (asked != null && !"AWS_OWNED_KEY".equals(asked.get("type"))) {
            throw StatesErrors.invalidEncryption(String.valueOf(asked.get("type")));
        }
    }

    /// How the protocol writes a moment: seconds since 1970, with milliseconds behind the point.
    static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }

    StatesMembers put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /// Leaves an absent value out.
    StatesMembers putIf(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    StatesMembers time(String name, @Nullable Instant moment) {
        return putIf(name, moment == null ? null : seconds(moment));
    }

    Map<String, @Nullable Object> map() {
        return members;
    }
}
