package dev.baton.local.service;

import dev.baton.local.http.AwsResponse;
import java.io.IOException;
import java.util.Map;

/// How a [RestService] serves an operation.
@FunctionalInterface
public interface RestAction {

    /// @param path the parts of the path that the route names
    /// @throws dev.baton.local.http.ServiceRefusal what is answered instead
    AwsResponse handle(ApiCall call, Map<String, String> path) throws IOException;
}
