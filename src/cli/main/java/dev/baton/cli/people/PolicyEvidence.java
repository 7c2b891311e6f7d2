package dev.baton.cli.people;

import dev.baton.cli.people.PolicyStore.StoredPolicies;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyAnswer;
import dev.baton.policy.PolicyDifference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The details of evidence about policies.
final class PolicyEvidence {
    private PolicyEvidence() {}

    /// @param resource its id
    static Map<String, @Nullable Object> decision(PolicyAction action, String resource, PolicyAnswer answer) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("action", action.word());
        details.put("resource", resource);
        details.put("allowed", answer.allowed());
        details.put("reason", answer.reason());
        details.put("policies", answer.policies());
        details.put("hash", answer.hash());
        return details;
    }

    static Map<String, @Nullable Object> change(StoredPolicies before, StoredPolicies after) {
        var difference = PolicyDifference.between(before.text(), after.text());
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("before", before.isWritten() ? before.hash() : "default");
        details.put("beforeVersion", before.version());
        details.put("after", after.hash());
        details.put("afterVersion", after.version());
        details.put("added", difference.added());
        details.put("removed", difference.removed());
        details.put("changed", difference.changed());
        return details;
    }
}
