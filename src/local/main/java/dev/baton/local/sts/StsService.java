package dev.baton.local.sts;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.identity.Identities;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.QueryService;
import dev.baton.local.service.Service;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The STS API.
public final class StsService {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final int DAY = 86_400;

    private final Identities identities;
    private final Sessions sessions;
    private final WebIdentity webIdentity;

    private StsService(Identities identities, Sessions sessions, WebIdentity webIdentity) {
        this.identities = identities;
        this.sessions = sessions;
        this.webIdentity = webIdentity;
    }

    public static Service of(Foundation foundation, Sessions sessions) {
        var identities = foundation.identities();
        var issuers = new Issuers(foundation.clock());
        var sts = new StsService(
                identities, sessions, new WebIdentity(identities, foundation.authorizer(), sessions, issuers));
        return new QueryService(
                "sts",
                NAMESPACE,
                foundation.authorizer(),
                List.of(
                        ApiOperation.reading(
                                "AssumeRole",
                                sts::assumeRole,
                                "sts:AssumeRole",
                                "sts:TagSession",
                                "sts:SetSourceIdentity"),
                        ApiOperation.reading(
                                "AssumeRoleWithWebIdentity",
                                sts::assumeRoleWithWebIdentity,
                                "sts:AssumeRoleWithWebIdentity",
                                "sts:TagSession",
                                "sts:SetSourceIdentity"),
                        ApiOperation.free("GetCallerIdentity", sts::getCallerIdentity),
                        ApiOperation.reading(
                                "GetFederationToken",
                                sts::getFederationToken,
                                "sts:GetFederationToken",
                                "sts:TagSession"),
                        ApiOperation.free("GetSessionToken", sts::getSessionToken),
                        ApiOperation.free("GetAccessKeyInfo", sts::getAccessKeyInfo)),
                Set.of("AssumeRoleWithWebIdentity"));
    }

    private void assumeRole(ApiInput input, ApiCall call, Xml result) {
        var asked = new AssumeRole(
                input.require("RoleArn"),
                input.require("RoleSessionName"),
                input.integer("DurationSeconds"),
                input.text("ExternalId"),
                input.text("Policy"),
                policyArns(input),
                tags(input),
                input.texts("TransitiveTagKeys"),
                input.text("SourceIdentity"));
        var assumed = sessions.assume(call.caller(), asked, call.context());
        write(assumed, result);
        result.elementIf("SourceIdentity", assumed.sourceIdentity());
    }

    private void assumeRoleWithWebIdentity(ApiInput input, ApiCall call, Xml result) {
        var token = input.require("WebIdentityToken");
        if (input.text("ProviderId") != null) {
            throw new AwsError(
                    400, "InvalidParameter", "ProviderId is for OAuth 2.0 access tokens, which are not taken.");
        }
        var asked = new AssumeRole(
                input.require("RoleArn"),
                input.require("RoleSessionName"),
                input.integer("DurationSeconds"),
                null,
                input.text("Policy"),
                policyArns(input),
                Map.of(),
                List.of(),
                null);
        var vouched = webIdentity.assume(asked, token, call.context());
        write(vouched.assumed(), result);
        result.elementIf("SourceIdentity", vouched.assumed().sourceIdentity())
                .element("SubjectFromWebIdentityToken", vouched.subject())
                .element("Audience", vouched.audience())
                .element("Provider", vouched.provider());
    }

    private void getFederationToken(ApiInput input, ApiCall call, Xml result) {
        var name = input.require("Name");
        var asked = new AssumeRole(
                "",
                name,
                input.integer("DurationSeconds"),
                null,
                input.text("Policy"),
                policyArns(input),
                tags(input),
                List.of(),
                null);
        var session = sessions.federate(call.caller(), asked, call.context());
        credentials(session.credentials(), session.expiration(), result);
        result.open("FederatedUser")
                .element("FederatedUserId", session.credentials().caller().userId())
                .element("Arn", session.credentials().caller().arn())
                .close();
        if (session.packedPolicySize() != null) {
            result.element("PackedPolicySize", session.packedPolicySize());
        }
    }

    private static List<String> policyArns(ApiInput input) {
        return input.objects("PolicyArns").stream()
                .map(arn -> arn.require("arn"))
                .toList();
    }

    static void write(AssumedRole assumed, Xml result) {
        credentials(assumed.credentials(), assumed.expiration(), result);
        result.open("AssumedRoleUser")
                .element("AssumedRoleId", assumed.id())
                .element("Arn", assumed.arn())
                .close();
        if (assumed.packedPolicySize() != null) {
            result.element("PackedPolicySize", assumed.packedPolicySize());
        }
    }

    private static void credentials(AccessKey credentials, Instant expiration, Xml result) {
        result.open("Credentials")
                .element("AccessKeyId", credentials.accessKeyId())
                .element("SecretAccessKey", credentials.secretAccessKey())
                .element("SessionToken", Objects.requireNonNull(credentials.sessionToken()))
                .element("Expiration", expiration.toString())
                .close();
    }

    /// Everybody may ask who they are: AWS asks for no right, and no policy can take it away.
    private void getCallerIdentity(ApiInput input, ApiCall call, Xml result) {
        var caller = call.caller();
        result.element("Arn", caller.arn()).element("UserId", caller.userId()).element("Account", caller.account());
    }

    /// No right is needed for this one either; only keys of the user's own will do.
    private void getSessionToken(ApiInput input, ApiCall call, Xml result) {
        var caller = call.caller();
        if (caller.session() != null || !(caller.principal() instanceof Principal.User)) {
            throw new AwsError(403, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        }
        var duration = input.integer("DurationSeconds");
        int seconds = Objects.requireNonNullElse(duration, DAY / 2);
        var now = identities.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        credentials(sessions.openFor(caller, now, seconds), now.plusSeconds(seconds), result);
    }

    private void getAccessKeyInfo(ApiInput input, ApiCall call, Xml result) {
        var id = input.require("AccessKeyId");
        result.element("Account", identities.account().id());
    }

    static Map<String, String> tags(ApiInput input) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : input.objects("Tags")) {
            if (tags.put(tag.require("Key"), tag.require("Value")) != null) {
                throw AssumeRoleCheck.invalid(
                        "InvalidParameterValue",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return tags;
    }
}
