package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The actions that make functions of uploaded code: CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration,
/// PublishVersion and DeleteFunction.
record FunctionActions(Lambda lambda, UploadedCode uploads) implements AutoCloseable {
    /// 50 MB of a ZIP file, in base64, and the rest of the request.
    static final int MAX_REQUEST = 80 << 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
    private static final int DEFAULT_MEGABYTES = 128;

    FunctionVersion create(ApiInput members, ApiCall call) throws IOException {
        var input = new FunctionInput(members);
        var reference = FunctionReference.parse(members.require("FunctionName"), null);
        var tags = FunctionTags.of(members);
        var context = RequestContext.builder().requestTags(tags).build();
        lambda.require(call, reference, context);
        if (!tags.isEmpty()) {
            lambda.require(call, "lambda:TagResource", reference, context);
        }
        if (lambda.has(reference.name())) {
            throw new AwsError(409, "ResourceConflictException", "Function already exist: " + reference.name());
        }
        var role = members.require("Role");
        var runtime = input.runtime("");
        var handler = input.handler("");
        var variables = input.variables(Map.of());
        var timeout = input.timeout(DEFAULT_TIMEOUT);
        var memory = input.memory(DEFAULT_MEGABYTES);
        var description = input.description("");
        passRole(call, reference.name(), role);
        var code = uploads.of(members.object("Code"), call.caller());
        lambda.put(new LambdaFunction(
                reference.name(),
                role,
                variables,
                timeout,
                memory,
                new FunctionCode.Unpacked(code.folder(), handler),
                description,
                code.sha256(),
                runtime));
        lambda.tags(reference.name()).putAll(tags);
        return newest(reference, members.flag("Publish"));
    }

    FunctionVersion updateCode(ApiInput members, ApiCall call, FunctionReference reference) throws IOException {
        lambda.require(call, reference);
        var old = latest(reference);
        var code = uploads.of(members, call.caller());
        var handler = old.code() instanceof FunctionCode.Unpacked unpacked ? unpacked.handler() : "";
        lambda.put(new LambdaFunction(
                old.name(),
                old.roleArn(),
                old.environment(),
                old.timeout(),
                old.memoryMegabytes(),
                new FunctionCode.Unpacked(code.folder(), handler),
                old.description(),
                code.sha256(),
                old.runtime()));
        return newest(reference, members.flag("Publish"));
    }

    private FunctionVersion newest(FunctionReference reference, boolean publish) {
        return publish
                ? lambda.publish(reference.name(), null)
                : lambda.find(new FunctionReference(reference.name(), null));
    }

    FunctionVersion updateConfiguration(ApiInput members, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var old = latest(reference);
        var input = new FunctionInput(members);
        var given = members.text("Role");
        var role = given == null ? old.roleArn() : given;
        var changed = new LambdaFunction(
                old.name(),
                role,
                input.variables(old.environment()),
                input.timeout(old.timeout()),
                input.memory(old.memoryMegabytes()),
                handled(old.code(), input),
                input.description(old.description()),
                old.codeSha256(),
                input.runtime(old.runtime()));
        if (!role.equals(old.roleArn())) {
            passRole(call, reference.name(), role);
        }
        lambda.put(changed);
        return newest(reference, false);
    }

    private static FunctionCode handled(FunctionCode code, FunctionInput input) {
        return switch (code) {
            case FunctionCode.Unpacked(var taskRoot, var handler) ->
                new FunctionCode.Unpacked(taskRoot, input.handler(handler));
            case FunctionCode.InProcess inProcess -> inProcess;
        };
    }

    FunctionVersion publish(ApiInput members, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var latest = latest(reference);
        var expected = members.text("CodeSha256");
        if (expected != null && !expected.equals(latest.codeSha256())) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "CodeSHA256 (" + expected + ") is different from current CodeSHA256 in $LATEST ("
                            + latest.codeSha256() + "). Please try again with the CodeSHA256 in $LATEST.");
        }
        return lambda.publish(reference.name(), members.text("Description"));
    }

    AwsResponse delete(ApiInput members, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        lambda.delete(reference);
        return AwsResponse.of(204);
    }

    private LambdaFunction latest(FunctionReference reference) {
        return lambda.find(new FunctionReference(reference.name(), null)).function();
    }

    private void passRole(ApiCall call, String function, String role) {
        call.passRole(role, "lambda.amazonaws.com");
        if (!lambda.mayAssume(function, role)) {
            throw FunctionInput.invalid("The role defined for the function cannot be assumed by Lambda.");
        }
    }

    @Override
    public void close() {
        uploads.close();
    }
}
