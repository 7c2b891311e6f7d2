package dev.baton.local.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a request's parameters against the model of the API and says everything that is wrong in AWS's words.
public final class Constraints {
    public static final String NAME = "[\\w+=,.@-]*";

    private final List<Violation> wrong = new ArrayList<>();

    public Constraints length(String member, @Nullable String value, int min, int max) {
        if (value != null && value.codePointCount(0, value.length()) < min) {
            violated(value, member, "have length greater than or equal to " + min);
        }
        if (value != null && value.codePointCount(0, value.length()) > max) {
            violated(value, member, "have length less than or equal to " + max);
        }
        return this;
    }

    public Constraints pattern(String member, @Nullable String value, String regex) {
        if (value != null
                && !Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches()) {
            violated(value, member, "satisfy regular expression pattern: " + regex);
        }
        return this;
    }

    public Constraints range(String member, @Nullable Integer value, int min, int max) {
        if (value != null && value < min) {
            violated(value, member, "have value greater than or equal to " + min);
        }
        if (value != null && value > max) {
            violated(value, member, "have value less than or equal to " + max);
        }
        return this;
    }

    public Constraints count(String member, Collection<?> values, int max) {
        if (values.size() > max) {
            violated(values, member, "have length less than or equal to " + max);
        }
        return this;
    }

    public Constraints tags(Map<String, String> tags) {
        count("tags", tags.keySet(), 50);
        int i = 0;
        for (var tag : tags.entrySet()) {
            i++;
            length("tags." + i + ".member.key", tag.getKey(), 1, 128);
            pattern("tags." + i + ".member.key", tag.getKey(), "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
            length("tags." + i + ".member.value", tag.getValue(), 0, 256);
            pattern("tags." + i + ".member.value", tag.getValue(), "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
        }
        return this;
    }

    private void violated(Object value, String member, String constraint) {
        wrong.add(Violation.ofText(value, member, constraint));
    }

    /// @throws AwsError `ValidationError` with everything that is wrong
    public void check() {
        if (!wrong.isEmpty()) {
            throw Violation.error("ValidationError", wrong);
        }
    }
}
