package dev.baton.local.events;

import dev.baton.local.http.Account;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The EventBridge connections of the embedded account: how HTTP tasks are authorised, and the secrets that it takes.
public final class Connections {
    private final Account account;
    private final AccessTokens tokens;
    private final Map<String, Connection> byName = new ConcurrentSkipListMap<>();

    /// @param http asks for access tokens
    public Connections(Account account, Supplier<HttpClient> http) {
        this.account = account;
        this.tokens = new AccessTokens(http);
    }

    /// The connection of an ARN, whose id counts.
    public @Nullable Connection find(String arn) {
        return byName.values().stream()
                .filter(connection -> connection.arn().equals(arn))
                .findFirst()
                .orElse(null);
    }

    /// What authorises a request, as headers.
    ///
    /// @throws IOException when no access token is to be had
    public List<Connection.Added> authorization(Connection connection) throws IOException {
        return switch (connection.authorization()) {
            case "BASIC" -> {
                var basic = connection.object("BasicAuthParameters");
                yield secret(
                        "Authorization",
                        AccessTokens.basic(Connection.text(basic, "Username"), Connection.text(basic, "Password")));
            }
            case "API_KEY" -> {
                var key = connection.object("ApiKeyAuthParameters");
                yield secret(Connection.text(key, "ApiKeyName"), Connection.text(key, "ApiKeyValue"));
            }
            default -> secret("Authorization", "Bearer " + tokens.of(connection));
        };
    }

    private static List<Connection.Added> secret(String name, String value) {
        return List.of(new Connection.Added(name, value, true));
    }

    /// Says that a request was refused as unauthorised: the next one asks for a new token.
    public void refused(Connection connection) {
        tokens.forget(connection);
    }

    /// What keeps it from being authorised, or null.
    @Nullable
    String hindrance(Connection connection) {
        tokens.forget(connection);
        try {
            authorization(connection);
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Nullable
    Connection named(String name) {
        return byName.get(name);
    }

    Collection<Connection> all() {
        return List.copyOf(byName.values());
    }

    void put(Connection connection) {
        byName.put(connection.name(), connection);
    }

    void remove(Connection connection) {
        byName.remove(connection.name());
    }

    /// AWS draws the id. Here it follows from the name, so that a definition can be written before the connection is
    /// there.
    String arn(String name) {
        return account.arn("events", "connection/" + name + "/" + id(name));
    }

    String secretArn(String name) {
        return account.arn("secretsmanager", "secret:events!connection/" + name + "/" + id(name) + "-bAt0Nx");
    }

    private String id(String name) {
        return id(account, name).toString();
    }

    /// The id that a connection of this name has in an embedded AWS of this account.
    public static UUID id(Account account, String name) {
        return UUID.nameUUIDFromBytes(
                account.arn("events", "connection/" + name).getBytes(StandardCharsets.UTF_8));
    }
}
