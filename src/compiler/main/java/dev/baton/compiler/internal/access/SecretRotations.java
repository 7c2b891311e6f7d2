package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.machine.RotationMachine;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.run.StateKeys;
import dev.baton.task.Access;
import dev.baton.task.RotationTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The secrets of a pipeline that are rotated when a task completes, and the roles for that: one with which EventBridge
/// starts executions, and for each secret one that may rotate this secret and no other, and read the value of none.
///
/// @param terms by the name of the secret
public record SecretRotations(String pipeline, ResourceNames names, SortedMap<String, RotationTerms> terms) {
    /// The role of EventBridge, after the pipeline's name.
    private static final String STARTING = "by-completion";

    private static final int DIGITS = 8;

    /// Those of some classes.
    public static SecretRotations of(String pipeline, ResourceNames names, List<TaskClass> classes) {
        var terms = new TreeMap<String, RotationTerms>();
        for (var type : classes) {
            for (var access : type.uses()) {
                if (access instanceof Access.Secret secret) {
                    secret.rotation().ifPresent(rotation -> terms.put(secret.name(), rotation));
                }
            }
        }
        return new SecretRotations(pipeline, names, terms);
    }

    /// All of them, sorted by the names of the secrets.
    public List<CompiledRotation> all() {
        return terms.entrySet().stream()
                .map(each -> new CompiledRotation(
                        name(each.getKey()),
                        each.getKey(),
                        RotationMachine.of(pipeline, each.getKey(), each.getValue()),
                        pattern(each.getValue()),
                        names.own(STARTING)))
                .toList();
    }

    private Map<String, @Nullable Object> pattern(RotationTerms rotation) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("pipeline", List.of(pipeline));
        detail.put("task", List.of(rotation.after().getName()));
        var pattern = new LinkedHashMap<String, @Nullable Object>();
        pattern.put("source", List.of(names.source()));
        pattern.put("detail-type", List.of("Task Completed"));
        pattern.put("detail", detail);
        return pattern;
    }

    List<CompiledRole> roles() {
        var roles = new ArrayList<CompiledRole>();
        terms.forEach((secret, rotation) -> roles.add(role(secret, rotation)));
        if (!terms.isEmpty()) {
            roles.add(starting());
        }
        return roles;
    }

    private CompiledRole role(String secret, RotationTerms rotation) {
        var statements = new ArrayList<>(rights(secret, rotation));
        statements.add(evidence());
        statements.add(KeyRights.encrypt(List.of(CompiledBucket.STATE)));
        statements.add(PolicyStatement.allow("LogExecutions", StatesRole.LOG_DELIVERY, List.of("*")));
        statements.add(PolicyStatement.allow("TraceExecutions", StatesRole.TRACES, List.of("*")));
        return new CompiledRole(
                name(secret),
                names.rolePath(),
                CompiledRole.Kind.ROTATION,
                trust("RunByStepFunctions", "states", List.of(ResourceNames.machineArn(name(secret)))),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }

    private CompiledRole starting() {
        return new CompiledRole(
                names.own(STARTING),
                names.rolePath(),
                CompiledRole.Kind.RULE,
                trust(
                        "StartByRules",
                        "events",
                        terms.keySet().stream()
                                .map(secret -> "arn:${Partition}:events:${Region}:${AccountId}:rule/*" + name(secret))
                                .toList()),
                PolicyStatement.policy(List.of(start())),
                names.boundaryArn());
    }

    private static Map<String, @Nullable Object> trust(String sid, String service, List<String> sources) {
        return PolicyStatement.trust(
                "Service",
                service + ".amazonaws.com",
                List.of(PolicyStatement.allow(sid, List.of("sts:AssumeRole"), List.of())
                        .when("ArnLike", "aws:SourceArn", sources)
                        .when("StringEquals", "aws:SourceAccount", List.of("${AccountId}"))));
    }

    /// What its boundary must let the roles do.
    List<PolicyStatement> bounds() {
        if (terms.isEmpty()) {
            return List.of();
        }
        var statements = new ArrayList<PolicyStatement>();
        terms.forEach((secret, rotation) -> statements.addAll(rights(secret, rotation)));
        statements.add(start());
        statements.add(evidence());
        return statements;
    }

    /// What is written down of rotations, which others write to as well.
    private static PolicyStatement evidence() {
        return PolicyStatement.allow(
                "AddEvidence", List.of("s3:PutObject"), List.of(StateObjects.arn(StateKeys.EVIDENCE + "*")));
    }

    /// To see which version of each is current, and no value.
    List<PolicyStatement> seen() {
        return terms.isEmpty()
                ? List.of()
                : List.of(PolicyStatement.allow(
                        "SeeVersionsOfSecrets",
                        List.of("secretsmanager:DescribeSecret"),
                        terms.keySet().stream().map(SecretRotations::arn).toList()));
    }

    private List<PolicyStatement> rights(String secret, RotationTerms rotation) {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "RotateTheSecret",
                List.of(
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:ListSecretVersionIds",
                        "secretsmanager:RotateSecret"),
                List.of(arn(secret))));
        if (rotation.grace().isPresent()) {
            statements.add(PolicyStatement.allow(
                            "RetireTheVersionBefore",
                            List.of("secretsmanager:UpdateSecretVersionStage"),
                            List.of(arn(secret)))
                    .when("StringEquals", "secretsmanager:VersionStage", List.of("AWSPREVIOUS")));
        }
        // Secrets Manager asks whoever has a secret rotated for this right, too.
        rotation.function()
                .ifPresent(function -> statements.add(PolicyStatement.allow(
                        "HaveItsFunctionCalled",
                        List.of("lambda:InvokeFunction"),
                        List.of(ResourceNames.functionArn(function)))));
        return statements;
    }

    private PolicyStatement start() {
        return PolicyStatement.allow(
                "StartRotations",
                List.of("states:StartExecution"),
                terms.keySet().stream()
                        .map(secret -> ResourceNames.machineArn(name(secret)))
                        .toList());
    }

    static String arn(String secret) {
        return "arn:${Partition}:secretsmanager:${Region}:${AccountId}:secret:" + secret + "-??????";
    }

    private String name(String secret) {
        return names.rotation(ResourceNames.hash(secret, DIGITS));
    }
}
