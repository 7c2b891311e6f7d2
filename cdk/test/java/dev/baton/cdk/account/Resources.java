package dev.baton.cdk.account;

import static dev.baton.cdk.account.Template.object;
import static dev.baton.cdk.account.Template.objects;
import static dev.baton.cdk.account.Template.text;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.local.http.Account;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// What CloudFormation does for each type of resource: the calls that make it, bring it up to date, and take it away.
///
/// Of what the embedded AWS has no service for (queues, topics, alarms, groups of logs, budgets) only the name is kept.
final class Resources {
    private final Endpoint aws;
    private final Account account;
    private final Function<String, String> imports;
    private final Map<String, Stack> nested = new LinkedHashMap<>();

    Resources(Endpoint aws, Account account, Function<String, String> imports) {
        this.aws = aws;
        this.account = account;
        this.imports = imports;
    }

    /// What is there now.
    record Made(String id, Map<String, String> attributes) {}

    Made put(
            String type,
            String stack,
            String logical,
            Map<String, @Nullable Object> wanted,
            @Nullable Resource before) {
        return switch (type) {
            case "AWS::CloudFormation::Stack" -> nested(stack + "-" + logical, wanted);
            case "AWS::S3::Bucket" -> bucket(wanted, before == null);
            case "AWS::S3::BucketPolicy" -> bucketPolicy(wanted);
            case "AWS::KMS::Key" -> key(wanted, before);
            case "AWS::KMS::Alias" -> alias(wanted, before == null);
            case "AWS::IAM::ManagedPolicy" -> managedPolicy(wanted, before);
            case "AWS::IAM::Role" -> role(wanted, before == null);
            case "AWS::IAM::OIDCProvider" -> provider(wanted);
            case "AWS::Lambda::Function" -> function(wanted, before);
            case "AWS::Lambda::Version" -> functionVersion(wanted);
            case "AWS::Lambda::Permission" -> permission(logical, wanted);
            case "AWS::Lambda::EventInvokeConfig" -> results(wanted);
            case "AWS::Events::Rule" -> rule(wanted);
            case "AWS::StepFunctions::StateMachine" -> machine(wanted, before);
            case "AWS::StepFunctions::StateMachineVersion" -> machineVersion(wanted);
            case "AWS::StepFunctions::StateMachineAlias" -> machineAlias(wanted, before);
            case "AWS::SQS::Queue" -> {
                var name = text(wanted.get("QueueName"));
                yield new Made(name, Map.of("Arn", account.arn("sqs", name), "QueueName", name));
            }
            case "AWS::Logs::LogGroup" -> {
                var name = text(wanted.get("LogGroupName"));
                yield new Made(name, Map.of("Arn", account.arn("logs", "log-group:" + name + ":*")));
            }
            case "AWS::SNS::Topic" -> new Made(account.arn("sns", text(wanted.get("TopicName"))), Map.of());
            case "AWS::SNS::TopicPolicy",
                    "AWS::SNS::Subscription",
                    "AWS::SQS::QueuePolicy",
                    "AWS::CloudWatch::Alarm",
                    "AWS::Budgets::Budget" -> new Made(stack + "-" + logical, Map.of());
            default -> throw new IllegalArgumentException("no " + type + " is known here");
        };
    }

    void remove(Resource resource) {
        var id = resource.id();
        switch (resource.type()) {
            case "AWS::CloudFormation::Stack" -> nested.get(id).delete();
            case "AWS::S3::Bucket" -> aws.s3().deleteBucket(r -> r.bucket(id));
            case "AWS::S3::BucketPolicy" ->
                aws.s3()
                        .deleteBucketPolicy(
                                r -> r.bucket(text(resource.properties().get("Bucket"))));
            case "AWS::KMS::Key" -> aws.kms().scheduleKeyDeletion(r -> r.keyId(id));
            case "AWS::KMS::Alias" -> aws.kms().deleteAlias(r -> r.aliasName(id));
            case "AWS::IAM::ManagedPolicy" -> {
                aws.iam().listPolicyVersions(r -> r.policyArn(id)).versions().stream()
                        .filter(version -> !version.isDefaultVersion())
                        .forEach(version -> aws.iam()
                                .deletePolicyVersion(r -> r.policyArn(id).versionId(version.versionId())));
                aws.iam().deletePolicy(r -> r.policyArn(id));
            }
            case "AWS::IAM::Role" -> {
                aws.iam()
                        .listAttachedRolePolicies(r -> r.roleName(id))
                        .attachedPolicies()
                        .forEach(policy ->
                                aws.iam().detachRolePolicy(r -> r.roleName(id).policyArn(policy.policyArn())));
                aws.iam()
                        .listRolePolicies(r -> r.roleName(id))
                        .policyNames()
                        .forEach(policy ->
                                aws.iam().deleteRolePolicy(r -> r.roleName(id).policyName(policy)));
                aws.iam().deleteRole(r -> r.roleName(id));
            }
            case "AWS::IAM::OIDCProvider" -> aws.iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(id));
            case "AWS::Lambda::Function" -> aws.lambda().deleteFunction(r -> r.functionName(id));
            case "AWS::Events::Rule" -> {
                var targets = aws.events().listTargetsByRule(r -> r.rule(id)).targets();
                aws.events()
                        .removeTargets(r -> r.rule(id)
                                .ids(targets.stream().map(target -> target.id()).toList()));
                aws.events().deleteRule(r -> r.name(id));
            }
            case "AWS::StepFunctions::StateMachine" -> aws.states().deleteStateMachine(r -> r.stateMachineArn(id));
            case "AWS::StepFunctions::StateMachineAlias" ->
                aws.states().deleteStateMachineAlias(r -> r.stateMachineAliasArn(id));
            default -> {
                // It goes with what it belongs to, or was never there.
            }
        }
    }

    private Made nested(String name, Map<String, @Nullable Object> wanted) {
        var parameters = new LinkedHashMap<String, String>();
        object(wanted.get("Parameters")).forEach((parameter, value) -> parameters.put(parameter, text(value)));
        var stack = nested.computeIfAbsent(name, fresh -> new Stack(fresh, account, this, imports));
        stack.deploy(template(text(wanted.get("TemplateURL"))), parameters);
        var attributes = new LinkedHashMap<String, String>();
        stack.outputs().forEach((output, value) -> attributes.put("Outputs." + output, value));
        return new Made(name, attributes);
    }

    /// The template at an address of S3, with the bucket in the path.
    String template(String address) {
        var path = URI.create(address).getPath().split("/", 3);
        return aws.s3().getObjectAsBytes(r -> r.bucket(path[1]).key(path[2])).asUtf8String();
    }

    private Made bucket(Map<String, @Nullable Object> wanted, boolean fresh) {
        var s3 = aws.s3();
        var name = text(wanted.get("BucketName"));
        if (fresh) {
            s3.createBucket(r -> r.bucket(name).createBucketConfiguration(c -> c.locationConstraint(account.region())));
        }
        var block = object(wanted.get("PublicAccessBlockConfiguration"));
        s3.putPublicAccessBlock(r -> r.bucket(name)
                .publicAccessBlockConfiguration(c -> c.blockPublicAcls(yes(block.get("BlockPublicAcls")))
                        .blockPublicPolicy(yes(block.get("BlockPublicPolicy")))
                        .ignorePublicAcls(yes(block.get("IgnorePublicAcls")))
                        .restrictPublicBuckets(yes(block.get("RestrictPublicBuckets")))));
        var versioning = text(object(wanted.get("VersioningConfiguration")).get("Status"));
        s3.putBucketVersioning(r -> r.bucket(name).versioningConfiguration(c -> c.status(versioning)));
        var encryption = objects(object(wanted.get("BucketEncryption")).get("ServerSideEncryptionConfiguration"))
                .getFirst();
        var byDefault = object(encryption.get("ServerSideEncryptionByDefault"));
        s3.putBucketEncryption(r -> r.bucket(name)
                .serverSideEncryptionConfiguration(c -> c.rules(rule -> rule.bucketKeyEnabled(
                                yes(encryption.get("BucketKeyEnabled")))
                        .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(text(byDefault.get("SSEAlgorithm")))
                                .kmsMasterKeyID((String) byDefault.get("KMSMasterKeyID"))))));
        if (wanted.containsKey("NotificationConfiguration")) {
            s3.putBucketNotificationConfiguration(r -> r.bucket(name)
                    .notificationConfiguration(c -> c.eventBridgeConfiguration(
                            EventBridgeConfiguration.builder().build())));
        }
        return new Made(name, Map.of("Arn", "arn:" + Account.PARTITION + ":s3:::" + name));
    }

    private Made bucketPolicy(Map<String, @Nullable Object> wanted) {
        var bucket = text(wanted.get("Bucket"));
        aws.s3().putBucketPolicy(r -> r.bucket(bucket).policy(Json.print(wanted.get("PolicyDocument"))));
        return new Made(bucket, Map.of());
    }

    private Made key(Map<String, @Nullable Object> wanted, @Nullable Resource before) {
        var policy = Json.print(wanted.get("KeyPolicy"));
        if (before != null) {
            aws.kms().putKeyPolicy(r -> r.keyId(before.id()).policy(policy));
            return new Made(before.id(), before.attributes());
        }
        var key = aws.kms()
                .createKey(r -> r.policy(policy).description(text(wanted.get("Description"))))
                .keyMetadata();
        return new Made(key.keyId(), Map.of("Arn", key.arn(), "KeyId", key.keyId()));
    }

    private Made alias(Map<String, @Nullable Object> wanted, boolean fresh) {
        var name = text(wanted.get("AliasName"));
        if (fresh) {
            aws.kms().createAlias(r -> r.aliasName(name).targetKeyId(text(wanted.get("TargetKeyId"))));
        }
        return new Made(name, Map.of());
    }

    private Made managedPolicy(Map<String, @Nullable Object> wanted, @Nullable Resource before) {
        var document = Json.print(wanted.get("PolicyDocument"));
        if (before != null) {
            aws.iam()
                    .createPolicyVersion(r ->
                            r.policyArn(before.id()).policyDocument(document).setAsDefault(true));
            return new Made(before.id(), before.attributes());
        }
        var policy = aws.iam()
                .createPolicy(r -> r.policyName(text(wanted.get("ManagedPolicyName")))
                        .path(text(wanted.get("Path")))
                        .policyDocument(document))
                .policy();
        return new Made(policy.arn(), Map.of());
    }

    private Made role(Map<String, @Nullable Object> wanted, boolean fresh) {
        var iam = aws.iam();
        var name = text(wanted.get("RoleName"));
        var trust = Json.print(wanted.get("AssumeRolePolicyDocument"));
        var tags = objects(wanted.getOrDefault("Tags", List.of())).stream()
                .map(tag -> Tag.builder()
                        .key(text(tag.get("Key")))
                        .value(text(tag.get("Value")))
                        .build())
                .toList();
        if (fresh) {
            iam.createRole(r -> r.roleName(name)
                    .path(text(wanted.get("Path")))
                    .description((String) wanted.get("Description"))
                    .permissionsBoundary((String) wanted.get("PermissionsBoundary"))
                    .assumeRolePolicyDocument(trust)
                    .tags(tags));
        } else {
            iam.updateAssumeRolePolicy(r -> r.roleName(name).policyDocument(trust));
            iam.tagRole(r -> r.roleName(name).tags(tags));
        }
        objects(wanted.get("Policies"))
                .forEach(policy -> iam.putRolePolicy(r -> r.roleName(name)
                        .policyName(text(policy.get("PolicyName")))
                        .policyDocument(Json.print(policy.get("PolicyDocument")))));
        if (wanted.get("ManagedPolicyArns") instanceof List<?> attached) {
            attached.forEach(
                    policy -> iam.attachRolePolicy(r -> r.roleName(name).policyArn(text(policy))));
        }
        var path = text(wanted.getOrDefault("Path", "/"));
        return new Made(name, Map.of("Arn", account.globalArn("iam", "role" + path + name)));
    }

    private Made provider(Map<String, @Nullable Object> wanted) {
        var audiences = ((List<?>) wanted.get("ClientIdList"))
                .stream().map(Template::text).toList();
        return new Made(
                aws.iam()
                        .createOpenIDConnectProvider(r -> r.url(text(wanted.get("Url")))
                                .clientIDList(audiences)
                                .thumbprintList("0".repeat(40)))
                        .openIDConnectProviderArn(),
                Map.of());
    }

    private Made function(Map<String, @Nullable Object> wanted, @Nullable Resource before) {
        var lambda = aws.lambda();
        var name = text(wanted.get("FunctionName"));
        var code = object(wanted.get("Code"));
        var bucket = text(code.get("S3Bucket"));
        var key = text(code.get("S3Key"));
        var variables = new LinkedHashMap<String, String>();
        object(object(wanted.get("Environment")).get("Variables"))
                .forEach((variable, value) -> variables.put(variable, text(value)));
        if (before == null) {
            lambda.createFunction(r -> r.functionName(name)
                    .role(text(wanted.get("Role")))
                    .handler(text(wanted.get("Handler")))
                    .runtime(text(wanted.get("Runtime")))
                    .memorySize(number(wanted.get("MemorySize")))
                    .timeout(number(wanted.get("Timeout")))
                    .description(text(wanted.get("Description")))
                    .environment(e -> e.variables(variables))
                    .code(FunctionCode.builder().s3Bucket(bucket).s3Key(key).build()));
        } else {
            lambda.updateFunctionCode(r -> r.functionName(name).s3Bucket(bucket).s3Key(key));
            lambda.updateFunctionConfiguration(r -> r.functionName(name)
                    .role(text(wanted.get("Role")))
                    .handler(text(wanted.get("Handler")))
                    .memorySize(number(wanted.get("MemorySize")))
                    .timeout(number(wanted.get("Timeout")))
                    .description(text(wanted.get("Description")))
                    .environment(e -> e.variables(variables)));
        }
        return new Made(name, Map.of("Arn", account.arn("lambda", "function:" + name)));
    }

    private Made functionVersion(Map<String, @Nullable Object> wanted) {
        var version = aws.lambda()
                .publishVersion(r -> r.functionName(text(wanted.get("FunctionName")))
                        .description((String) wanted.get("Description")));
        return new Made(version.functionArn(), Map.of("Version", version.version()));
    }

    private Made permission(String logical, Map<String, @Nullable Object> wanted) {
        aws.lambda()
                .addPermission(r -> r.functionName(text(wanted.get("FunctionName")))
                        .statementId(logical)
                        .action(text(wanted.get("Action")))
                        .principal(text(wanted.get("Principal")))
                        .sourceArn((String) wanted.get("SourceArn")));
        return new Made(logical, Map.of());
    }

    private Made results(Map<String, @Nullable Object> wanted) {
        var function = text(wanted.get("FunctionName"));
        var to = object(wanted.get("DestinationConfig"));
        aws.lambda()
                .putFunctionEventInvokeConfig(r -> r.functionName(function)
                        .qualifier(text(wanted.get("Qualifier")))
                        .maximumRetryAttempts(number(wanted.get("MaximumRetryAttempts")))
                        .maximumEventAgeInSeconds(number(wanted.get("MaximumEventAgeInSeconds")))
                        .destinationConfig(c -> c.onSuccess(s -> s.destination(
                                        text(object(to.get("OnSuccess")).get("Destination"))))
                                .onFailure(f -> f.destination(
                                        text(object(to.get("OnFailure")).get("Destination"))))));
        return new Made(function, Map.of());
    }

    private Made rule(Map<String, @Nullable Object> wanted) {
        var name = text(wanted.get("Name"));
        aws.events()
                .putRule(r -> r.name(name)
                        .eventPattern(Json.print(wanted.get("EventPattern")))
                        .state(text(wanted.get("State"))));
        for (var target : objects(wanted.get("Targets"))) {
            var retry = object(target.get("RetryPolicy"));
            aws.events()
                    .putTargets(r -> r.rule(name)
                            .targets(t -> t.id(text(target.get("Id")))
                                    .arn(text(target.get("Arn")))
                                    .deadLetterConfig(d -> d.arn(text(object(target.get("DeadLetterConfig"))
                                            .get("Arn"))))
                                    .retryPolicy(p -> p.maximumEventAgeInSeconds(
                                                    number(retry.get("MaximumEventAgeInSeconds")))
                                            .maximumRetryAttempts(number(retry.get("MaximumRetryAttempts"))))));
        }
        return new Made(name, Map.of("Arn", account.arn("events", "rule/" + name)));
    }

    private Made machine(Map<String, @Nullable Object> wanted, @Nullable Resource before) {
        var states = aws.states();
        var definition = text(wanted.get("DefinitionString"));
        for (var substitution : object(wanted.get("DefinitionSubstitutions")).entrySet()) {
            definition = definition.replace("${" + substitution.getKey() + "}", text(substitution.getValue()));
        }
        var substituted = definition;
        var arn = account.arn("states", "stateMachine:" + text(wanted.get("StateMachineName")));
        var revision = before == null
                ? states.createStateMachine(r -> r.name(text(wanted.get("StateMachineName")))
                                .roleArn(text(wanted.get("RoleArn")))
                                .definition(substituted))
                        .stateMachineArn()
                : states.updateStateMachine(r -> r.stateMachineArn(arn)
                                .roleArn(text(wanted.get("RoleArn")))
                                .definition(substituted))
                        .revisionId();
        return new Made(arn, Map.of("Arn", arn, "StateMachineRevisionId", revision));
    }

    private Made machineVersion(Map<String, @Nullable Object> wanted) {
        var version = aws.states()
                .publishStateMachineVersion(r -> r.stateMachineArn(text(wanted.get("StateMachineArn"))))
                .stateMachineVersionArn();
        return new Made(version, Map.of("Arn", version));
    }

    private Made machineAlias(Map<String, @Nullable Object> wanted, @Nullable Resource before) {
        var routes = objects(wanted.get("RoutingConfiguration")).stream()
                .map(route -> RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(text(route.get("StateMachineVersionArn")))
                        .weight(number(route.get("Weight")))
                        .build())
                .toList();
        if (before != null) {
            aws.states()
                    .updateStateMachineAlias(
                            r -> r.stateMachineAliasArn(before.id()).routingConfiguration(routes));
            return new Made(before.id(), before.attributes());
        }
        var alias = aws.states()
                .createStateMachineAlias(r -> r.name(text(wanted.get("Name"))).routingConfiguration(routes))
                .stateMachineAliasArn();
        return new Made(alias, Map.of("Arn", alias));
    }

    private static boolean yes(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    private static int number(@Nullable Object value) {
        return Integer.parseInt(text(value));
    }
}
