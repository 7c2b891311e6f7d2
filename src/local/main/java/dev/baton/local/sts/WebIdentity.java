package dev.baton.local.sts;

import dev.baton.local.caller.Caller;
import dev.baton.local.caller.Session;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.OidcProvider;
import dev.baton.local.identity.Role;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sessions for those whom an identity provider vouches for.
///
/// The token's issuer has to be a provider of the account, its audience one of the provider's client ids, its signature
/// by a key that the issuer publishes, and the time before its end. Only then the role's trust policy is asked, with
/// the claims that are [keys][TokenKeys].
///
/// See
/// [AssumeRoleWithWebIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
public final class WebIdentity {
    private static final String TAGS = "https://aws.amazon.com/tags";
    private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";

    private final Identities identities;
    private final Authorizer authorizer;
    private final Sessions sessions;
    private final Issuers issuers;

    public WebIdentity(Identities identities, Authorizer authorizer, Sessions sessions, Issuers issuers) {
        this.identities = identities;
        this.authorizer = authorizer;
        this.sessions = sessions;
        this.issuers = issuers;
    }

    /// A session, and whom it is for.
    record Vouched(AssumedRole assumed, String subject, String audience, String provider) {}

    /// @param request its tags and source identity are those of the token
    Vouched assume(AssumeRole request, String token, RequestContext context) {
        var jwt = Jwt.parse(token);
        if (jwt == null) {
            throw invalidToken(
                    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        }
        var provider = provider(jwt);
        verify(jwt, provider);
        var audience = audience(jwt, provider);
        var subject = Objects.requireNonNull(jwt.text("sub"));
        var asked = withClaims(request, jwt);
        AssumeRoleCheck.check(asked, Caller.ANONYMOUS);
        var policies = sessions.sessionPolicies(asked);
        Integer packed = asked.isPacked() ? PackedPolicy.percent(asked) : null;
        var role = identities.roleByArn(asked.roleArn()).orElse(null);
        var claims = TokenKeys.ofSession(provider.name(), audience, jwt);
        var keys = RequestContext.of(claims)
                .or(RequestContext.of(TokenKeys.ofTrust(provider.name(), jwt)))
                .or(RequestContext.builder()
                        .put("aws:FederatedProvider", provider.arn())
                        .build())
                .or(Sessions.keys(asked, asked.sourceIdentity(), role))
                .or(context);
        require("sts:AssumeRoleWithWebIdentity", provider, role, asked.roleArn(), keys);
        if (!asked.tags().isEmpty()) {
            require("sts:TagSession", provider, role, asked.roleArn(), keys);
        }
        if (asked.sourceIdentity() != null) {
            require("sts:SetSourceIdentity", provider, role, asked.roleArn(), keys);
        }
        var granted = Objects.requireNonNull(role);
        var now = identities.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        var session = new Session(
                policies,
                asked.tags(),
                Set.copyOf(asked.transitiveTagKeys()),
                asked.sourceIdentity(),
                provider.arn(),
                claims,
                now,
                now.plusSeconds(Sessions.seconds(asked, granted, false)));
        return new Vouched(
                sessions.open(granted, asked.sessionName(), session, packed), subject, audience, provider.arn());
    }

    private OidcProvider provider(Jwt jwt) {
        for (var claim : List.of("iss", "sub", "exp", "iat")) {
            if (jwt.claims().get(claim) == null) {
                throw invalidToken("Missing a required claim: " + claim);
            }
        }
        var issuer = Objects.requireNonNullElse(jwt.text("iss"), "");
        return identities.providers().stream()
                .filter(each -> each.url().equals(issuer))
                .findFirst()
                .orElseThrow(() -> invalidToken("No OpenIDConnect provider found in your account for " + issuer));
    }

    /// Of several audiences the authorized party counts.
    private static String audience(Jwt jwt, OidcProvider provider) {
        var audiences = jwt.texts("aud");
        var party = jwt.text("azp");
        var audience = party != null ? party : audiences.isEmpty() ? "" : audiences.getFirst();
        if (!provider.clientIds().contains(audience) || (party == null && audiences.size() != 1)) {
            throw invalidToken("Incorrect token audience");
        }
        return audience;
    }

    private void verify(Jwt jwt, OidcProvider provider) {
        try {
            var keys = issuers.keys(provider.url(), jwt.keyId()).candidates(jwt.keyId());
            if (keys.isEmpty()) {
                throw invalidToken("Couldn't retrieve verification key from your identity provider,  please reference"
                        + " AssumeRoleWithWebIdentity documentation for requirements");
            }
            if (keys.stream().noneMatch(jwt::isSignedBy)) {
                throw invalidToken("The ID Token's signature could not be verified");
            }
        } catch (IOException e) {
            throw new AwsError(
                    400, "IDPCommunicationError", "Could not reach the identity provider: " + e.getMessage());
        }
        long now = identities.clock().instant().getEpochSecond();
        long until = Objects.requireNonNullElse(jwt.number("exp"), 0L);
        if (now >= until) {
            throw new AwsError(
                    400,
                    "ExpiredTokenException",
                    "Token expired: current date/time " + now + " must be before the expiration date/time " + until);
        }
        long from = Objects.requireNonNullElse(jwt.number("nbf"), 0L);
        if (now < from) {
            throw invalidToken("Token is not valid before " + from);
        }
    }

    private void require(
            String action, OidcProvider provider, @Nullable Role role, String roleArn, RequestContext keys) {
        var caller = new Caller(new Principal.Federated(provider.arn()), provider.arn(), null);
        var decision = authorizer.decide(new AccessRequest(
                caller, action, roleArn, identities.account().id(), keys, role == null ? null : role.trust()));
        if (role == null || !decision.allowed()) {
            // AWS tells somebody from outside no more than this.
            throw new AwsError(403, "AccessDenied", "Not authorized to perform " + action);
        }
    }

    /// Session tags and source identity come as claims, signed like the rest.
    private static AssumeRole withClaims(AssumeRole request, Jwt jwt) {
        var tags = new LinkedHashMap<String, String>();
        var claim = jwt.claims().get(TAGS) instanceof Map<?, ?> map ? map : Map.of();
        if (claim.get("principal_tags") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> {
                if (value instanceof List<?> values && values.size() == 1) {
                    tags.put(String.valueOf(key), String.valueOf(values.getFirst()));
                } else {
                    throw invalidToken("A session tag has exactly one value");
                }
            });
        }
        var transitive = claim.get("transitive_tag_keys") instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : List.<String>of();
        return new AssumeRole(
                request.roleArn(),
                request.sessionName(),
                request.durationSeconds(),
                null,
                request.policy(),
                request.policyArns(),
                tags,
                transitive,
                jwt.text(SOURCE_IDENTITY));
    }

    private static AwsError invalidToken(String message) {
        return new AwsError(400, "InvalidIdentityToken", message);
    }
}
