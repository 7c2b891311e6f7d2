package dev.baton.local.events;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on connections. A connection is authorised before the action answers: one by OAuth has its first token
/// then, or says why not.
///
/// See [CreateConnection](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html).
final class ConnectionActions {
    private static final Map<String, String> PARAMETERS = Map.of(
            "BASIC", "BasicAuthParameters",
            "API_KEY", "ApiKeyAuthParameters",
            "OAUTH_CLIENT_CREDENTIALS", "OAuthParameters");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

    private final Connections connections;
    private final Authorizer authorizer;
    private final InstantSource clock;

    ConnectionActions(Connections connections, Authorizer authorizer, InstantSource clock) {
        this.connections = connections;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateConnection", this::create);
        actions.put("DeauthorizeConnection", this::deauthorize);
        actions.put("DeleteConnection", this::delete);
        actions.put("DescribeConnection", this::describe);
        actions.put("ListConnections", this::list);
        actions.put("UpdateConnection", this::update);
        return actions;
    }

    private String name(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        authorizer.require(request.caller(), "events:" + action, connections.arn(name), request.context());
        return name;
    }

    private Connection there(String action, Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name(action, input, request);
        var connection = connections.named(name);
        if (connection == null) {
            throw new AwsError(400, "ResourceNotFoundException", "Connection " + name + " does not exist.");
        }
        return connection;
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = name("CreateConnection", input, request);
        if (!name.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw invalid("Connection name is not valid: " + name);
        }
        if (connections.named(name) != null) {
            throw new AwsError(400, "ResourceAlreadyExistsException", "Connection " + name + " already exists.");
        }
        var authorization = String.valueOf(RuleTarget.text(input, "AuthorizationType"));
        var now = clock.instant();
        var connection = authorized(new Connection(
                name,
                connections.arn(name),
                connections.secretArn(name),
                RuleTarget.text(input, "Description") instanceof String text ? text : "",
                authorization,
                parameters(authorization, input),
                false,
                null,
                now,
                now));
        connections.put(connection);
        return answer(connection);
    }

    private Map<String, @Nullable Object> update(Map<String, @Nullable Object> input, AwsRequest request) {
        var before = there("UpdateConnection", input, request);
        var given = RuleTarget.text(input, "AuthorizationType");
        var authorization = given == null ? before.authorization() : given;
        var connection = authorized(new Connection(
                before.name(),
                before.arn(),
                before.secretArn(),
                RuleTarget.text(input, "Description") instanceof String text ? text : before.description(),
                authorization,
                input.get("AuthParameters") == null ? before.parameters() : parameters(authorization, input),
                false,
                null,
                before.createdAt(),
                clock.instant()));
        connections.put(connection);
        return answer(connection);
    }

    private Connection authorized(Connection connection) {
        var hindrance = connections.hindrance(connection);
        return connection.as(hindrance == null, hindrance, clock.instant());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> parameters(String authorization, Map<String, @Nullable Object> input) {
        var member = PARAMETERS.get(authorization);
        if (member == null) {
            throw invalid(
                    "1 validation error detected: Value '" + authorization + "' at 'authorizationType' failed to"
                            + " satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]");
        }
        if (!(input.get("AuthParameters") instanceof Map<?, ?> parameters)
                || !(parameters.get(member) instanceof Map<?, ?> own)) {
            throw invalid("Parameter AuthParameters is not valid. Reason: " + member + " is required for "
                    + authorization + ".");
        }
        if (member.equals("OAuthParameters") && !METHODS.contains(Connection.text(own, "HttpMethod"))) {
            throw invalid("Parameter HttpMethod is not valid. It is one of GET, POST and PUT.");
        }
        return (Map<String, @Nullable Object>) parameters;
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    private Map<String, @Nullable Object> deauthorize(Map<String, @Nullable Object> input, AwsRequest request) {
        var connection = there("DeauthorizeConnection", input, request).as(false, "Deauthorized.", clock.instant());
        connections.put(connection);
        return answer(connection);
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        var connection = there("DeleteConnection", input, request);
        connections.remove(connection);
        var answer = answer(connection);
        answer.put("ConnectionState", "DELETING");
        return answer;
    }

    private static Map<String, @Nullable Object> answer(Connection connection) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ConnectionArn", connection.arn());
        answer.put("ConnectionState", connection.state());
        answer.put("CreationTime", connection.createdAt().toEpochMilli() / 1000.0);
        answer.put("LastModifiedTime", connection.modifiedAt().toEpochMilli() / 1000.0);
        if (connection.authorized()) {
            answer.put("LastAuthorizedTime", connection.modifiedAt().toEpochMilli() / 1000.0);
        }
        return answer;
    }

    private static Map<String, @Nullable Object> listed(Connection connection) {
        var json = answer(connection);
        json.put("AuthorizationType", connection.authorization());
        json.put("Name", connection.name());
        if (connection.reason() != null) {
            json.put("StateReason", connection.reason());
        }
        return json;
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var connection = there("DescribeConnection", input, request);
        var json = listed(connection);
        json.put("AuthParameters", connection.told());
        json.put("Description", connection.description());
        json.put("SecretArn", connection.secretArn());
        return json;
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(request.caller(), "events:ListConnections", "*", request.context());
        var prefix = RuleTarget.text(input, "NamePrefix");
        var state = RuleTarget.text(input, "ConnectionState");
        var found = connections.all().stream()
                .filter(connection -> prefix == null || connection.name().startsWith(prefix))
                .filter(connection -> state == null || connection.state().equals(state))
                .toList();
        return NamedPage.of("Connections", found, Connection::name, ConnectionActions::listed, input);
    }
}
