package dev.baton.local.states.integration;

import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.local.caller.Caller;
import dev.baton.local.events.Connection;
import dev.baton.local.events.Connections;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.states.integration.Integrations.Apis;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `http:invoke`: a real request to an HTTPS API, authorised by a connection.
///
/// See [Call HTTPS APIs](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html). That guide names
/// the
/// errors for a connection, a status and a socket; for a request that the role may not make it has no name, and none
/// for what the cause of a status says: here that is `States.Permissions`, and the answer's content.
final class HttpTasks {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<Integer> UNAUTHORIZED = Set.of(401, 407);
    private static final String CONNECTION = "Events.ConnectionResource.";

    private final Account account;
    private final Authorizer authorizer;
    private final Apis apis;
    private final Connections connections;

    HttpTasks(Account account, Authorizer authorizer, Apis apis) {
        this.account = account;
        this.authorizer = authorizer;
        this.apis = apis;
        this.connections = apis.connections();
    }

    Map<String, @Nullable Object> invoke(
            Caller caller,
            Map<String, @Nullable Object> parameters,
            TaskStateInvocation invocation,
            TaskCompletion completion)
            throws TaskFailure {
        var asked = HttpArguments.of(parameters);
        permit(caller, asked, TaskRoles.machineArn(invocation));
        var connection = connection(caller, asked.connectionArn());
        var merged = asked.with(connection);
        var response = send(
                merged,
                connection,
                (authorization, answer) -> completion.exchanged(
                        HttpInspection.request(asked, List.of()),
                        HttpInspection.request(merged, authorization),
                        HttpInspection.response(asked, answer)));
        if (UNAUTHORIZED.contains(response.statusCode())) {
            connections.refused(connection);
        }
        return HttpAnswer.of(response);
    }

    private void permit(Caller caller, HttpArguments asked, String machineArn) throws TaskFailure {
        var context = RequestContext.builder()
                .put("states:HTTPEndpoint", asked.endpoint().toString())
                .put("states:HTTPMethod", asked.method())
                .build();
        try {
            authorizer.require(caller, "states:InvokeHTTPEndpoint", machineArn, context);
        } catch (AccessDenied e) {
            throw new TaskFailure(
                    "States.Permissions",
                    "AWS Step Functions is not authorized to perform states:InvokeHTTPEndpoint on API Endpoint "
                            + asked.endpoint() + ". Ensure that the StateMachine role contains the"
                            + " states:InvokeHTTPEndpoint permission for the given API Endpoint: " + e.getMessage());
        }
    }

    private Connection connection(Caller caller, String arn) throws TaskFailure {
        var connection = connections.find(arn);
        try {
            authorizer.require(caller, "events:RetrieveConnectionCredentials", arn, RequestContext.EMPTY);
            if (connection != null) {
                authorizer.require(
                        caller, "secretsmanager:DescribeSecret", connection.secretArn(), RequestContext.EMPTY);
                authorizer.require(
                        caller, "secretsmanager:GetSecretValue", connection.secretArn(), RequestContext.EMPTY);
            }
        } catch (AccessDenied e) {
            throw new TaskFailure(CONNECTION + "AccessDenied", e.getMessage());
        }
        if (connection == null) {
            throw new TaskFailure(CONNECTION + "ResourceNotFound", "There is no connection " + arn + ".");
        }
        if (!connection.authorized()) {
            throw new TaskFailure(
                    CONNECTION + "InvalidConnectionState",
                    "The connection " + arn + " is not authorized: " + connection.reason());
        }
        return connection;
    }

    /// @param sent is told the headers that authorised the request, and the answer
    private HttpResponse<byte[]> send(
            HttpArguments asked, Connection connection, BiConsumer<List<Connection.Added>, HttpResponse<byte[]>> sent)
            throws TaskFailure {
        try {
            var content = asked.content();
            var request = HttpRequest.newBuilder(asked.address(apis.reach().apply(asked.endpoint())))
                    .timeout(PATIENCE)
                    .method(
                            asked.method(),
                            content == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(content));
            if (content != null && !asked.says("content-type")) {
                request.setHeader("Content-Type", "application/json; charset=UTF-8");
            }
            asked.headers().forEach(request::setHeader);
            var authorization = connections.authorization(connection);
            authorization.forEach(added -> request.setHeader(added.name(), added.value()));
            request.setHeader("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + account.region());
            request.setHeader("Range", "bytes=0-" + HttpAnswer.MOST_BYTES);
            var answer = apis.http().get().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            sent.accept(authorization, answer);
            return answer;
        } catch (IOException e) {
            throw new TaskFailure("States.Http.Socket", asked.endpoint() + " could not be called: " + e);
        } catch (IllegalArgumentException e) {
            throw HttpArguments.runtime(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskFailure("States.Http.Socket", "interrupted");
        }
    }
}
