package dev.baton.local.http;

/// One action of a [QueryService].
@FunctionalInterface
public interface QueryAction {

    /// Writes the content of the result element, which may stay empty.
    ///
    /// @throws AwsError what is answered instead
    void handle(QueryInput input, AwsRequest request, Xml result);
}
