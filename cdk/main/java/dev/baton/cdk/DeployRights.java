package dev.baton.cdk;

import dev.baton.compiler.CompiledPipeline;
import java.util.List;
import java.util.Map;

/// What deploying by CloudFormation takes beyond the resources themselves: to upload code and templates, and to change
/// the stack of the buckets.
final class DeployRights {
    private static final String CODE = "arn:${Partition}:s3:::" + BatonFoundation.codeBucket("${AccountId}", "${Region}");

    private DeployRights() {}

    static Map<String, Object> document(CompiledPipeline pipeline) {
        var stacks = "arn:${Partition}:cloudformation:${Region}:${AccountId}:stack/";
        return Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                        allow("UploadCode", List.of("s3:GetObject", "s3:PutObject"), List.of(CODE + "/*")),
                        allow(
                                "SeeCode",
                                List.of("s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket"),
                                List.of(CODE)),
                        allow(
                                "ChangeStacks",
                                List.of(
                                        "cloudformation:CreateChangeSet",
                                        "cloudformation:CreateStack",
                                        "cloudformation:DeleteChangeSet",
                                        "cloudformation:DescribeChangeSet",
                                        "cloudformation:DescribeEvents",
                                        "cloudformation:DescribeStackEvents",
                                        "cloudformation:DescribeStacks",
                                        "cloudformation:ExecuteChangeSet",
                                        "cloudformation:GetTemplate",
                                        "cloudformation:TagResource",
                                        "cloudformation:UntagResource",
                                        "cloudformation:UpdateStack"),
                                List.of(
                                        stacks + BatonApp.STORAGE + "/*",
                                        stacks + BatonApp.stackOf(pipeline.name()) + "/*",
                                        stacks + BatonApp.stackOf(pipeline.name()) + "-*/*")),
                        allow(
                                "SeeFoundation",
                                List.of("cloudformation:DescribeStacks", "cloudformation:GetTemplate"),
                                List.of(stacks + BatonApp.FOUNDATION + "/*")),
                        // Without a resource: the template is in the request, exports are the account's.
                        allow(
                                "ReadTemplates",
                                List.of(
                                        "cloudformation:GetTemplateSummary",
                                        "cloudformation:ListExports",
                                        "cloudformation:ValidateTemplate"),
                                List.of("*"))));
    }

    private static Map<String, Object> allow(String sid, List<String> actions, List<String> resources) {
        return Map.of("Sid", sid, "Effect", "Allow", "Action", actions, "Resource", resources);
    }
}
