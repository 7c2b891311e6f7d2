package dev.baton.local.service;

import dev.baton.local.http.Xml;

/// The handler of an operation of a [QueryService].
@FunctionalInterface
public interface QueryAction {

    /// Writes the content of the result element, which may stay empty.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal what is answered instead
    void handle(ApiInput input, ApiCall call, Xml result);
}
