package dev.baton.local.iam;

import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Grants;
import dev.baton.local.identity.Identities;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The common ground of IAM's actions: asking for leave, and reading policies and tags.
record IamGate(Identities identities) {
    private static final List<String> RESERVED = List.of("/aws-service-role/", "/aws-reserved/");

    /// @param resource an ARN, or its last part such as `role/CleanOrders`
    void require(ApiCall call, String resource, RequestContext keys) {
        require(call, call.right(), resource, keys);
    }

    /// @param right one of those that the operation may ask for
    void require(ApiCall call, String right, String resource, RequestContext keys) {
        var account = identities.account();
        var arn = resource.startsWith("arn:") || resource.equals("*") ? resource : account.globalArn("iam", resource);
        call.require(right, arn, account.id(), keys, null);
    }

    /// The keys of a role or user that is there already, and of the boundary that it has.
    static RequestContext keys(Grants grants) {
        return boundary(grants.boundary())
                .tags("iam:ResourceTag", grants.tags())
                .tags("aws:ResourceTag", grants.tags())
                .build();
    }

    static RequestContext.Builder boundary(@Nullable String arn) {
        return RequestContext.builder().put("iam:PermissionsBoundary", arn);
    }

    static RequestContext requestTags(RequestContext.Builder keys, Map<String, String> tags) {
        return keys.requestTags(tags).build();
    }

    /// @throws dev.baton.local.http.AwsError `MalformedPolicyDocument`
    Policy policy(PolicyKind kind, String name, String json) {
        try {
            return Policy.parse(kind, name, json);
        } catch (MalformedPolicy e) {
            throw IamErrors.malformed(String.valueOf(e.getMessage()));
        }
    }

    /// A trust policy; the roles and users of this account that it names have to be there.
    Policy trust(String role, String json) {
        var policy = policy(PolicyKind.TRUST, "trust policy of role " + role, json);
        for (var arn : policy.namedPrincipals()) {
            var own = arn.startsWith(identities.account().globalArn("iam", ""));
            if (own
                    && identities.roleByArn(arn).isEmpty()
                    && identities.userByArn(arn).isEmpty()) {
                throw IamErrors.malformed("Invalid principal in policy: \"AWS\":\"" + arn + "\"");
            }
        }
        if (size(json) > 2_048) {
            throw IamErrors.quota("ACLSizePerRole", 2_048);
        }
        return policy;
    }

    /// The characters that count against a limit: blanks do not.
    static int size(String json) {
        return (int) json.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    void boundaryExists(@Nullable String arn) {
        if (arn != null && identities.policy(arn).isEmpty()) {
            throw IamErrors.noSuchBoundary(arn);
        }
    }

    /// Refuses the paths of what AWS makes in an account: roles of services and of IAM Identity Center.
    static void notReserved(String path) {
        for (var reserved : RESERVED) {
            if (path.startsWith(reserved)) {
                throw IamErrors.reservedPath(reserved);
            }
        }
    }

    /// A time as IAM answers it: to the second.
    static String date(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, String> tags(ApiInput input) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : input.objects("Tags")) {
            if (tags.put(tag.require("Key"), tag.require("Value")) != null) {
                throw IamErrors.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw IamErrors.invalid("aws: prefixed tag key names are not allowed for external use.");
        }
        return tags;
    }

    static void writeTags(SortedMap<String, String> tags, Xml result) {
        result.open("Tags");
        tags.forEach((key, value) -> result.open("member")
                .element("Key", key)
                .element("Value", value)
                .close());
        result.close();
    }
}
