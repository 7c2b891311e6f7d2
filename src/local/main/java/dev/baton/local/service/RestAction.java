package dev.baton.local.service;

import dev.baton.local.http.AwsResponse;
import java.io.IOException;

/// The handler of an operation of a [RestService].
@FunctionalInterface
public interface RestAction {

    /// @throws dev.baton.local.http.ServiceRefusal what is answered instead
    AwsResponse handle(ApiInput input, ApiCall call) throws IOException;
}
