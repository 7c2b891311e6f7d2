package dev.baton.local.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The handler of an operation of a [JsonService].
@FunctionalInterface
public interface JsonAction {

    /// @return the answer's JSON object
    /// @throws dev.baton.local.http.ServiceRefusal what is answered instead
    Map<String, @Nullable Object> handle(ApiInput input, ApiCall call);
}
