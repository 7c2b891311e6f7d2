package dev.baton.local.sts;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.caller.Session;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.Role;
import dev.baton.local.identity.RoleSessions;
import dev.baton.name.Arn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes sessions of roles: STS without the wire.
///
/// See [AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html) and
/// [Session tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html).
public final class Sessions implements RoleSessions {
    private static final int HOUR = 3_600;

    private final Identities identities;
    private final Authorizer authorizer;

    public Sessions(Identities identities, Authorizer authorizer) {
        this.identities = identities;
        this.authorizer = authorizer;
    }

    @Override
    public AccessKey assumeAsService(String service, String roleArn, String sessionName, RequestContext context) {
        var caller = Caller.service(service, identities.account().region());
        return assume(caller, AssumeRole.of(roleArn, sessionName), context).credentials();
    }

    @Override
    public boolean mayAssumeAsService(String service, String roleArn, RequestContext context) {
        var role = identities.roleByArn(roleArn).orElse(null);
        var caller = Caller.service(service, identities.account().region());
        return role != null
                && authorizer
                        .decide(new AccessRequest(
                                caller,
                                "sts:AssumeRole",
                                roleArn,
                                identities.account().id(),
                                context,
                                role.trust()))
                        .allowed();
    }

    @Override
    public AccessKey assume(Caller caller, String roleArn, String sessionName, RequestContext context) {
        return assume(caller, AssumeRole.of(roleArn, sessionName), context).credentials();
    }

    /// A session as `AssumeRole` gives it.
    ///
    /// @param context of the request, or what a service knows; the keys of STS are added
    /// @throws AwsError what `AssumeRole` answers instead
    /// @throws dev.baton.local.http.AccessDenied when the role's trust policy or the caller's own policies do not
    ///     grant it
    public AssumedRole assume(Caller caller, AssumeRole request, RequestContext context) {
        AssumeRoleCheck.check(request, caller);
        if (caller.principal() instanceof Principal.Root) {
            throw new AwsError(403, "AccessDenied", "Roles may not be assumed by root accounts.");
        }
        if (caller.principal() instanceof Principal.FederatedUser) {
            throw new AwsError(403, "AccessDenied", "Cannot call AssumeRole with federated user credentials");
        }
        var policies = sessionPolicies(request);
        Integer packed = request.isPacked() ? PackedPolicy.percent(request) : null;
        var parent = caller.session();
        var role = identities.roleByArn(request.roleArn()).orElse(null);
        var sourceIdentity = sourceIdentity(request, parent);
        var asked = keys(request, sourceIdentity, role).or(context);
        require(caller, "sts:AssumeRole", request.roleArn(), role, asked);
        boolean inherits = parent != null && !parent.transitiveTagKeys().isEmpty();
        if (!request.tags().isEmpty() || inherits) {
            require(caller, "sts:TagSession", request.roleArn(), role, asked);
        }
        if (sourceIdentity != null) {
            require(caller, "sts:SetSourceIdentity", request.roleArn(), role, asked);
        }
        // No trust policy, no grant: without the role nobody comes this far.
        var granted = Objects.requireNonNull(role);
        int seconds = seconds(request, granted, caller.principal() instanceof Principal.RoleSession);
        var session = new LinkedHashMap<>(request.tags());
        var transitive = new HashSet<>(request.transitiveTagKeys());
        if (parent != null) {
            parent.transitiveTagKeys()
                    .forEach(key -> session.put(
                            key, Objects.requireNonNull(parent.tags().get(key))));
            transitive.addAll(parent.transitiveTagKeys());
        }
        var now = identities.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return open(
                granted,
                request.sessionName(),
                new Session(
                        policies, session, transitive, sourceIdentity, null, Map.of(), now, now.plusSeconds(seconds)),
                packed);
    }

    /// Gives a session its keys.
    AssumedRole open(Role role, String name, Session session, @Nullable Integer packed) {
        var ids = identities.ids();
        var principal = new Principal.RoleSession(
                identities.account().globalArn("sts", "assumed-role/" + role.name() + "/" + name), role.arn());
        var credentials = new AccessKey(
                ids.accessKeyId("ASIA"),
                ids.secret(),
                ids.sessionToken(),
                new Caller(principal, role.id() + ":" + name, session));
        identities.keys().add(credentials);
        return new AssumedRole(credentials, session.expiresAt(), packed, session.sourceIdentity());
    }

    /// A user's session under another name, for `GetFederationToken`. It may do what the user may and its own policies
    /// pass on, and without any of its own only what policies of resources grant it.
    ///
    /// @param asked whose `sessionName` is the name
    /// @throws AwsError what `GetFederationToken` answers instead
    /// @throws dev.baton.local.http.AccessDenied when the user may not ask for one
    FederatedSession federate(Caller caller, AssumeRole asked, RequestContext context) {
        if (caller.session() != null || !(caller.principal() instanceof Principal.User user)) {
            throw new AwsError(403, "AccessDenied", "Cannot call GetFederationToken with session credentials");
        }
        AssumeRoleCheck.federation(asked, caller);
        var policies = sessionPolicies(asked);
        Integer packed = asked.isPacked() ? PackedPolicy.percent(asked) : null;
        var account = identities.account();
        var arn = account.globalArn("sts", "federated-user/" + asked.sessionName());
        authorizer.require(new AccessRequest(caller, "sts:GetFederationToken", arn, account.id(), context, null));
        if (!asked.tags().isEmpty()) {
            authorizer.require(new AccessRequest(
                    caller,
                    "sts:TagSession",
                    arn,
                    account.id(),
                    keys(asked, null, null).or(context),
                    null));
        }
        int seconds = Objects.requireNonNullElse(asked.durationSeconds(), FederatedSession.DEFAULT_SECONDS);
        var now = identities.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        var session =
                new Session(policies, asked.tags(), Set.of(), null, null, Map.of(), now, now.plusSeconds(seconds));
        var ids = identities.ids();
        var credentials = new AccessKey(
                ids.accessKeyId("ASIA"),
                ids.secret(),
                ids.sessionToken(),
                new Caller(
                        new Principal.FederatedUser(arn, user.arn()),
                        account.id() + ":" + asked.sessionName(),
                        session));
        identities.keys().add(credentials);
        return new FederatedSession(credentials, session.expiresAt(), packed);
    }

    /// A user's own session, for `GetSessionToken`.
    AccessKey openFor(Caller user, Instant now, int seconds) {
        var ids = identities.ids();
        var session = new Session(List.of(), Map.of(), Set.of(), null, null, Map.of(), now, now.plusSeconds(seconds));
        var credentials = new AccessKey(
                ids.accessKeyId("ASIA"),
                ids.secret(),
                ids.sessionToken(),
                new Caller(user.principal(), user.userId(), session));
        identities.keys().add(credentials);
        return credentials;
    }

    List<Policy> sessionPolicies(AssumeRole request) {
        var found = new ArrayList<Policy>();
        try {
            if (request.policy() != null) {
                found.add(Policy.parse(PolicyKind.SESSION, "session policy", request.policy()));
            }
        } catch (MalformedPolicy e) {
            throw new AwsError(400, "MalformedPolicyDocument", String.valueOf(e.getMessage()));
        }
        for (var arn : request.policyArns()) {
            found.add(identities
                    .policy(arn)
                    .orElseThrow(() -> new AwsError(
                            400, "MalformedPolicyDocument", "Policy " + arn + " does not exist or is not attachable."))
                    .policy());
        }
        return found;
    }

    void require(Caller caller, String action, String roleArn, @Nullable Role role, RequestContext context) {
        var account = role == null
                ? Arn.parse(roleArn).account()
                : identities.account().id();
        authorizer.require(
                new AccessRequest(caller, action, roleArn, account, context, role == null ? null : role.trust()));
    }

    static int seconds(AssumeRole request, Role role, boolean chained) {
        int seconds = Objects.requireNonNullElse(request.durationSeconds(), HOUR);
        if (seconds > role.maxSessionSeconds()) {
            throw AssumeRoleCheck.invalid(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (chained && seconds > HOUR) {
            throw AssumeRoleCheck.invalid(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return seconds;
    }

    /// Once set it stays through every further session.
    private static @Nullable String sourceIdentity(AssumeRole request, @Nullable Session parent) {
        var inherited = parent == null ? null : parent.sourceIdentity();
        if (inherited != null && request.sourceIdentity() != null && !inherited.equals(request.sourceIdentity())) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    "The source identity of the calling session cannot be changed while roles are chained.");
        }
        return inherited == null ? request.sourceIdentity() : inherited;
    }

    static RequestContext keys(AssumeRole request, @Nullable String sourceIdentity, @Nullable Role role) {
        var keys = RequestContext.builder()
                .put("sts:RoleSessionName", request.sessionName())
                .put("sts:ExternalId", request.externalId())
                .put("sts:SourceIdentity", sourceIdentity)
                .tags("aws:RequestTag", request.tags());
        if (!request.tags().isEmpty()) {
            keys.put("aws:TagKeys", List.copyOf(request.tags().keySet()));
        }
        if (!request.transitiveTagKeys().isEmpty()) {
            keys.put("sts:TransitiveTagKeys", request.transitiveTagKeys());
        }
        if (role != null) {
            keys.tags("aws:ResourceTag", role.grants().tags())
                    .tags("iam:ResourceTag", role.grants().tags());
        }
        return keys.build();
    }
}
