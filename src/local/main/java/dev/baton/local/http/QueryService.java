package dev.baton.local.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// A service that speaks AWS Query: a form with `Action` in, XML out.
public final class QueryService implements Service {
    /// Above the sum of all policies that one request may carry.
    private static final int MAX_REQUEST = 1 << 20;

    private final String name;
    private final String namespace;
    private final Map<String, QueryAction> actions;
    private final Set<String> unsigned;
    private final RequestMembers members;

    /// @param name as in a credential scope
    /// @param namespace of the XML, such as `https://sts.amazonaws.com/doc/2011-06-15/`
    /// @param actions by name, such as `AssumeRole`
    /// @param unsigned those that need no signature
    public QueryService(String name, String namespace, Map<String, QueryAction> actions, Set<String> unsigned) {
        this.name = name;
        this.namespace = namespace;
        this.actions = Map.copyOf(actions);
        this.unsigned = Set.copyOf(unsigned);
        this.members = RequestMembers.of(name);
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
    public boolean acceptsUnsigned(AwsRequest request) throws IOException {
        var action = input(request).get("Action");
        return action != null && unsigned.contains(action);
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var input = input(request);
        var name = input.get("Action");
        var action = name == null ? null : actions.get(name);
        if (name == null || action == null) {
            throw Problem.UNKNOWN_ACTION.error(
                    "Could not find operation " + name + " for version " + input.get("Version"));
        }
        members.check(name, input.members());
        var xml = new Xml().open(name + "Response", namespace).open(name + "Result");
        action.handle(input, request, xml);
        xml.close()
                .open("ResponseMetadata")
                .element("RequestId", request.id())
                .close()
                .close();
        return AwsResponse.of(200, protocol().contentType(), xml.bytes());
    }

    /// The names of the operations that it has.
    public Set<String> operations() {
        return actions.keySet();
    }

    private static QueryInput input(AwsRequest request) throws IOException {
        var form = new String(request.bytes(MAX_REQUEST), StandardCharsets.ISO_8859_1);
        return QueryInput.of(request.query(), QueryParameters.parse(form));
    }
}
