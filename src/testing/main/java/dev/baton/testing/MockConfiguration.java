package dev.baton.testing;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A configuration file of Step Functions Local: test cases that name a mocked response for each state, and the
/// responses, each an answer for every attempt (`"0"`) or range of attempts (`"1-2"`).
final class MockConfiguration {
    private static final Pattern ATTEMPTS = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private final String source;
    private final Map<String, @Nullable Object> root;

    MockConfiguration(String source, String text) {
        this.source = source;
        try {
            this.root = Json.parseObject(text);
        } catch (JsonException e) {
            throw wrong("line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
    }

    /// The mocks of each state that the test case names.
    SequencedMap<String, List<Mock>> testCase(String stateMachine, String testCase) {
        var machine = member(member(root, "StateMachines", source), stateMachine, "StateMachines");
        var responses = member(member(machine, "TestCases", stateMachine), testCase, "TestCases of " + stateMachine);
        var all = new LinkedHashMap<String, List<Mock>>();
        responses.forEach((state, name) -> all.put(state, mocks(state, String.valueOf(name))));
        return all;
    }

    private List<Mock> mocks(String state, String name) {
        var mocks = new ArrayList<Mock>();
        var response = member(member(root, "MockedResponses", source), name, "MockedResponses");
        for (var attempts : response.keySet()) {
            var range = ATTEMPTS.matcher(attempts);
            if (!range.matches()) {
                throw wrong("attempts are written 0 or 1-2, but were " + attempts + " in " + name);
            }
            var first = Integer.parseInt(range.group(1));
            var last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            mocks.add(new Mock(state, null, first, last, answer(member(response, attempts, name), name)));
        }
        return mocks;
    }

    private Answer answer(Map<String, @Nullable Object> told, String name) {
        if (told.containsKey("Return")) {
            return new Answer.Success(told.get("Return"));
        }
        var thrown = member(told, "Throw", name);
        return new Answer.Failure(text(thrown, "Error"), text(thrown, "Cause"));
    }

    private static @Nullable String text(Map<String, @Nullable Object> object, String name) {
        var value = object.get(name);
        return value == null ? null : String.valueOf(value);
    }

    private Map<String, @Nullable Object> member(Map<String, @Nullable Object> object, String name, String where) {
        if (object.get(name) instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var member = (Map<String, @Nullable Object>) map;
            return member;
        }
        throw wrong("there is no object " + name + " in " + where + "; there is: "
                + (object.isEmpty() ? "nothing" : String.join(", ", object.keySet())));
    }

    private IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(source + ": " + message);
    }
}
