package dev.baton.local.sts;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An issuer's keys for signatures, from its JSON Web Key Set (RFC 7517). Keys of other kinds are passed over.
record JsonWebKeys(List<Entry> entries) {

    record Entry(@Nullable String id, PublicKey key) {}

    static JsonWebKeys of(Map<String, @Nullable Object> set) {
        var found = new ArrayList<Entry>();
        for (var item : set.get("keys") instanceof List<?> keys ? keys : List.of()) {
            if (item instanceof Map<?, ?> jwk && !"enc".equals(jwk.get("use"))) {
                var key = key(jwk);
                if (key != null) {
                    found.add(new Entry(jwk.get("kid") instanceof String kid ? kid : null, key));
                }
            }
        }
        return new JsonWebKeys(List.copyOf(found));
    }

    /// Those that may have signed a token with this key id; all of them where the token names none.
    List<PublicKey> candidates(@Nullable String keyId) {
        return entries.stream()
                .filter(entry -> keyId == null || keyId.equals(entry.id()))
                .map(Entry::key)
                .toList();
    }

    private static @Nullable PublicKey key(Map<?, ?> jwk) {
        try {
            return switch (String.valueOf(jwk.get("kty"))) {
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
                case "EC" ->
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(
                                    new ECPoint(number(jwk, "x"), number(jwk, "y")),
                                    curve(String.valueOf(jwk.get("crv")))));
                default -> null;
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static ECParameterSpec curve(String name) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(
                switch (name) {
                    case "P-256" -> "secp256r1";
                    case "P-384" -> "secp384r1";
                    case "P-521" -> "secp521r1";
                    default -> throw new IllegalArgumentException("unknown curve " + name);
                }));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static BigInteger number(Map<?, ?> jwk, String member) {
        if (!(jwk.get(member) instanceof String text)) {
            throw new IllegalArgumentException("no " + member);
        }
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }
}
