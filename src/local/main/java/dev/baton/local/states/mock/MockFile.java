package dev.baton.local.states.mock;

import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file with mocks: `{"mocks": [{"state": "Query", "answers": [{"result": …}]}]}`.
///
/// An answer has the members of TestState's
/// [MockInput](https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html).
final class MockFile {
    private static final Set<String> OF_MOCK = Set.of("machine", "state", "resource", "parameters", "answers");
    private static final Set<String> OF_ANSWER =
            Set.of("result", "errorOutput", "open", "fieldValidationMode", "delaySeconds");
    private static final Set<String> OF_ERROR = Set.of("error", "cause");
    private static final String SHAPE = "write {\"mocks\": [{\"state\": …, \"answers\": [{\"result\": …}]}]}";
    private static final String ONE = "give the answer one of \"result\", \"errorOutput\" and \"open\": true";

    private final String source;
    private final Diagnostics found = new Diagnostics();

    private MockFile(String source) {
        this.source = source;
    }

    static IntegrationMocks read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            var found = new Diagnostics();
            found.add(MockFindings.unreadable(file.toString(), e.toString()));
            found.throwIfErrors();
            throw new IllegalStateException(e);
        }
    }

    static IntegrationMocks parse(String source, String text) {
        var file = new MockFile(source);
        var mocks = file.mocks(text);
        file.found.throwIfErrors();
        return new IntegrationMocks(mocks);
    }

    private List<IntegrationMock> mocks(String text) {
        Node root;
        try {
            root = Node.parse(text);
        } catch (JsonException e) {
            wrong(new Location.InText(source, e.line(), e.column(), ""), "is not JSON: " + e.getMessage(), SHAPE);
            return List.of();
        }
        var mocks = new ArrayList<IntegrationMock>();
        if (!(root instanceof ObjectNode object) || !(object.get("mocks") instanceof ArrayNode array)) {
            wrong(at(root, ""), "has no array \"mocks\"", SHAPE);
            return mocks;
        }
        known(object, Set.of("mocks"), "");
        for (var i = 0; i < array.elements().size(); i++) {
            var pointer = "/mocks/" + i;
            if (object(array.elements().get(i), pointer) instanceof ObjectNode each) {
                mocks.add(mock(each, pointer));
            }
        }
        return mocks;
    }

    private IntegrationMock mock(ObjectNode json, String pointer) {
        known(json, OF_MOCK, pointer);
        var resource = pattern(json, "resource", pointer);
        if (resource != null && resource.isExact()) {
            var unknown = MockableResources.unknown(resource.text());
            if (unknown != null) {
                found.add(MockFindings.noResource(at(json, pointer + "/resource"), resource.text(), unknown));
            }
        }
        var answers = new ArrayList<MockReply>();
        if (json.get("answers") instanceof ArrayNode array && !array.elements().isEmpty()) {
            for (var i = 0; i < array.elements().size(); i++) {
                var place = pointer + "/answers/" + i;
                if (object(array.elements().get(i), place) instanceof ObjectNode each) {
                    var answer = answer(each, place);
                    answers.add(answer);
                    fits(answer, resource, at(each, place));
                }
            }
        } else {
            wrong(at(json, pointer), "has no array \"answers\" with an answer", SHAPE);
        }
        var parameters = json.get("parameters");
        return new IntegrationMock(
                at(json, pointer),
                pattern(json, "machine", pointer),
                pattern(json, "state", pointer),
                resource,
                parameters == null ? null : parameters.value(),
                answers);
    }

    private void fits(MockReply answer, @Nullable NamePattern resource, Location place) {
        var misfit = resource == null || !resource.isExact() ? null : answer.misfit(resource.text());
        if (resource != null && misfit != null) {
            found.add(MockFindings.misfit(place, resource.text(), misfit));
        }
    }

    private MockReply answer(ObjectNode json, String pointer) {
        known(json, OF_ANSWER, pointer);
        var ways = List.of("result", "errorOutput", "open").stream()
                .filter(json::has)
                .toList();
        if (ways.size() != 1) {
            wrong(at(json, pointer), ways.isEmpty() ? "says nothing" : "says both of " + ways, ONE);
        }
        return new MockReply(outcome(json, pointer), delay(json, pointer));
    }

    private MockReply.Outcome outcome(ObjectNode json, String pointer) {
        var result = json.member("result");
        if (result != null) {
            return new MockReply.Result(result(result, pointer + "/result"), fit(json, pointer));
        }
        if (json.get("errorOutput") instanceof Node error) {
            return error(error, pointer + "/errorOutput");
        }
        if (json.get("open") instanceof Node open && !Boolean.TRUE.equals(open.value())) {
            wrong(at(open, pointer + "/open"), "is not true", ONE);
        }
        return new MockReply.Open();
    }

    /// A text is JSON text, as in TestState.
    private @Nullable Object result(Member member, String pointer) {
        var text = member.node().text();
        if (text == null) {
            return member.node().value();
        }
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            wrong(
                    at(member.node(), pointer),
                    "is a text that is not JSON: " + e.getMessage(),
                    "write a JSON value, a text among quotes of its own: " + Json.print(Json.print(text)));
            return null;
        }
    }

    private MockReply.Failure error(Node json, String pointer) {
        if (!(json instanceof ObjectNode object) || object.get("error") == null) {
            wrong(at(json, pointer), "has no \"error\"", "write {\"error\": \"States.TaskFailed\", \"cause\": …}");
            return new MockReply.Failure("", null);
        }
        known(object, OF_ERROR, pointer);
        var error = text(object, "error", pointer);
        return new MockReply.Failure(error == null ? "" : error, text(object, "cause", pointer));
    }

    private MockReply.Fit fit(ObjectNode json, String pointer) {
        var text = text(json, "fieldValidationMode", pointer);
        for (var fit : MockReply.Fit.values()) {
            if (fit.name().equals(text)) {
                return fit;
            }
        }
        if (text != null) {
            wrong(
                    at(json, pointer + "/fieldValidationMode"),
                    "is not a mode of validation: " + text,
                    "write one of " + Arrays.toString(MockReply.Fit.values()));
        }
        return MockReply.Fit.STRICT;
    }

    private Duration delay(ObjectNode json, String pointer) {
        var delay = json.get("delaySeconds");
        if (delay instanceof ScalarNode(int line, int column, Number seconds) && seconds.doubleValue() >= 0) {
            return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
        }
        if (delay != null) {
            wrong(at(delay, pointer + "/delaySeconds"), "is not a number of seconds", "write a number from 0 up");
        }
        return Duration.ZERO;
    }

    private @Nullable NamePattern pattern(ObjectNode json, String member, String pointer) {
        var text = text(json, member, pointer);
        return text == null ? null : NamePattern.of(text);
    }

    private @Nullable String text(ObjectNode json, String member, String pointer) {
        var node = json.get(member);
        if (node != null && node.text() == null) {
            wrong(at(node, pointer + "/" + member), "is not a text but " + node.typeName(), "write a text");
        }
        return node == null ? null : node.text();
    }

    private @Nullable ObjectNode object(Node node, String pointer) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        wrong(at(node, pointer), "is not an object but " + node.typeName(), SHAPE);
        return null;
    }

    private void known(ObjectNode json, Set<String> names, String pointer) {
        for (var member : json.members()) {
            if (!names.contains(member.name())) {
                wrong(
                        new Location.InText(source, member.line(), member.column(), pointer + "/" + member.name()),
                        "is no member that a mock has",
                        "use " + String.join(", ", names.stream().sorted().toList()));
            }
        }
    }

    private Location at(Node node, String pointer) {
        return new Location.InText(source, node.line(), node.column(), pointer);
    }

    private void wrong(Location place, String what, String remedy) {
        found.add(MockFindings.misshapen(place, what, remedy));
    }
}
