package dev.baton.local.sts;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A signed JSON Web Token, taken apart but not yet believed.
///
/// @param claims the payload
/// @param signed what the signature covers
record Jwt(
        String algorithm,
        @Nullable String keyId,
        Map<String, @Nullable Object> claims,
        byte[] signed,
        byte[] signature) {

    /// Only signatures by a key pair: with a shared secret anybody who can verify could also sign.
    private static final Map<String, String> ALGORITHMS = Map.of(
            "RS256", "SHA256withRSA",
            "RS384", "SHA384withRSA",
            "RS512", "SHA512withRSA",
            "ES256", "SHA256withECDSAinP1363Format",
            "ES384", "SHA384withECDSAinP1363Format",
            "ES512", "SHA512withECDSAinP1363Format");

    /// @return null where the text is not a signed token
    static @Nullable Jwt parse(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var decoder = Base64.getUrlDecoder();
            var header = Json.parseObject(decoder.decode(parts[0]));
            var claims = Json.parseObject(decoder.decode(parts[1]));
            if (!(header.get("alg") instanceof String algorithm) || header.containsKey("crit")) {
                return null;
            }
            return new Jwt(
                    algorithm,
                    header.get("kid") instanceof String kid ? kid : null,
                    claims,
                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    decoder.decode(parts[2]));
        } catch (IllegalArgumentException | JsonException e) {
            return null;
        }
    }

    @Nullable
    String text(String claim) {
        return claims.get(claim) instanceof String text ? text : null;
    }

    @Nullable
    Long number(String claim) {
        return claims.get(claim) instanceof Number number ? number.longValue() : null;
    }

    /// A claim that is a string or a list of them.
    List<String> texts(String claim) {
        var value = claims.get(claim);
        if (value instanceof String one) {
            return List.of(one);
        }
        return value instanceof List<?> many
                ? many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    boolean isSignedBy(PublicKey key) {
        var name = ALGORITHMS.get(algorithm);
        if (name == null || key.getAlgorithm().equals("RSA") != algorithm.startsWith("RS")) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(name);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
