package dev.baton.local.events;

import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on connections. A connection is authorised before the action answers: one by OAuth has its first token
/// then, or says why not.
///
/// See [CreateConnection](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html).
record ConnectionActions(Connections connections, InstantSource clock) {
    private static final Map<String, String> PARAMETERS = Map.of(
            "BASIC", "BasicAuthParameters",
            "API_KEY", "ApiKeyAuthParameters",
            "OAUTH_CLIENT_CREDENTIALS", "OAuthParameters");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateConnection", this::create),
                ApiOperation.changing("DeauthorizeConnection", this::deauthorize),
                ApiOperation.changing("DeleteConnection", this::delete),
                ApiOperation.reading("DescribeConnection", this::describe),
                ApiOperation.reading("ListConnections", this::list),
                ApiOperation.changing("UpdateConnection", this::update));
    }

    private String name(ApiInput input, ApiCall call) {
        var name = String.valueOf(input.text("Name"));
        call.require(connections.arn(name));
        return name;
    }

    private Connection there(ApiInput input, ApiCall call) {
        var name = name(input, call);
        var connection = connections.named(name);
        if (connection == null) {
            throw EventErrors.notFound("Connection " + name + " does not exist.");
        }
        return connection;
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = name(input, call);
        if (!name.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw EventErrors.invalid("Connection name is not valid: " + name);
        }
        if (connections.named(name) != null) {
            throw EventErrors.exists("Connection " + name + " already exists.");
        }
        var authorization = String.valueOf(input.text("AuthorizationType"));
        var now = clock.instant();
        var connection = authorized(new Connection(
                name,
                connections.arn(name),
                connections.secretArn(name),
                input.text("Description", ""),
                authorization,
                parameters(authorization, input),
                false,
                null,
                now,
                now));
        connections.put(connection);
        return answer(connection);
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var before = there(input, call);
        var given = input.text("AuthorizationType");
        var authorization = given == null ? before.authorization() : given;
        var connection = authorized(new Connection(
                before.name(),
                before.arn(),
                before.secretArn(),
                input.text("Description", before.description()),
                authorization,
                input.value("AuthParameters") == null ? before.parameters() : parameters(authorization, input),
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
    private static Map<String, @Nullable Object> parameters(String authorization, ApiInput input) {
        var member = Objects.requireNonNull(PARAMETERS.get(authorization), authorization);
        if (!(input.value("AuthParameters") instanceof Map<?, ?> parameters)
                || !(parameters.get(member) instanceof Map<?, ?> own)) {
            throw EventErrors.invalid("Parameter AuthParameters is not valid. Reason: " + member + " is required for "
                    + authorization + ".");
        }
        if (member.equals("OAuthParameters") && !METHODS.contains(Connection.text(own, "HttpMethod"))) {
            throw EventErrors.invalid("Parameter HttpMethod is not valid. It is one of GET, POST and PUT.");
        }
        return (Map<String, @Nullable Object>) parameters;
    }

    private Map<String, @Nullable Object> deauthorize(ApiInput input, ApiCall call) {
        var connection = there(input, call).as(false, "Deauthorized.", clock.instant());
        connections.put(connection);
        return answer(connection);
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var connection = there(input, call);
        connections.remove(connection);
        var answer = answer(connection);
        answer.put("ConnectionState", "DELETING");
        return answer;
    }

    private static Map<String, @Nullable Object> answer(Connection connection) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ConnectionArn", connection.arn());
        answer.put("ConnectionState", connection.state());
        answer.put("CreationTime", JsonAnswer.seconds(connection.createdAt()));
        answer.put("LastModifiedTime", JsonAnswer.seconds(connection.modifiedAt()));
        if (connection.authorized()) {
            answer.put("LastAuthorizedTime", JsonAnswer.seconds(connection.modifiedAt()));
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

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var connection = there(input, call);
        var json = listed(connection);
        json.put("AuthParameters", connection.told());
        json.put("Description", connection.description());
        json.put("SecretArn", connection.secretArn());
        return json;
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var prefix = input.text("NamePrefix");
        var state = input.text("ConnectionState");
        var found = connections.all().stream()
                .filter(connection -> prefix == null || connection.name().startsWith(prefix))
                .filter(connection -> state == null || connection.state().equals(state))
                .toList();
        return EventErrors.page(input, "Connections", found, Connection::name, ConnectionActions::listed);
    }
}
