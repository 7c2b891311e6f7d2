package dev.baton.local.dynamodb;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens by which transactions are known again for ten minutes, so that one that is sent twice is made once.
final class TransactionTokens {
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, ItemJournal.Token> tokens = new LinkedHashMap<>();

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

    /// Whether the transaction was made before.
    ///
    /// @throws AwsError `IdempotentParameterMismatchException` where another one was, by this token
    synchronized boolean has(ItemJournal.Token token) {
        var since = clock.instant().minus(KNOWN);
        tokens.values().removeIf(known -> known.time().isBefore(since));
        var before = tokens.get(token.text());
        if (before != null && !before.digest().equals(token.digest())) {
            throw new AwsError(
                    400,
                    "IdempotentParameterMismatchException",
                    "Rejected the request because the ClientRequestToken was used with other parameters.");
        }
        return before != null;
    }

    synchronized void keep(ItemJournal.Token token) {
        tokens.put(token.text(), token);
    }
}
