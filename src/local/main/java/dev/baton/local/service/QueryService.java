package dev.baton.local.service;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.QueryParameters;
import dev.baton.local.http.Xml;
import dev.baton.local.identity.Authorizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service that speaks AWS Query: a form with `Action` in, XML out.
public final class QueryService implements Service {
    /// Above the sum of all policies that one request may carry.
    private static final int MAX_REQUEST = 1 << 20;

    private final String name;
    private final String namespace;
    private final ApiOperations<QueryAction> operations;
    private final Set<String> unsigned;
    private final Runnable closing;

    /// @param name as in a credential scope
    /// @param namespace of the XML, such as `https://sts.amazonaws.com/doc/2011-06-15/`
    /// @param unsigned the names of those that need no signature
    public QueryService(
            String name,
            String namespace,
            Authorizer authorizer,
            List<ApiOperation<QueryAction>> operations,
            Set<String> unsigned) {
        this(name, namespace, authorizer, operations, unsigned, () -> {}, () -> {});
    }

    /// @param name as in a credential scope
    /// @param namespace of the XML, such as `https://sts.amazonaws.com/doc/2011-06-15/`
    /// @param unsigned the names of those that need no signature
    /// @param keeping keeps what an operation has changed
    public QueryService(
            String name,
            String namespace,
            Authorizer authorizer,
            List<ApiOperation<QueryAction>> operations,
            Set<String> unsigned,
            Runnable keeping,
            Runnable closing) {
        this.name = name;
        this.namespace = namespace;
        this.operations = new ApiOperations<>(name, authorizer, operations, keeping, "ValidationError");
        this.closing = closing;
        this.unsigned = Set.copyOf(unsigned);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Protocol protocol() {
        return Protocol.QUERY;
    }

    @Override
    public List<ApiOperation<QueryAction>> operations() {
        return operations.all();
    }

    @Override
    public boolean acceptsUnsigned(AwsRequest request) throws IOException {
        var action = action(parameters(request));
        return action != null && unsigned.contains(action);
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var parameters = parameters(request);
        var name = action(parameters);
        var operation = name == null ? null : operations.find(name);
        if (operation == null) {
            throw Problem.UNKNOWN_ACTION.error(
                    "Could not find operation " + name + " for version " + value(parameters, "Version"));
        }
        var input = new QueryForm(operations.model(), parameters).input(operation.name());
        operations.check(operation, input.json());
        var xml = new Xml().open(name + "Response", namespace).open(name + "Result");
        operation.handler().handle(input, operations.call(operation, request), xml);
        operations.done(operation);
        xml.close()
                .open("ResponseMetadata")
                .element("RequestId", request.id())
                .close()
                .close();
        return AwsResponse.of(200, protocol().contentType(), xml.bytes());
    }

    /// The address that a message of the service has for whoever follows it.
    @Override
    public boolean recognises(AwsRequest request) {
        var action = request.rawPath().equals("/") ? request.query().get("Action") : null;
        return action != null && unsigned.contains(action);
    }

    @Override
    public void close() {
        closing.run();
    }

    private static QueryParameters[] parameters(AwsRequest request) throws IOException {
        var form = new String(request.bytes(MAX_REQUEST), StandardCharsets.ISO_8859_1);
        return new QueryParameters[] {request.query(), QueryParameters.parse(form)};
    }

    private static @Nullable String action(QueryParameters[] parameters) {
        return value(parameters, "Action");
    }

    private static @Nullable String value(QueryParameters[] parameters, String name) {
        var inForm = parameters[1].get(name);
        return inForm == null ? parameters[0].get(name) : inForm;
    }
}
