package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import dev.baton.local.iam.policy.Evaluator;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicySet;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two environments of one account and Region have no name in common, and who deploys in one of them reaches nothing of
/// the other.
@ExtendWith(Stacks.class)
class OneAccountTest {
    private static final String ACCOUNT = "111111111111";
    private static final String HERE = "eu-central-1:" + ACCOUNT + ":";
    private static final String ENVIRONMENT = """
            "%1$s": {
              "account": "111111111111", "region": "eu-central-1", "prefix": "%1$s",
              "stateBucket": {"name": "example-%1$s-state"},
              "buckets": {"lake": {"name": "example-%1$s-lake"}},
              "alarms": {"email": "a@example.org"}, "monthlyBudget": 5,
              "completions": {
                "to": ["arn:aws:events:eu-central-1:222222222222:event-bus/default"], "from": ["222222222222"]},
              "containers": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"]},
              "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["%1$s"]%2$s}
            }""";
    private static final Environments FILE = Environments.parse(
            "file",
            "{"
                    + String.join(
                            ",",
                            ENVIRONMENT.formatted("dev", ""),
                            ENVIRONMENT.formatted(
                                    "stage",
                                    ", \"provider\": \"arn:aws:iam::111111111111:oidc-provider/issuer.example/id\""))
                    + "}");

    /// What names a thing in its account, by type. Of what is not here CloudFormation makes the name up.
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("AWS::IAM::Role", List.of("RoleName")),
            Map.entry("AWS::IAM::ManagedPolicy", List.of("ManagedPolicyName")),
            Map.entry("AWS::IAM::OIDCProvider", List.of("Url")),
            Map.entry("AWS::Lambda::Function", List.of("FunctionName")),
            Map.entry("AWS::StepFunctions::StateMachine", List.of("StateMachineName")),
            Map.entry("AWS::Logs::LogGroup", List.of("LogGroupName")),
            Map.entry("AWS::S3::Bucket", List.of("BucketName")),
            Map.entry("AWS::KMS::Alias", List.of("AliasName")),
            Map.entry("AWS::SNS::Topic", List.of("TopicName")),
            Map.entry("AWS::SQS::Queue", List.of("QueueName")),
            Map.entry("AWS::ECR::Repository", List.of("RepositoryName")),
            Map.entry("AWS::ECS::Cluster", List.of("ClusterName")),
            Map.entry("AWS::ECS::TaskDefinition", List.of("Family")),
            Map.entry("AWS::Events::Rule", List.of("Name")),
            Map.entry("AWS::Events::EventBusPolicy", List.of("StatementId")),
            Map.entry("AWS::CloudWatch::Alarm", List.of("AlarmName")),
            Map.entry("AWS::Budgets::Budget", List.of("Budget/BudgetName")));

    /// These name what they are about, or nothing.
    private static final TreeSet<String> WITHOUT = new TreeSet<>(List.of(
            "AWS::CloudFormation::Stack",
            "AWS::EC2::SecurityGroup",
            "AWS::KMS::Key",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::QueuePolicy",
            "AWS::StepFunctions::StateMachineAlias",
            "AWS::StepFunctions::StateMachineVersion"));

    /// Keys leave it to the account's policies who uses them.
    private static final Policy OF_KEYS = Policy.parse("key", """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": {"AWS": "arn:aws:iam::111111111111:root"}}}""");

    private static Synthesised in(String name) {
        var environment = FILE.named(name);
        var ice = Compiler.compile(Ice.PIPELINE, environment.prefix());
        return Stacks.of(
                "one-account-" + name,
                app -> BatonApp.add(app, environment, List.of(ice), Example.code(), Example.REVISION));
    }

    /// All names of an environment, by the type of what they name.
    private static Map<String, TreeSet<String>> names(Synthesised environment) {
        var names = new TreeMap<String, TreeSet<String>>();
        environment.templates().forEach((stack, template) -> {
            names.computeIfAbsent("stack", any -> new TreeSet<>()).add(stack);
            object(template.getOrDefault("Outputs", Map.of())).values().stream()
                    .map(output -> object(output).get("Export"))
                    .filter(Objects::nonNull)
                    .forEach(export -> names.computeIfAbsent("export", any -> new TreeSet<>())
                            .add(String.valueOf(object(export).get("Name"))));
        });
        for (var resource : environment.all()) {
            for (var property : NAMES.getOrDefault(resource.type(), List.of())) {
                var value = resource.at(property);
                if (value == null) {
                    // That which sends completions on.
                    assertThat(resource.type() + " " + resource.property("Path"))
                            .startsWith("AWS::IAM::Role /");
                } else {
                    names.computeIfAbsent(resource.type(), any -> new TreeSet<>())
                            .add(String.valueOf(environment.resolved(resource.stack(), value)));
                }
            }
        }
        return names;
    }

    @Test
    void two_environments_of_one_account_have_no_name_in_common() {
        var names = names(in("dev"));
        var others = names(in("stage"));

        var types = new TreeSet<String>();
        in("dev").all().forEach(resource -> types.add(resource.type()));
        types.removeAll(NAMES.keySet());
        assertThat(types).as("of these it is known that they have no names").isSubsetOf(WITHOUT);
        assertThat(names.keySet()).containsAll(NAMES.keySet());
        names.forEach((type, ofOne) -> {
            var common = new TreeSet<>(ofOne);
            common.retainAll(others.getOrDefault(type, new TreeSet<>()));
            assertThat(common).as(type).isEmpty();
        });
        assertThat(names.get("stack")).contains("DevFoundation", "DevFoundation-ice", "DevStorage", "dev-ice");
    }

    @Test
    void no_resource_of_one_names_one_of_the_other() {
        for (var file : in("dev").templates().values()) {
            assertThat(Json.print(file))
                    .doesNotContain("stage-ice", "/stage/", "baton-ice", "/baton/", "baton-deploy", "\"baton.\"")
                    .doesNotContain("function:baton-", "baton-code", "alias/baton", "BatonFoundation", "baton-tasks");
        }
    }

    @ParameterizedTest
    @CsvSource({"dev, stage", "stage, dev"})
    void who_deploys_in_one_reaches_all_that_is_its_own_and_nothing_of_the_other(String one, String other) {
        var own = FILE.named(one).prefix();
        var documents = documents(in(one), own);
        var policies = PolicySet.NONE.withIdentity(documents.stream()
                .map(document -> Policy.parse("deploys", Json.print(document)))
                .toArray(Policy[]::new));
        var actions = new TreeSet<String>();
        for (var document : documents) {
            for (var statement : (List<?>) document.get("Statement")) {
                // What is about nothing in particular is about nobody's in particular, and only looks.
                if (Objects.equals(object(statement).get("Resource"), List.of("*"))) {
                    continue;
                }
                if ("Allow".equals(object(statement).get("Effect"))) {
                    ((List<?>) object(statement).get("Action")).forEach(action -> actions.add((String) action));
                }
            }
        }
        assertThat(actions).hasSizeGreaterThan(80);
        var reached = new TreeSet<String>();
        for (var resource : resources(own, one)) {
            for (var action : actions) {
                if (allowed(own, policies, action, resource)) {
                    reached.add(resource);
                }
            }
        }
        assertThat(reached).as("its own").containsExactlyElementsOf(new TreeSet<>(resources(own, one)));
        for (var resource : resources(FILE.named(other).prefix(), other)) {
            for (var action : actions) {
                assertThat(allowed(own, policies, action, resource))
                        .as(action + " " + resource)
                        .isFalse();
            }
        }
    }

    private static boolean allowed(Prefix own, PolicySet policies, String action, String resource) {
        var role = "arn:aws:iam::" + ACCOUNT + ":role" + own.deployPath() + own.of("ice-deploy");
        var session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + own.of("ice-deploy") + "/ci";
        var keys = Map.of(
                "iam:PermissionsBoundary",
                        List.of("arn:aws:iam::" + ACCOUNT + ":policy" + own.rolePath("ice") + own.of("ice-boundary")),
                "iam:PassedToService", List.of("lambda.amazonaws.com"),
                "kms:ViaService", List.of("s3.eu-central-1.amazonaws.com"),
                "aws:RequestTag/baton:pipeline", List.of("ice"));
        return Evaluator.decide(
                        Request.of(
                                new Principal.RoleSession(session, role),
                                action,
                                resource,
                                ACCOUNT,
                                RequestContext.of(keys)),
                        resource.contains(":kms:") ? policies.withResource(OF_KEYS) : policies)
                .allowed();
    }

    /// The policies of who deploys `ice`.
    private static List<Map<String, Object>> documents(Synthesised environment, Prefix prefix) {
        var role = environment.one("AWS::IAM::Role", "RoleName", prefix.of("ice-deploy"));
        var stacks = environment.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", prefix.of("ice-deploy-stacks"));
        var documents = new ArrayList<Map<String, Object>>();
        documents.add(object(environment.resolved(role.stack(), role.at("Policies/0/PolicyDocument"))));
        // Only the account knows the ARN of a key.
        var known = Json.print(environment.resolved(stacks.stack(), stacks.property("PolicyDocument")))
                .replaceAll("<AWS::KMS::Key[^>]*>", "arn:aws:kms:" + HERE + "key/" + prefix);
        documents.add(Json.parseObject(known));
        return documents;
    }

    /// What an environment has of the pipeline.
    private static List<String> resources(Prefix prefix, String environment) {
        var ice = prefix.of("ice");
        return List.of(
                "arn:aws:lambda:" + HERE + "function:" + ice + "-start",
                "arn:aws:states:" + HERE + "stateMachine:" + ice,
                "arn:aws:events:" + HERE + "rule/" + ice + "-from-lake",
                "arn:aws:sqs:" + HERE + ice + "-dead-letters",
                "arn:aws:cloudwatch:" + HERE + "alarm:" + ice + "-failed",
                "arn:aws:logs:" + HERE + "log-group:/aws/lambda/" + ice + "-start:*",
                "arn:aws:logs:" + HERE + "log-group:/aws/vendedlogs/states/" + ice + ":*",
                "arn:aws:iam::" + ACCOUNT + ":role" + prefix.rolePath("ice") + ice + "-start",
                "arn:aws:iam::" + ACCOUNT + ":policy" + prefix.rolePath("ice") + ice + "-boundary",
                "arn:aws:cloudformation:" + HERE + "stack/" + ice + "/1",
                "arn:aws:cloudformation:" + HERE + "stack/" + prefix.foundation("ice") + "/1",
                "arn:aws:s3:::" + prefix.codeBucket(ACCOUNT, "eu-central-1") + "/code.zip",
                "arn:aws:s3:::example-" + environment + "-state/deployments/ice.json",
                "arn:aws:s3:::example-" + environment + "-lake",
                "arn:aws:kms:" + HERE + "key/" + prefix,
                "arn:aws:ecr:" + HERE + "repository/" + prefix.repository(),
                "arn:aws:ecs:" + HERE + "cluster/" + ice,
                "arn:aws:ecs:" + HERE + "task-definition/" + ice + "-Flow:1",
                "arn:aws:logs:" + HERE + "log-group:/aws/ecs/" + ice + "-Flow:*");
    }
}
