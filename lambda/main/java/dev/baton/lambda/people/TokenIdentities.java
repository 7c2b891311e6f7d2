package dev.baton.lambda.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.run.IdentityProof.Token;
import dev.baton.run.IdentityProvider;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The people who ask, as the tokens of identity providers tell them. See
/// [validation of an ID token](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation) and
/// [JSON Web Token Best Current Practices](https://www.rfc-editor.org/rfc/rfc8725).
final class TokenIdentities {
    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_GROUPS = 500;
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofHours(24);
    /// Public keys alone: whoever may verify could sign with a shared one.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final Pattern NAME = Pattern.compile("[!-~&&[^\"\\\\]]{1,256}");
    private static final String SETTINGS = "compare with \"identities\" of the environment: baton explain RUN073";

    private final IdentitySettings settings;
    private final IssuerKeys keys;
    private final InstantSource time;

    TokenIdentities(IdentitySettings settings, IssuerKeys keys, InstantSource time) {
        this.settings = settings;
        this.keys = keys;
        this.time = time;
    }

    /// Whoever a token is about.
    ///
    /// @throws dev.baton.task.InvalidInput when it proves nothing (RUN071 to RUN075)
    Requester requester(Token token) {
        var jwt = parsed(token.jwt());
        var claims = claims(jwt);
        var provider = provider(claims);
        var what = "the token of \"" + provider.getKey() + "\" for " + shown(claims.getSubject());
        requireSigned(what, provider.getValue(), jwt);
        requireMeant(what, provider.getValue(), claims);
        requireFresh(what, claims);
        return Requester.person(
                provider.getKey(), person(what, provider.getValue(), claims), teams(provider.getValue(), claims));
    }

    private static SignedJWT parsed(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw IdentityFindings.malformed("the token", "has more than " + MOST_CHARACTERS + " characters");
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException e) {
            throw IdentityFindings.malformed("the token", "is not a signed JSON Web Token");
        }
    }

    private static JWTClaimsSet claims(SignedJWT jwt) {
        try {
            var claims = jwt.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException e) {
            // Its message quotes what the token says.
        }
        throw IdentityFindings.malformed("the token", "has claims that are not those of a JSON Web Token");
    }

    private Map.Entry<String, IdentityProvider> provider(JWTClaimsSet claims) {
        var of = settings.providers().entrySet().stream()
                .filter(provider -> provider.getValue().issuer().equals(claims.getIssuer()))
                .toList();
        if (of.isEmpty()) {
            throw IdentityFindings.untrusted(
                    "the token for " + shown(claims.getSubject()),
                    "is of the issuer " + shown(claims.getIssuer()) + ", and only those of "
                            + settings.providers().keySet() + " are taken here",
                    SETTINGS);
        }
        // Two applications of one issuer differ in their audience.
        return of.stream()
                .filter(provider ->
                        claims.getAudience().contains(provider.getValue().audience()))
                .findFirst()
                .orElse(of.getFirst());
    }

    private void requireSigned(String what, IdentityProvider provider, SignedJWT jwt) {
        var header = jwt.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw IdentityFindings.untrusted(
                    what, "is signed by " + header.getAlgorithm() + ", which is not taken", SETTINGS);
        }
        var matching = keys.matching(provider.issuer(), header);
        if (matching.isEmpty()) {
            throw IdentityFindings.untrusted(
                    what, "is signed by a key that is none of its issuer's", "get a new token from the provider");
        }
        if (matching.stream().noneMatch(key -> isSignedBy(jwt, key))) {
            throw IdentityFindings.untrusted(
                    what,
                    "has a signature that is not its issuer's: it was changed, or made by somebody else",
                    "get a new token from the provider");
        }
    }

    private static boolean isSignedBy(SignedJWT jwt, JWK jwk) {
        try {
            var key = publicKey(jwk);
            return key != null && jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key));
        } catch (JOSEException | IllegalStateException e) {
            return false;
        }
    }

    private static @Nullable Key publicKey(JWK jwk) throws JOSEException {
        return jwk instanceof AsymmetricJWK asymmetric ? asymmetric.toPublicKey() : null;
    }

    private static void requireMeant(String what, IdentityProvider provider, JWTClaimsSet claims) {
        if (!claims.getAudience().contains(provider.audience())) {
            throw IdentityFindings.elsewhere(
                    what,
                    "is meant for " + shown(String.join(", ", claims.getAudience())) + ", and not for "
                            + provider.audience(),
                    "ask the provider for a token with that audience");
        }
    }

    private void requireFresh(String what, JWTClaimsSet claims) {
        var now = time.instant();
        var expires = claims.getExpirationTime();
        var issued = claims.getIssueTime();
        if (expires == null || issued == null) {
            throw IdentityFindings.malformed(what, "does not say when it was issued (iat) and when it expires (exp)");
        }
        if (!now.isBefore(expires.toInstant().plus(LEEWAY))) {
            throw IdentityFindings.staleToken(what, "has expired at " + expires.toInstant() + ", and it is " + now);
        }
        if (issued.toInstant().isBefore(now.minus(OLDEST))) {
            throw IdentityFindings.staleToken(
                    what, "was issued at " + issued.toInstant() + ", which is more than a day ago");
        }
        if (isAhead(issued) || isAhead(claims.getNotBeforeTime())) {
            throw IdentityFindings.staleToken(what, "is not valid yet, and it is " + now);
        }
    }

    private boolean isAhead(@Nullable Date date) {
        return date != null && date.toInstant().isAfter(time.instant().plus(LEEWAY));
    }

    private static String person(String what, IdentityProvider provider, JWTClaimsSet claims) {
        if (!(claims.getClaim(provider.person()) instanceof String name)
                || !NAME.matcher(name).matches()) {
            throw IdentityFindings.untrusted(
                    what,
                    "has no claim \"" + provider.person() + "\" that names a person: 1 to 256 characters of ASCII"
                            + " without spaces",
                    SETTINGS);
        }
        if (provider.person().equals("email") && isFalse(claims.getClaim("email_verified"))) {
            throw IdentityFindings.untrusted(
                    what,
                    "has an email that its issuer has not verified",
                    "have the address verified by the provider, or name people by another claim");
        }
        return name;
    }

    private static boolean isFalse(@Nullable Object claim) {
        return claim != null && !"true".equals(claim.toString());
    }

    /// A group that cannot be a name is none of anybody's.
    private static List<String> names(@Nullable Object claim) {
        var names = new ArrayList<String>();
        for (var each : claim instanceof List<?> list ? list : Collections.singletonList(claim)) {
            if (each instanceof String name && NAME.matcher(name).matches() && names.size() < MOST_GROUPS) {
                names.add(name);
            }
        }
        return names;
    }

    private static Set<String> teams(IdentityProvider provider, JWTClaimsSet claims) {
        var groups = new ArrayList<String>();
        provider.teams().ifPresent(claim -> names(claims.getClaim(claim)).forEach(groups::add));
        return provider.teamsOf(groups);
    }

    /// What a token says before it is believed: short, and without what could be mistaken for our own words.
    private static String shown(@Nullable String claim) {
        if (claim == null) {
            return "nobody";
        }
        var plain = claim.replaceAll("[^!-~]", "?");
        return "\"" + (plain.length() <= 100 ? plain : plain.substring(0, 100) + "…") + "\"";
    }
}
