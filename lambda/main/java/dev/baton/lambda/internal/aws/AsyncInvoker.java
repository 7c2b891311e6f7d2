package dev.baton.lambda.internal.aws;

import dev.baton.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Invokes functions asynchronously.
///
/// No trace goes along. Lambda takes a function that is invoked about sixteen times within one trace for a
/// [recursive loop](https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html) and stops it, and a run
/// with a long chain of awaits would be one.
public final class AsyncInvoker {
    private static final Map<String, String> EVENT = Map.of("X-Amz-Invocation-Type", "Event");

    private final SignedPost post;

    public AsyncInvoker(SignedPost post) {
        this.post = post;
    }

    /// @param function a name, an ARN, or the ARN of a version
    /// @throws IOException when Lambda has not surely taken it
    public void send(String function, Map<String, @Nullable Object> event) throws IOException {
        var path = "/2015-03-31/functions/" + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations";
        post.send("lambda", path, EVENT, Json.bytes(event));
    }
}
