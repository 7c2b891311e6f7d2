package dev.baton.local.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One action of a [JsonService].
@FunctionalInterface
public interface JsonAction {

    /// @param input the request's JSON object
    /// @return the answer's JSON object
    /// @throws AwsError what is answered instead
    Map<String, @Nullable Object> handle(Map<String, @Nullable Object> input, AwsRequest request);
}
