package dev.baton.local.events;

import dev.baton.local.service.ApiInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list, as `Limit` and `NextToken` ask for it, in the order of the names.
final class NamedPage {
    private static final int MOST = 100;

    private NamedPage() {}

    /// @param member of the answer that has the list
    /// @param name by which a thing is found again
    /// @throws AwsError `ValidationException`
    static <T> Map<String, @Nullable Object> of(
            String member,
            Collection<T> all,
            Function<T, String> name,
            Function<T, @Nullable Object> shown,
            ApiInput input) {
        var after = after(input.value("NextToken"));
        var rest = all.stream()
                .filter(each -> after == null || name.apply(each).compareTo(after) > 0)
                .sorted(Comparator.comparing(name))
                .toList();
        int limit = input.integer("Limit", MOST);
        var page = rest.subList(0, Math.min(limit, rest.size()));
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(member, page.stream().map(shown).toList());
        if (page.size() < rest.size()) {
            answer.put(
                    "NextToken",
                    Base64.getUrlEncoder()
                            .encodeToString(name.apply(page.getLast()).getBytes(StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private static @Nullable String after(@Nullable Object token) {
        if (token == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token.toString()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw EventErrors.invalid("Parameter NextToken is not valid.");
        }
    }
}
