package dev.baton.compiler.internal;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.pipeline.CompiledBoundary;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.compiler.reference.PolicyReview;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules for derived policies: what IAM, S3 or the service authorization reference have against the derived
/// policies.
public final class PolicyRules {
    /// Characters of all inline policies of a role together, of a managed policy, of a trust policy and, in bytes, of a
    /// bucket's policy. Trust policies may be allowed 4,096 on demand, which nobody should have to ask for.
    private static final int LONGEST_INLINE = 10_240;

    private static final int LONGEST_MANAGED = 6_144;
    private static final int LONGEST_TRUST = 2_048;
    private static final int LONGEST_BUCKET = 20_480;
    private static final int UUID_LENGTH = 36;

    private final String pipeline;
    private final Substitutions shortest;
    private final Substitutions longest;
    private final List<Diagnostic> findings = new ArrayList<>();

    private PolicyRules(String pipeline, Collection<CompiledBucket> buckets) {
        this.pipeline = pipeline;
        this.shortest = names(buckets, "aws", "us-east-1", 3);
        this.longest = names(buckets, "aws-us-gov", "ap-southeast-1", 63);
    }

    /// The findings about the policies of a pipeline.
    public static List<Diagnostic> of(
            String pipeline,
            Collection<CompiledRole> roles,
            CompiledRole deploy,
            CompiledBoundary boundary,
            Collection<CompiledBucket> buckets) {
        var rules = new PolicyRules(pipeline, buckets);
        roles.forEach(rules::role);
        rules.role(deploy);
        rules.size(
                boundary.name(),
                "policy",
                boundary.policy(),
                LONGEST_MANAGED,
                "let the tasks use fewer different secrets, tables and other resources, or split the pipeline in two");
        buckets.forEach(bucket -> rules.policy(
                "bucket " + bucket.logical(),
                "policy",
                bucket.policy(),
                LONGEST_BUCKET,
                false,
                "let the tasks of the pipeline write to several buckets"));
        // What is wrong with a task's own policy is wrong with the boundary too, and told once.
        var told = rules.findings.stream()
                .filter(finding -> !finding.code().equals("CMP008"))
                .map(Diagnostic::message)
                .collect(Collectors.toSet());
        rules.review(boundary.name(), boundary.policy(), false).stream()
                .filter(finding -> !told.contains(finding.message()))
                .forEach(rules.findings::add);
        return rules.findings.stream().distinct().toList();
    }

    /// Whether a managed policy is short enough wherever it is deployed.
    public static boolean fitsManaged(Map<String, @Nullable Object> policy, Collection<CompiledBucket> buckets) {
        return Json.print(new PolicyRules("", buckets).longest.in(policy)).length() <= LONGEST_MANAGED;
    }

    private void role(CompiledRole role) {
        policy(
                role.name(),
                "policy",
                role.policy(),
                LONGEST_INLINE,
                role.kind() == Kind.TASK,
                "let the task require fewer kinds of inputs, or put an intermediate task between");
        policy(
                role.name(),
                "trust policy",
                role.trust(),
                LONGEST_TRUST,
                false,
                "give the task, its owner or the pipeline a shorter name");
    }

    private void policy(
            String name, String which, Map<String, @Nullable Object> policy, int most, boolean task, String remedy) {
        size(name, which, policy, most, remedy);
        findings.addAll(review(name, policy, task));
    }

    private List<Diagnostic> review(String name, Map<String, @Nullable Object> policy, boolean task) {
        return PolicyReview.of(pipeline + "/" + name, policy, task);
    }

    private void size(String name, String which, Map<String, @Nullable Object> policy, int most, String remedy) {
        var place = pipeline + "/" + name;
        // AWS counts without white space.
        var least = Json.print(shortest.in(policy)).length();
        var longer = Json.print(longest.in(policy)).length();
        if (least > most) {
            findings.add(CompilerFindings.policySize(place, which, least, most, remedy));
        } else if (longer > most) {
            findings.add(CompilerFindings.policyMayBeLong(place, which, longer, most));
        }
    }

    private static Substitutions names(
            Collection<CompiledBucket> buckets, String partition, String region, int bucketLength) {
        var key = "arn:" + partition + ":kms:" + region + ":123456789012:key/" + "0".repeat(UUID_LENGTH);
        var values = new HashMap<String, String>();
        values.put("Partition", partition);
        values.put("Region", region);
        values.put("AccountId", "123456789012");
        values.put("EventBus", "default");
        values.put("MachineKey", key);
        buckets.forEach(each -> {
            values.put(each.placeholder(), "b".repeat(bucketLength));
            values.put(each.keyPlaceholder(), key);
        });
        return new Substitutions(values);
    }
}
