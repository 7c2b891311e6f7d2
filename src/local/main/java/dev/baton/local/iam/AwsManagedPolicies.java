package dev.baton.local.iam;

import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// The few of AWS's own managed policies that are of use here.
final class AwsManagedPolicies {

    private AwsManagedPolicies() {}

    static List<ManagedPolicy> all(Instant created) {
        return List.of(
                policy("AdministratorAccess", "ANPAAAAAAAAAAAAAAAAAA", created, """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""),
                policy("service-role/AWSLambdaBasicExecutionRole", "ANPAAAAAAAAAAAAAAAAAB", created, """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup",\
                        "logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"""));
    }

    private static ManagedPolicy policy(String name, String id, Instant created, String json) {
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        versions.put(1, new ManagedPolicy.Version(Policy.parse(PolicyKind.IDENTITY, "policy " + name, json), created));
        return new ManagedPolicy("arn:aws:iam::aws:policy/" + name, id, created, "", versions, 1, 1, new TreeMap<>());
    }
}
