package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.cli.pipelines.hostile.Attack;
import dev.baton.cli.pipelines.hostile.Tools;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What a task can do that means ill, on an AWS that enforces its policies: nothing but its work.
class HostileTaskTest {
    /// The true time, or later.
    private static final class Offset extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /// What roles and keys need: that they leave it to the account's policies who may use them.
    private static final Policy LEFT_TO_IAM = Policy.parse("the resource's policy", """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"*",
            "Resource":"*"}}""");

    private static final Offset CLOCK = new Offset();
    private static DeployedPipeline hostile;
    private static Map<String, Object> told;

    @BeforeAll
    static void break_in() throws InterruptedException {
        var aws = EmbeddedAws.builder().clock(CLOCK).start();
        hostile = new DeployedPipeline(TestPipelines.HOSTILE, new LocalCloud(aws, LaptopFunctions.JVM));
        caper(2001);
        told = caper(2002);
    }

    private static Map<String, Object> caper(int year) throws InterruptedException {
        hostile.upload("tickets/" + year + ".txt", "admit one");
        var started = hostile.upload("treasure/" + year + ".txt", "gold").getFirst();
        var ended = hostile.ended(started.get("execution"));
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return Json.parseObject(hostile.read("capers/" + year + ".json"));
    }

    @AfterAll
    static void stop() {
        hostile.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void it_is_denied_to(Attack attack) {
        assertThat(told.get(attack.name()))
                .asString()
                .matches("AccessDenied(Exception)?: User: arn:aws:sts::000000000000:assumed-role/baton-hostile-Burglar"
                        + "(-runner)?/\\S+ is not authorized to perform: " + attack.action() + "\\b.*");
    }

    @Test
    void nothing_was_touched() {
        assertThat(hostile.read("vault/2001.txt")).isEqualTo("gold");
        assertThat(hostile.versions("vault/")).hasSize(2);
        assertThat(hostile.versions("burgled/2002")).as("its report").hasSize(1);
        assertThat(hostile.executions()).hasSize(2);
    }

    /// A task can read the credentials of the function that runs it; this is all that these are good for.
    @Test
    void the_function_itself_may_do_three_things_and_write_its_log() {
        var arn = "arn:aws:sts::000000000000:assumed-role/baton-hostile-Burglar-runner/baton-hostile-Burglar";
        var function = new Caller(
                new Principal.RoleSession(
                        arn, "arn:aws:iam::000000000000:role/baton/hostile/baton-hostile-Burglar-runner"),
                "AROA:baton-hostile-Burglar",
                null);
        var may = new TreeSet<String>();
        var resources = resources();
        for (var action : actions()) {
            for (var resource : resources) {
                var access = new AccessRequest(function, action, resource, "000000000000", context(), LEFT_TO_IAM);
                if (hostile.aws().foundation().authorizer().decide(access).allowed()) {
                    may.add(action + " " + resource.replaceAll("[0-9a-f]{16,}|[0-9a-f-]{36}", "…"));
                }
            }
        }

        var burglar = "arn:aws:s3:::baton-state/%s/dev.baton.cli.pipelines.hostile.Burglar";
        var rights = List.of(
                // Assume the role of its task,
                "sts:(AssumeRole|TagSession|SetSourceIdentity) .*:role/baton/hostile/baton-hostile-Burglar",
                // write what is recorded of that task, under the key of that bucket,
                "s3:(Get|Put)Object " + burglar.formatted("completions") + "/.*",
                "s3:(Get|Put)Object " + burglar.formatted("runs/hostile/[^/]+/done") + "-.*",
                "kms:(GenerateDataKey|Decrypt) .*:key/…",
                // tell those who listen (those who wait too, in a pipeline with awaits),
                "events:PutEvents .*:event-bus/default",
                // and log.
                "logs:(CreateLogStream|PutLogEvents) .*:log-group:/aws/lambda/baton-hostile-Burglar:.*");
        assertThat(may).allMatch(each -> rights.stream().anyMatch(each::matches));
        assertThat(rights).allMatch(right -> may.stream().anyMatch(each -> each.matches(right)));
    }

    private static List<String> actions() {
        var actions = new ArrayList<String>();
        List.of(
                        "s3: GetObject GetObjectVersion PutObject DeleteObject DeleteObjectVersion ListBucket"
                                + " ListBucketVersions GetBucketPolicy PutBucketPolicy PutBucketPublicAccessBlock"
                                + " PutEncryptionConfiguration DeleteBucket CreateBucket ListAllMyBuckets"
                                + " PutObjectTagging GetObjectTagging AbortMultipartUpload PutBucketVersioning"
                                + " PutBucketNotification PutLifecycleConfiguration",
                        "kms: GenerateDataKey Decrypt Encrypt ReEncryptFrom ReEncryptTo CreateKey PutKeyPolicy"
                                + " ScheduleKeyDeletion CreateGrant DisableKey DescribeKey ListKeys",
                        "sts: AssumeRole TagSession SetSourceIdentity AssumeRoleWithWebIdentity GetFederationToken"
                                + " GetSessionToken",
                        "lambda: InvokeFunction UpdateFunctionCode UpdateFunctionConfiguration GetFunction"
                                + " AddPermission CreateFunction DeleteFunction ListFunctions PublishVersion",
                        "states: StartExecution StopExecution RedriveExecution DescribeExecution GetExecutionHistory"
                                + " SendTaskSuccess SendTaskFailure SendTaskHeartbeat UpdateStateMachine"
                                + " DeleteStateMachine DescribeStateMachine ListExecutions CreateStateMachine",
                        "events: PutEvents PutRule PutTargets DeleteRule RemoveTargets DescribeRule ListRules",
                        "iam: CreateRole PutRolePolicy AttachRolePolicy DeleteRolePermissionsBoundary"
                                + " PutRolePermissionsBoundary UpdateAssumeRolePolicy PassRole CreateUser"
                                + " CreateAccessKey GetRole CreatePolicyVersion ListRoles",
                        "logs: CreateLogStream PutLogEvents CreateLogGroup DeleteLogGroup GetLogEvents",
                        "secretsmanager: GetSecretValue",
                        "dynamodb: GetItem PutItem Scan",
                        "ssm: SendCommand GetParameter",
                        "sqs: SendMessage ReceiveMessage",
                        "ec2: RunInstances DescribeInstances")
                .forEach(line -> {
                    var words = line.split(" ");
                    for (var i = 1; i < words.length; i++) {
                        actions.add(words[0] + words[i]);
                    }
                });
        return actions;
    }

    /// Everything that there is on this AWS, and a little that could be.
    private static List<String> resources() {
        var resources = new ArrayList<>(List.of("*", "arn:aws:iam::000000000000:user/admin"));
        var endpoint = hostile.endpoint();
        for (var bucket : endpoint.s3().listBuckets().buckets()) {
            resources.add("arn:aws:s3:::" + bucket.name());
            resources.add("arn:aws:s3:::" + bucket.name() + "/anything");
            endpoint.s3()
                    .listObjectsV2(r -> r.bucket(bucket.name()))
                    .contents()
                    .forEach(object -> resources.add("arn:aws:s3:::" + bucket.name() + "/" + object.key()));
        }
        endpoint.iam().listRoles().roles().forEach(role -> resources.add(role.arn()));
        endpoint.kms().listKeys().keys().forEach(key -> resources.add(key.keyArn()));
        endpoint.lambda().listFunctions().functions().forEach(function -> {
            resources.add(function.functionArn());
            resources.add(function.functionArn() + ":1");
            var regional = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/" + function.functionName();
            resources.add(regional);
            resources.add(regional + ":log-stream:1");
        });
        endpoint.states()
                .listStateMachines()
                .stateMachines()
                .forEach(machine -> resources.add(machine.stateMachineArn()));
        hostile.executions().forEach(execution -> resources.add(execution.executionArn()));
        resources.add("arn:aws:events:us-east-1:000000000000:event-bus/default");
        resources.add("arn:aws:secretsmanager:us-east-1:000000000000:secret:any-abcdef");
        resources.add("arn:aws:dynamodb:us-east-1:000000000000:table/any");
        return resources;
    }

    /// As favourable as a request can be.
    private static RequestContext context() {
        return RequestContext.builder()
                .put("kms:ViaService", "s3.us-east-1.amazonaws.com")
                .put("kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::baton-state")
                .put("events:source", "baton.hostile")
                .put("events:detail-type", "Task Completed")
                .put("s3:prefix", "")
                .build();
    }

    @Test
    void the_files_of_the_sdk_and_the_properties_of_the_process_are_not_the_functions() {
        assertThat(System.getProperty("aws.accessKeyId")).isNull();
        assertThat(System.getProperty("aws.sessionToken")).isNull();
    }

    @Test
    void a_session_is_worth_nothing_after_its_end() {
        var leaked = Tools.LEAKED.get();
        assertThat(leaked).isNotNull();
        try (var s3 = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(hostile.aws().endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(leaked))
                .build()) {
            assertThat(s3.getObjectAsBytes(r -> r.bucket("lake").key("tickets/2002.txt"))
                            .asUtf8String())
                    .isEqualTo("admit one");
            CLOCK.ahead = Duration.ofSeconds(901);
            assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("lake").key("tickets/2002.txt")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("ExpiredToken"));
        } finally {
            CLOCK.ahead = Duration.ZERO;
        }
    }
}
