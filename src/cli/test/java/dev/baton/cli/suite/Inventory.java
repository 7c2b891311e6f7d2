package dev.baton.cli.suite;

import dev.baton.cli.deploy.read.Endpoint;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.kms.model.KeyState;

/// Everything at an endpoint that a deployment may have made, by kind and name: what begins with `baton`, and keys.
final class Inventory {
    private Inventory() {}

    static TreeSet<String> of(Endpoint aws, LogGroups logs) {
        var all = new TreeSet<String>();
        aws.s3().listBuckets().buckets().forEach(bucket -> all.add("bucket " + bucket.name()));
        aws.iam().listRolesPaginator().roles().forEach(role -> all.add("role " + role.roleName()));
        aws.iam()
                .listPoliciesPaginator(request -> request.scope(PolicyScopeType.LOCAL))
                .policies()
                .forEach(policy -> all.add("policy " + policy.policyName()));
        aws.lambda()
                .listFunctionsPaginator()
                .functions()
                .forEach(function -> all.add("function " + function.functionName()));
        aws.states()
                .listStateMachinesPaginator()
                .stateMachines()
                .forEach(machine -> all.add("state machine " + machine.name()));
        aws.events().listRules(request -> {}).rules().forEach(rule -> all.add("rule " + rule.name()));
        aws.kms().listAliasesPaginator().aliases().forEach(alias -> all.add("alias " + alias.aliasName()));
        logs.named("/aws/lambda/baton").forEach(group -> all.add("log group " + group));
        all.removeIf(each -> !each.contains("baton"));
        aws.kms().listKeysPaginator().keys().stream()
                .map(key -> aws.kms()
                        .describeKey(request -> request.keyId(key.keyId()))
                        .keyMetadata())
                .filter(key -> key.keyState() != KeyState.PENDING_DELETION)
                .forEach(key -> all.add("key " + key.keyId()));
        return all;
    }
}
