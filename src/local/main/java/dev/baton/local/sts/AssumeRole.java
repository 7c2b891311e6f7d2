package dev.baton.local.sts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request of `AssumeRole`. Null stands for what was left out.
///
/// @param durationSeconds 900 to 43,200; 3,600 where it was left out
/// @param policy the session policy, JSON
/// @param policyArns managed policies that narrow the session
/// @param tags the session's tags, in their order
/// @param transitiveTagKeys those of them that a further session inherits
public record AssumeRole(
        String roleArn,
        String sessionName,
        @Nullable Integer durationSeconds,
        @Nullable String externalId,
        @Nullable String policy,
        List<String> policyArns,
        Map<String, String> tags,
        List<String> transitiveTagKeys,
        @Nullable String sourceIdentity) {

    public static AssumeRole of(String roleArn, String sessionName) {
        return new AssumeRole(roleArn, sessionName, null, null, null, List.of(), Map.of(), List.of(), null);
    }

    /// The request as AWS's model has it, without the managed policies.
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("RoleArn", roleArn);
        members.put("RoleSessionName", sessionName);
        putIf(members, "DurationSeconds", durationSeconds);
        putIf(members, "ExternalId", externalId);
        putIf(members, "Policy", policy);
        putIf(members, "SourceIdentity", sourceIdentity);
        members.put(
                "Tags",
                tags.entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList());
        members.put("TransitiveTagKeys", transitiveTagKeys);
        return members;
    }

    /// The request as AWS's model has that of `GetFederationToken`, without the managed policies.
    Map<String, Object> federation() {
        var members = new LinkedHashMap<String, Object>();
        members.put("Name", sessionName);
        putIf(members, "DurationSeconds", durationSeconds);
        putIf(members, "Policy", policy);
        members.put("Tags", members().get("Tags"));
        return members;
    }

    private static void putIf(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /// Whether there is something that takes room in the session token.
    boolean isPacked() {
        return policy != null || !policyArns.isEmpty() || !tags.isEmpty();
    }
}
