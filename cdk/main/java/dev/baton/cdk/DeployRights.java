package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The rights of CloudFormation, what deploying by CloudFormation takes beyond the resources themselves: to upload code
/// and templates, to change the pipeline's stack, and to look at what it changes. The stacks that pipelines share are
/// an administrator's.
final class DeployRights {
    private DeployRights() {}

    static Map<String, Object> document(Environment environment, CompiledPipeline pipeline) {
        var mine = pipeline.machine().name() + "-*";
        var code = "arn:${Partition}:s3:::" + pipeline.prefix().codeBucket("${AccountId}", "${Region}");
        var stacks = "arn:${Partition}:cloudformation:${Region}:${AccountId}:stack/";
        var statements = new ArrayList<Map<String, Object>>(always(pipeline, mine, code, stacks));
        if (!pipeline.containers().isEmpty()) {
            statements.addAll(containers(pipeline));
        }
        if (environment.network() != null) {
            // Who puts a function into a network must see it, which knows no resource.
            statements.add(allow(
                    "SeeTheNetwork",
                    List.of("ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"),
                    List.of("*")));
        }
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }

    /// To push the image, and what CloudFormation asks for beyond the rights of the compiled role.
    /// What the keys of the parts of all codes of a pipeline begin with.
    private static String codeParts(CompiledPipeline pipeline) {
        var prefixes = pipeline.functions().stream()
                .flatMap(function -> function.taskClass().stream())
                .map(StateKeys::codeParts)
                .sorted()
                .toList();
        var first = prefixes.getFirst();
        var last = prefixes.getLast();
        var length = StateKeys.CODE_PARTS.length();
        while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        return first.substring(0, length);
    }

    private static List<Map<String, Object>> containers(CompiledPipeline pipeline) {
        var mine = pipeline.machine().name() + "-*";
        var ecs = "arn:${Partition}:ecs:${Region}:${AccountId}:";
        return List.of(
                allow(
                        "PushImages",
                        List.of(
                                "ecr:BatchCheckLayerAvailability",
                                "ecr:BatchGetImage",
                                "ecr:CompleteLayerUpload",
                                "ecr:InitiateLayerUpload",
                                "ecr:PutImage",
                                "ecr:UploadLayerPart"),
                        List.of("arn:${Partition}:ecr:${Region}:${AccountId}:repository/${ContainerRepository}")),
                allow("LogInToTheRegistry", List.of("ecr:GetAuthorizationToken"), List.of("*")),
                allow(
                        "SettleContainers",
                        List.of(
                                "ecs:ListTagsForResource",
                                "ecs:UntagResource",
                                "ecs:UpdateCluster",
                                "ecs:UpdateClusterSettings"),
                        List.of(ecs + "cluster/" + pipeline.cluster(), ecs + "task-definition/" + mine)),
                allow(
                        "SettleLogsOfContainers",
                        List.of("logs:ListTagsForResource"),
                        List.of("arn:${Partition}:logs:${Region}:${AccountId}:log-group:/aws/ecs/" + mine)));
    }

    private static List<Map<String, Object>> always(
            CompiledPipeline pipeline, String mine, String code, String stacks) {
        var names = pipeline.prefix();
        return List.of(
                allow(
                        "UploadCode",
                        List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                        List.of(code + "/*")),
                allow(
                        "SeeCode",
                        List.of("s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket"),
                        List.of(code)),
                allow(
                        "ChangeStacks",
                        List.of(
                                "cloudformation:CreateChangeSet",
                                "cloudformation:CreateStack",
                                "cloudformation:DeleteChangeSet",
                                "cloudformation:DescribeChangeSet",
                                "cloudformation:DescribeEvents",
                                "cloudformation:DescribeStackEvents",
                                "cloudformation:DescribeStackResources",
                                "cloudformation:DescribeStacks",
                                "cloudformation:ExecuteChangeSet",
                                "cloudformation:GetTemplate",
                                "cloudformation:TagResource",
                                "cloudformation:UntagResource",
                                "cloudformation:UpdateStack"),
                        // What lies in a stack begins with a capital, as no pipeline's name does.
                        List.of(
                                stacks + names.of(pipeline.name()) + "/*",
                                stacks + names.of(pipeline.name()) + "-Pipeline*/*")),
                // CDK's command looks for its own stack, whether it needs it or not.
                allow(
                        "SeeFoundation",
                        List.of("cloudformation:DescribeStacks", "cloudformation:GetTemplate"),
                        List.of(
                                stacks + names.foundation() + "/*",
                                stacks + names.foundation(pipeline.name()) + "/*",
                                stacks + names.storage() + "/*",
                                stacks + "CDKToolkit/*")),
                // Without a resource: a template is in the request, exports and names of log groups are the
                // account's.
                allow(
                        "ReadTemplates",
                        List.of(
                                "cloudformation:GetTemplateSummary",
                                "cloudformation:ListExports",
                                "cloudformation:ValidateTemplate",
                                "logs:DescribeLogGroups"),
                        List.of("*")),
                // CloudFormation looks at what it makes, at more than it sets.
                allow(
                        "SettleFunctions",
                        List.of(
                                "lambda:DeleteFunctionEventInvokeConfig",
                                "lambda:GetFunctionCodeSigningConfig",
                                "lambda:GetFunctionConcurrency",
                                "lambda:GetFunctionEventInvokeConfig",
                                "lambda:GetFunctionRecursionConfig",
                                "lambda:GetProvisionedConcurrencyConfig",
                                "lambda:GetRuntimeManagementConfig",
                                "lambda:PutFunctionEventInvokeConfig",
                                "lambda:UpdateFunctionEventInvokeConfig"),
                        List.of("arn:${Partition}:lambda:${Region}:${AccountId}:function:" + mine)),
                // What executions still need is not taken away under them.
                allow(
                        "SeeExecutions",
                        List.of("states:DescribeExecution", "states:DescribeStateMachineForExecution"),
                        Stream.of(":*", "/*", "-part-*")
                                .map(tail -> "arn:${Partition}:states:${Region}:${AccountId}:execution:"
                                        + pipeline.machine().name() + tail)
                                .toList()),
                // What was deployed is kept on record, for baton diff and baton drift, and for records of tasks.
                allow(
                        "KeepRecords",
                        List.of("s3:GetObject", "s3:PutObject"),
                        List.of(
                                "arn:${Partition}:s3:::${StateBucket}/deployments/" + pipeline.name() + ".*",
                                "arn:${Partition}:s3:::${StateBucket}/" + codeParts(pipeline) + "*",
                                "arn:${Partition}:s3:::${StateBucket}/" + StateKeys.governed(pipeline.name()))),
                allow(
                        "AddEvidence",
                        List.of("s3:PutObject"),
                        List.of("arn:${Partition}:s3:::${StateBucket}/" + StateKeys.EVIDENCE + "*")),
                allow(
                        "SeePolicies",
                        List.of("s3:GetObject"),
                        List.of("arn:${Partition}:s3:::${StateBucket}/" + StateKeys.policies())),
                // The first policies come with a deployment; who deploys changes none that are there.
                Map.of(
                        "Sid",
                        "BringPolicies",
                        "Effect",
                        "Allow",
                        "Action",
                        List.of("s3:PutObject"),
                        "Resource",
                        List.of("arn:${Partition}:s3:::${StateBucket}/" + StateKeys.policies()),
                        "Condition",
                        Map.of("Null", Map.of("s3:if-none-match", "false"))),
                allow(
                        "SeeChecks",
                        List.of("s3:GetObject"),
                        List.of("arn:${Partition}:s3:::${StateBucket}/" + StateKeys.CHECKS + "*")),
                Map.of(
                        "Sid",
                        "EncryptRecords",
                        "Effect",
                        "Allow",
                        "Action",
                        List.of("kms:Decrypt", "kms:GenerateDataKey"),
                        "Resource",
                        "${StateKey}",
                        "Condition",
                        Map.of("StringEquals", Map.of("kms:ViaService", "s3.${Region}.amazonaws.com"))),
                allow(
                        "SettleQueues",
                        List.of("sqs:ListQueueTags"),
                        List.of("arn:${Partition}:sqs:${Region}:${AccountId}:"
                                + pipeline.machine().name() + "-dead-letters")),
                allow(
                        "SettleAlarms",
                        List.of("cloudwatch:ListTagsForResource"),
                        CompiledPipeline.ALARMS.stream()
                                .map(alarm -> "arn:${Partition}:cloudwatch:${Region}:${AccountId}:alarm:"
                                        + pipeline.machine().name() + "-" + alarm)
                                .toList()));
    }

    private static Map<String, Object> allow(String sid, List<String> actions, List<String> resources) {
        return Map.of("Sid", sid, "Effect", "Allow", "Action", actions, "Resource", resources);
    }
}
