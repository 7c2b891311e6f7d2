package dev.baton.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;

/// A reason for which a rule of good practice ([cdk-nag](https://github.com/cdklabs/cdk-nag), AwsSolutions) does not
/// hold for a resource. It stands in the template's metadata, beside what it is about.
enum Suppression {
    KEYS_OF_OBJECTS(
            "AwsSolutions-IAM5",
            "The star stands for the parameters in an object's key, which only an execution knows. The session policy"
                    + " of each attempt names the keys of its run."),
    VERSIONS(
            "AwsSolutions-IAM5",
            "The star stands for the version of a function or state machine, or for an execution, of this pipeline"
                    + " alone."),
    NO_RESOURCE(
            "AwsSolutions-IAM5",
            "SendTask*, the delivery of logs and X-Ray know no resource. Only the roles that need these actions have"
                    + " them, in statements of their own."),
    CALLED(
            "AwsSolutions-IAM5",
            "The star stands for the id that a service gives to the job that it was asked for, or for the path under one"
                    + " host; to see Batch jobs knows no resource."),
    UNDER_A_BOUNDARY(
            "AwsSolutions-IAM5",
            "A boundary grants nothing: it is the most that the roles of the pipeline can be given, and their own"
                    + " policies name single resources."),
    DEPLOYS(
            "AwsSolutions-IAM5",
            "Whoever deploys makes resources that are not there yet: the star ends names that begin with the"
                    + " pipeline's. Roles it makes bear the boundary."),
    NETWORK(
            "AwsSolutions-IAM5",
            "Network interfaces have no names before they are made. Lambda alone can use these rights: a statement"
                    + " denies them to the function's code."),
    ACCESS_LOGS(
            "AwsSolutions-S1",
            "CloudTrail's data events name the session, and with it pipeline, task and execution; server access logs"
                    + " know none of these and are delivered on a best-effort basis."),
    LOGS_THEMSELVES(
            "AwsSolutions-S1",
            "It holds the logs of accesses. What is in it nobody deletes or replaces, and who reads it is told by the"
                    + " trail of whoever is given the right to."),
    NAMED_IN_TEXT(
            "AwsSolutions-S10",
            "The first statement, OnlyByTls, denies everything without TLS. It names the bucket in text, as all"
                    + " policies of the compiler do, where the rule looks for a reference."),
    CONTAINERS(
            "AwsSolutions-IAM5",
            "The star stands for the streams of a container's log, which ECS names; the password for the registry knows"
                    + " no resource, and opens only what the other statement names."),
    REFERENCES_ONLY(
            "AwsSolutions-ECS2",
            "The variables are references: names of buckets, roles and functions. Secrets are read by the task itself,"
                    + " in the session of its role."),
    AS_IT_WAS(
            "AwsSolutions-IAM5",
            "It is kept as it was deployed, with the stars that were argued for then, until no execution needs it."),
    IS_DEAD_LETTERS("AwsSolutions-SQS3", "It is a dead-letter queue itself.");

    private final String rule;
    private final String reason;

    Suppression(String rule, String reason) {
        this.rule = rule;
        this.reason = reason;
    }

    /// Writes arguments on a resource, one sentence after the other where they are about one rule.
    static void on(CfnResource resource, Suppression... arguments) {
        var rules = new ArrayList<Map<String, String>>();
        for (var rule : List.of(arguments).stream()
                .map(argument -> argument.rule)
                .distinct()
                .toList()) {
            var reasons = List.of(arguments).stream()
                    .filter(argument -> argument.rule.equals(rule))
                    .map(argument -> argument.reason)
                    .toList();
            rules.add(Map.of("id", rule, "reason", String.join(" ", reasons)));
        }
        resource.addMetadata("cdk_nag", Map.of("rules_to_suppress", rules));
    }
}
