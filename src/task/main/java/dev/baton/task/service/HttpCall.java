package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to an HTTPS endpoint, with the credentials of an EventBridge connection: no secret passes through the
/// execution. It may be sent twice; give what takes one an `Idempotency-Key` of [References#token].
///
/// @param method `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD` or `OPTIONS`
/// @param host such as `api.example.com`, the only one that the call may reach
/// @param path begins with `/`
/// @param connection the connection's name and id: `crews/6b0a…`
/// @param headers by name; none that authenticates
/// @param query by name
/// @param body sent as JSON
public record HttpCall(
        String method,
        String host,
        String path,
        String connection,
        Map<String, String> headers,
        Map<String, String> query,
        Optional<Map<String, ?>> body)
        implements ServiceCall {
    public HttpCall {
        if (!method.matches("GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS")) {
            throw new IllegalArgumentException("no method of HTTP that Step Functions sends: " + method);
        }
        if (!host.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
            throw new IllegalArgumentException("no host: " + host);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with /, but was " + path);
        }
        if (!connection.matches("[A-Za-z0-9._-]{1,64}/[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("a connection is a name and an id, crews/6b0a…, but was " + connection);
        }
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    @Override
    public String integration() {
        return "http:invoke";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("ApiEndpoint", "https://" + host + path);
        arguments.put("Method", method);
        arguments.put("Headers", headers);
        arguments.put("QueryParameters", query);
        body.ifPresent(json -> arguments.put("RequestBody", json));
        return arguments;
    }

    @Override
    public Map<String, @Nullable Object> deployed() {
        return new LinkedHashMap<>(Map.of("Authentication", Map.of("ConnectionArn", connectionArn())));
    }

    private String connectionArn() {
        return ServiceRight.arn("events", "connection/" + connection);
    }

    /// What [HTTP tasks
    /// need](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions)
    /// is told of the role of executions alone: that a state's `Credentials` have a say is written nowhere.
    @Override
    public boolean byExecutions() {
        return true;
    }

    /// The secret is the connection's own; EventBridge gives it a name that ends in what nobody knows before.
    @Override
    public List<ServiceRight> rights() {
        var name = connection.substring(0, connection.indexOf('/'));
        return List.of(
                ServiceRight.to(List.of("states:InvokeHTTPEndpoint"), ServiceRight.MACHINES)
                        .when("StringEquals", "states:HTTPMethod", method)
                        .when("StringLike", "states:HTTPEndpoint", "https://" + host + "/*"),
                ServiceRight.to(List.of("events:RetrieveConnectionCredentials"), connectionArn()),
                ServiceRight.to(
                        List.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
                        ServiceRight.arn("secretsmanager", "secret:events!connection/" + name + "/*")));
    }
}
