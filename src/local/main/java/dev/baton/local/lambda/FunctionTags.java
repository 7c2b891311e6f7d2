package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The API of functions' tags, `/2017-03-31/tags/ARN`: TagResource, UntagResource and ListTags. Versions and aliases
/// have no tags of their own.
final class FunctionTags {
    static final String ROOT = "2017-03-31";
    private static final int MAX_BODY = 1 << 16;
    private static final int MOST = 50;
    private static final Pattern KEY = Pattern.compile("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    private final Lambda lambda;

    FunctionTags(Lambda lambda) {
        this.lambda = lambda;
    }

    AwsResponse handle(AwsRequest request, List<String> path) throws IOException {
        if (path.size() != 3 || !path.get(1).equals("tags")) {
            throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        }
        var reference = FunctionReference.parse(path.get(2), null);
        if (reference.qualifier() != null) {
            throw invalid("Tags on function aliases and versions are not supported. Please specify either a function"
                    + " ARN or an event source mapping ARN.");
        }
        return switch (request.method()) {
            case "POST" -> tag(request, reference);
            case "DELETE" -> untag(request, reference);
            case "GET" -> list(request, reference);
            default -> throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        };
    }

    private AwsResponse tag(AwsRequest request, FunctionReference reference) throws IOException {
        var more = of(body(request).get("Tags"));
        var context = RequestContext.builder().requestTags(more).build();
        lambda.require(request.caller(), "lambda:TagResource", reference, context.or(request.context()));
        var tags = lambda.tags(reference.name());
        var all = new LinkedHashMap<>(tags);
        all.putAll(more);
        bounded(all);
        tags.putAll(more);
        return AwsResponse.of(204);
    }

    private AwsResponse untag(AwsRequest request, FunctionReference reference) {
        var keys = request.query().all("tagKeys");
        var context = RequestContext.builder().put("aws:TagKeys", keys).build();
        lambda.require(request.caller(), "lambda:UntagResource", reference, context.or(request.context()));
        lambda.tags(reference.name()).keySet().removeAll(keys);
        return AwsResponse.of(204);
    }

    private AwsResponse list(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:ListTags", reference, request.context());
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Tags", new LinkedHashMap<String, @Nullable Object>(lambda.tags(reference.name())));
        return AwsResponse.of(200, Protocol.REST_JSON.contentType(), Json.bytes(answer));
    }

    /// The tags that a request gives.
    static Map<String, String> of(@Nullable Object given) {
        var tags = new LinkedHashMap<String, String>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
        }
        tags.forEach((key, value) -> {
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw invalid("The tag " + key + "=" + value + " is not valid: a key has 1 to 128, a value up to 256"
                        + " letters, digits, blanks and _.:/=+-@, and no key begins with aws:.");
            }
        });
        bounded(tags);
        return tags;
    }

    private static void bounded(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw invalid("The number of tags exceeds the limit of " + MOST + ".");
        }
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterValueException", message);
    }

    private static Map<String, @Nullable Object> body(AwsRequest request) throws IOException {
        try {
            return Json.parseObject(request.bytes(MAX_BODY));
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is not a JSON object: " + e.getMessage());
        }
    }
}
