package dev.baton.local.dynamodb;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens by which transactions are known again for ten minutes, so that one that is sent twice is made once.
final class TransactionTokens {
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, ItemJournal.Token> tokens = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();

    TransactionTokens(InstantSource clock) {
        this.clock = clock;
    }

    /// The token of a request; nothing where it has none.
    ItemJournal.@Nullable Token of(ApiInput input) {
        var text = input.text("ClientRequestToken");
        return text == null ? null : new ItemJournal.Token(text, digest(input), clock.instant());
    }

    private static String digest(ApiInput input) {
        try {
            var content = Json.print(input.list("TransactItems")).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// When the oldest transaction was made that is known still.
    Instant since() {
        return clock.instant().minus(KNOWN);
    }

    /// Begins a transaction, unless it was made before: who begins it ends it.
    ///
    /// @return whether it is to be made
    /// @throws AwsError `IdempotentParameterMismatchException` where another one was made by this token, and
    ///     `TransactionInProgressException` where it is being made
    synchronized boolean begin(ItemJournal.Token token) {
        var since = since();
        tokens.values().removeIf(known -> known.time().isBefore(since));
        var before = tokens.get(token.text());
        if (before != null && !before.digest().equals(token.digest())) {
            throw new AwsError(
                    400,
                    "IdempotentParameterMismatchException",
                    "Rejected the request because the ClientRequestToken was used with other parameters.");
        }
        if (before == null && !underWay.add(token.text())) {
            throw new AwsError(
                    400,
                    "TransactionInProgressException",
                    "The transaction with the given request token is already in progress.");
        }
        return before == null;
    }

    synchronized void end(ItemJournal.Token token, boolean made) {
        underWay.remove(token.text());
        if (made) {
            keep(token);
        }
    }

    synchronized void keep(ItemJournal.Token token) {
        tokens.put(token.text(), token);
    }
}
