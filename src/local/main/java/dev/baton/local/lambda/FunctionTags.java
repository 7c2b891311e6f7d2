package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The API of functions' tags, `/2017-03-31/tags/ARN`: TagResource, UntagResource and ListTags. Versions and aliases
/// have no tags of their own.
record FunctionTags(Lambda lambda) {
    private static final int MOST = 50;
    private static final Pattern KEY = Pattern.compile("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    List<ApiOperation<RestRoute>> all() {
        return List.of(
                ApiOperation.changing("TagResource", route("POST", this::tag)),
                ApiOperation.changing("UntagResource", route("DELETE", this::untag)),
                ApiOperation.reading("ListTags", route("GET", this::list)));
    }

    private static RestRoute route(String method, LambdaOperations.OnFunction action) {
        return RestRoute.of(method, "/2017-03-31/tags/{Resource}", (input, call) -> {
            var reference = FunctionReference.parse(input.require("Resource"), null);
            if (reference.qualifier() != null) {
                throw invalid("Tags on function aliases and versions are not supported. Please specify either a"
                        + " function ARN or an event source mapping ARN.");
            }
            return action.handle(input, call, reference);
        });
    }

    private AwsResponse tag(ApiInput input, ApiCall call, FunctionReference reference) {
        var more = of(input);
        var context = RequestContext.builder().requestTags(more).build();
        lambda.require(call, reference, context);
        var tags = lambda.tags(reference.name());
        var all = new LinkedHashMap<>(tags);
        all.putAll(more);
        bounded(all);
        tags.putAll(more);
        return AwsResponse.of(204);
    }

    private AwsResponse untag(ApiInput input, ApiCall call, FunctionReference reference) {
        var keys = input.texts("TagKeys");
        var context = RequestContext.builder().put("aws:TagKeys", keys).build();
        lambda.require(call, reference, context);
        lambda.tags(reference.name()).keySet().removeAll(keys);
        return AwsResponse.of(204);
    }

    private AwsResponse list(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        return RestService.answer(200, Map.of("Tags", lambda.tags(reference.name())));
    }

    /// The tags that a request gives.
    static Map<String, String> of(ApiInput input) {
        var tags = input.map("Tags");
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
}
