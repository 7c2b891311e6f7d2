package dev.baton.cli.identity;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims of a token as it tells them itself: nobody has verified them, and nothing is decided by them.
///
/// @param issuer whose token it is
/// @param subject whom it is about
/// @param expires when it is of no use any more
public record TokenClaims(String issuer, String subject, Optional<Instant> expires) {

    /// Reads a token.
    ///
    /// @throws DiagnosticException CLI134 when it is not one
    public static TokenClaims of(String token) {
        try {
            var claims = Json.parseObject(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
            return new TokenClaims(text(claims, "iss"), text(claims, "sub"), expires(claims));
        } catch (JsonException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI134",
                    Location.named("the token of the identity provider"),
                    "has no claims that can be read",
                    "get a new one from the provider"));
        }
    }

    private static String text(Map<String, @Nullable Object> claims, String name) {
        return claims.get(name) instanceof String text ? text : "nobody";
    }

    private static Optional<Instant> expires(Map<String, @Nullable Object> claims) {
        return claims.get("exp") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    /// Refuses a token that has expired.
    ///
    /// @throws DiagnosticException CLI135
    public void requireFresh(Instant now) {
        if (expires.filter(end -> !now.isBefore(end)).isPresent()) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI135",
                    Location.named("the token of " + subject + " by " + issuer),
                    "has expired at " + expires.get() + ", and it is " + now,
                    "get a new one from the provider, and put it where --identity-token or BATON_IDENTITY_TOKEN_FILE"
                            + " names"));
        }
    }
}
