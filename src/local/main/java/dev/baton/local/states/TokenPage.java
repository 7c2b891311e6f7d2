package dev.baton.local.states;

import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list: `maxResults` from where `nextToken` says.
record TokenPage(int from, int size) {
    private static final String MARK = "baton-page:";

    static TokenPage of(ApiInput input) {
        return of(input, 100);
    }

    static TokenPage of(ApiInput input, int otherwise) {
        var max = input.value("maxResults") instanceof Number number ? number.intValue() : 0;
        var token = input.text("nextToken");
        return new TokenPage(token == null ? 0 : offset(token), max == 0 ? otherwise : max);
    }

    private static int offset(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            if (text.startsWith(MARK)) {
                return Integer.parseInt(text.substring(MARK.length()));
            }
        } catch (IllegalArgumentException e) {
            // no token of ours
        }
        throw StatesErrors.invalidToken();
    }

    /// The page as the API has it: the list under its name, and where it goes on.
    <T> Map<String, @Nullable Object> answer(String name, List<T> all, Function<? super T, ?> row) {
        var end = Math.min(all.size(), from + size);
        var answer = new JsonAnswer()
                .put(
                        name,
                        from >= end
                                ? List.of()
                                : all.subList(from, end).stream().map(row).toList());
        if (end < all.size()) {
            answer.put(
                    "nextToken",
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString((MARK + end).getBytes(StandardCharsets.US_ASCII)));
        }
        return answer.map();
    }
}
