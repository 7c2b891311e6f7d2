package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.pipelines.Orchard;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.policy.GovernedPipeline;
import dev.baton.run.CompletionRecord;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Force;
import dev.baton.run.IdentityProvider;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import dev.baton.run.SourceRevision;
import dev.baton.run.StateKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sts.StsClient;

/// Rights that people get for a while, asked for with tokens of a real issuer and used with AWS's SDK: exactly what was
/// granted, by somebody else, until it ends or is revoked.
class RightsTest {
    private static final String AUDIENCE = "baton-test";
    private static final MockOAuth2Server ISSUER = new MockOAuth2Server();
    private static final Offset CLOCK = new Offset();
    private static final SdkHttpClient HTTP = Apache5HttpClient.create();
    private static final List<String> SECRETS = new ArrayList<>();

    private static final String STATE = LocalCloud.STATE_BUCKET;

    private static EmbeddedAws aws;
    private static LocalCloud cloud;
    private static String execution;
    private static CompiledPipeline compiled;
    private static String ada;
    private static String bob;
    private static String eve;

    @TempDir
    private static Path home;

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

    @BeforeAll
    static void deploy() throws IOException {
        Call.silenceLogs();
        ISSUER.start(InetAddress.getLoopbackAddress(), 0);
        aws = EmbeddedAws.builder().clock(CLOCK).start();
        cloud = new LocalCloud(aws, LaptopFunctions.JVM);
        var before = System.setProperty("baton.home", home.toString());
        RunningLocal.of(aws).tell();
        if (before == null) {
            System.clearProperty("baton.home");
        } else {
            System.setProperty("baton.home", before);
        }
        compiled = Compiler.compile(Orchard.CIDER, CompilerOptions.DEFAULT.governed(true));
        var provider = new IdentityProvider(
                ISSUER.issuerUrl("okta").toString(), AUDIENCE, "email", Optional.of("groups"), new TreeMap<>());
        var settings = new IdentitySettings(new TreeMap<>(Map.of("okta", provider)), new TreeMap<>());
        new Deployment(
                        cloud.endpoint(),
                        LaptopFunctions.JVM.of(aws, compiled, ProjectFolder.packages()),
                        new EnvironmentNames(
                                        aws.account().id(),
                                        aws.account().region(),
                                        STATE,
                                        Map.of(),
                                        SourceRevision.UNKNOWN)
                                .of("stage", settings))
                .put(compiled);
        var facts = GovernedPipeline.of(compiled.graph(), "stage", Optional.empty());
        cloud.endpoint()
                .s3()
                .putObject(
                        r -> r.bucket(STATE).key(StateKeys.governed("cider")), RequestBody.fromBytes(facts.toBytes()));
        ada = token("ada@example.com", "analysts");
        bob = token("bob@example.com", "growers");
        eve = token("eve@example.com", "analysts");
        execution = made("2012");
    }

    /// The execution that an upload has started.
    private static String made(String year) {
        cloud.endpoint()
                .s3()
                .putObject(r -> r.bucket("lake").key("apples/" + year + ".txt"), RequestBody.fromString("apples"));
        return ended(year);
    }

    /// The execution about a year, when it has succeeded.
    private static String ended(String year) {
        var until = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(until)) {
            for (var item : cloud.endpoint()
                    .states()
                    .listExecutions(r -> r.stateMachineArn(MACHINE))
                    .executions()) {
                if (item.name().contains(year) && item.status() == ExecutionStatus.SUCCEEDED) {
                    return item.executionArn();
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no execution about " + year + " has succeeded");
    }

    @AfterAll
    static void stop() {
        cloud.close();
        HTTP.close();
        ISSUER.shutdown();
    }

    /// The file of a person's token.
    private static String token(String email, String group) throws IOException {
        var token = ISSUER.issueToken(
                        "okta",
                        AUDIENCE,
                        new DefaultOAuth2TokenCallback(
                                "okta",
                                email,
                                "JWT",
                                List.of(AUDIENCE),
                                Map.of("email", email, "groups", List.of(group)),
                                3_600))
                .serialize();
        SECRETS.add(token);
        return Files.writeString(home.resolve(email + ".jwt"), token).toString();
    }

    private static Call access(String who, String... words) {
        var all = new ArrayList<>(List.of("access"));
        all.addAll(List.of(words));
        all.addAll(List.of("--identity-token", who));
        return Call.in(home, all.toArray(String[]::new));
    }

    private static String asked(String who, String actions, String time) {
        var call = access(
                who, "request", "cider", "--action", actions, "--for", time, "--reason", "2012 looks wrong", "--json");
        assertThat(call.exit()).as(call.err()).isZero();
        var request = (Map<?, ?>) Json.parseObject(call.out()).get("request");
        return "cider/" + request.get("id");
    }

    private static String granted(String actions, String time) {
        var id = asked(ada, actions, time);
        var call = access(bob, "approve", id, "--reason", "ok");
        assertThat(call.exit()).as(call.err()).isZero();
        return id;
    }

    private static StaticCredentialsProvider taken(String id) {
        var call = access(ada, "take", id, "--json");
        assertThat(call.exit()).as(call.err()).isZero();
        var given = Json.parseObject(call.out());
        SECRETS.add(String.valueOf(given.get("SecretAccessKey")));
        SECRETS.add(String.valueOf(given.get("SessionToken")));
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                String.valueOf(given.get("AccessKeyId")),
                String.valueOf(given.get("SecretAccessKey")),
                String.valueOf(given.get("SessionToken"))));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, StaticCredentialsProvider who) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(who)
                .httpClient(HTTP)
                .build();
    }

    /// `allowed`, or the code of the refusal; what is allowed and not there is allowed.
    private static String outcome(Runnable call) {
        try {
            call.run();
            return "allowed";
        } catch (AwsServiceException e) {
            var code = e.awsErrorDetails().errorCode();
            return switch (code) {
                case "NoSuchKey", "ExecutionDoesNotExist", "ResourceNotFoundException" -> "allowed";
                default -> code;
            };
        }
    }

    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:baton-cider";

    /// Calls of AWS by what they are about, as one session makes them.
    private static Map<String, String> table(StaticCredentialsProvider who) {
        var outcomes = new LinkedHashMap<String, String>();
        try (var s3 = client(S3Client.builder().forcePathStyle(true), who);
                var sfn = client(SfnClient.builder(), who);
                var lambda = client(LambdaClient.builder(), who);
                var sts = client(StsClient.builder(), who);
                var iam = client(IamClient.builder(), who)) {
            var calls = new LinkedHashMap<String, Runnable>();
            calls.put("read an output", () -> s3.getObject(r -> r.bucket("lake").key("cider/2012.txt")));
            calls.put("read a record", () -> s3.getObject(r -> r.bucket(STATE).key(record())));
            calls.put(
                    "list outputs", () -> s3.listObjectsV2(r -> r.bucket("lake").prefix("cider/")));
            calls.put("list everything", () -> s3.listObjectsV2(r -> r.bucket("lake")));
            calls.put(
                    "read a waiting token",
                    () -> s3.getObject(r -> r.bucket(STATE).key("runs/cider/x/awaits/y")));
            calls.put(
                    "read an approval's token",
                    () -> s3.getObject(r -> r.bucket(STATE).key("runs/cider/x/approvals/y/token")));
            calls.put(
                    "read the policies", () -> s3.getObject(r -> r.bucket(STATE).key(StateKeys.policies())));
            calls.put(
                    "write an output",
                    () -> s3.putObject(r -> r.bucket("lake").key("cider/2012.txt"), RequestBody.fromString("x")));
            calls.put(
                    "delete an output",
                    () -> s3.deleteObject(r -> r.bucket("lake").key("cider/2012.txt")));
            calls.put("see an execution", () -> sfn.describeExecution(r -> r.executionArn(execution)));
            calls.put("see a history", () -> sfn.getExecutionHistory(r -> r.executionArn(execution)));
            calls.put("list executions", () -> sfn.listExecutions(r -> r.stateMachineArn(MACHINE)));
            calls.put("start past the function", () -> sfn.startExecution(r -> r.stateMachineArn(MACHINE)));
            calls.put("stop past the function", () -> sfn.stopExecution(r -> r.executionArn(execution)));
            calls.put(
                    "ask the start function",
                    () -> lambda.invoke(r ->
                            r.functionName("baton-cider-start").payload(SdkBytes.fromUtf8String("{\"sweep\":true}"))));
            calls.put(
                    "ask a task's function",
                    () -> lambda.invoke(
                            r -> r.functionName("baton-cider-Cider").payload(SdkBytes.fromUtf8String("{}"))));
            calls.put(
                    "ask the access function",
                    () -> lambda.invoke(
                            r -> r.functionName("baton-cider-access").payload(SdkBytes.fromUtf8String("{}"))));
            calls.put(
                    "become a task",
                    () -> sts.assumeRole(r -> r.roleArn("arn:aws:iam::000000000000:role/baton/cider/baton-cider-Cider")
                            .roleSessionName("me")));
            calls.put(
                    "widen the role",
                    () -> iam.putRolePolicy(r -> r.roleName("baton-cider-people")
                            .policyName("more")
                            .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}")));
            calls.forEach((what, call) -> outcomes.put(what, outcome(call)));
        }
        return outcomes;
    }

    private static String record() {
        return StateKeys.completion(Orchard.Cider.class, Map.of("year", "2012"));
    }

    private static List<String> allowed(StaticCredentialsProvider who) {
        return table(who).entrySet().stream()
                .filter(call -> call.getValue().equals("allowed"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The outcome of reading one output.
    private static String reading(StaticCredentialsProvider who) {
        try (var s3 = client(S3Client.builder().forcePathStyle(true), who)) {
            return outcome(() -> s3.getObject(r -> r.bucket("lake").key("cider/2012.txt")));
        }
    }

    @Test
    void a_session_may_do_exactly_what_was_granted() {
        assertThat(allowed(taken(granted("read", "PT1H"))))
                .containsExactly(
                        "read an output",
                        "read a record",
                        "list outputs",
                        "see an execution",
                        "see a history",
                        "list executions");
        assertThat(allowed(taken(granted("start", "PT1H")))).containsExactly("ask the start function");
    }

    @Test
    void a_session_bears_the_person_and_the_grant() {
        var id = granted("read", "PT1H");
        var who = taken(id);
        try (var sts = client(StsClient.builder(), who)) {
            assertThat(sts.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::000000000000:assumed-role/baton-cider-people/"
                            + id.substring("cider/".length()));
        }
        var session = aws.foundation()
                .identities()
                .keys()
                .find(who.resolveCredentials().accessKeyId())
                .orElseThrow()
                .caller()
                .session();
        assertThat(session.sourceIdentity()).isEqualTo("okta=ada@example.com");
        assertThat(session.tags())
                .isEqualTo(Map.of(
                        "baton:requester", "okta:ada@example.com", "baton:grant", id.substring("cider/".length())));
        assertThat(session.transitiveTagKeys()).containsExactlyInAnyOrder("baton:requester", "baton:grant");
        assertThat(Duration.between(session.issuedAt(), session.expiresAt())).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void nobody_decides_about_their_own_and_once_is_enough() {
        var id = asked(bob, "read", "PT1H");
        assertThat(access(bob, "approve", id, "--reason", "mine").err())
                .contains("RUN092")
                .contains("is your own");
        assertThat(access(eve, "approve", id, "--reason", "why not").err())
                .contains("CLI133")
                .doesNotContain("bob");

        var hers = asked(ada, "read", "PT1H");
        assertThat(access(ada, "approve", hers, "--reason", "mine").err()).contains("RUN092");
        assertThat(access(ada, "take", hers).err()).contains("RUN093").contains("waits for an approval");
        assertThat(access(bob, "reject", hers, "--reason", "ask the team").exit())
                .isZero();
        assertThat(access(bob, "approve", hers, "--reason", "well").err())
                .contains("RUN092")
                .contains("is decided: okta:bob@example.com said no");
        assertThat(access(ada, "take", hers).err()).contains("RUN093").contains("ask the team");
        assertThat(access(eve, "take", granted("read", "PT1H")).err())
                .contains("RUN093")
                .contains("only they take it up");
    }

    @Test
    void what_cannot_be_granted_cannot_be_asked_for() {
        for (var wrong : List.of(
                List.of("deploy", "PT1H", "names deploy"),
                List.of("read", "PT13H", "is for PT13H"),
                List.of("read", "PT10S", "is for PT10S"))) {
            var call = access(
                    ada, "request", "cider", "--action", wrong.get(0), "--for", wrong.get(1), "--reason", "because");
            assertThat(call.exit()).isOne();
            assertThat(call.err()).contains("RUN090").contains(wrong.get(2));
        }
        assertThat(access(ada, "request", "cider", "--action", "read", "--for", "1h", "--reason", "x")
                        .err())
                .contains("CLI132");
        assertThat(access(ada, "approve", "cider", "--reason", "x").err()).contains("CLI133");
    }

    @Test
    void what_is_revoked_is_refused_at_once_and_nothing_else() {
        var id = granted("read", "PT1H");
        var revoked = taken(id);
        var other = taken(granted("read", "PT1H"));

        assertThat(access(eve, "revoke", id, "--reason", "no").err()).contains("RUN092");
        var call = access(bob, "revoke", id, "--reason", "done");

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(allowed(revoked)).isEmpty();
        assertThat(reading(other)).isEqualTo("allowed");
        assertThat(access(ada, "take", id).err()).contains("RUN095").contains("okta:bob@example.com");
        assertThat(reading(taken(granted("read", "PT1H")))).isEqualTo("allowed");
    }

    @Test
    void what_has_ended_is_refused_although_the_session_lives() {
        var who = taken(granted("read", "PT5M"));
        assertThat(reading(who)).isEqualTo("allowed");
        try {
            CLOCK.ahead = Duration.ofMinutes(6);
            assertThat(reading(who)).isEqualTo("AccessDenied");
        } finally {
            CLOCK.ahead = Duration.ZERO;
        }
    }

    @Test
    void another_deployment_of_other_rights_makes_an_approval_void() {
        var id = granted("read", "PT1H");
        var lambda = cloud.endpoint().lambda();
        var deployed = lambda.getFunctionConfiguration(r -> r.functionName("baton-cider-access"))
                .environment()
                .variables();
        var others = new LinkedHashMap<>(deployed);
        others.compute(
                "BATON_PEOPLE_RIGHTS",
                (name, rights) -> String.valueOf(rights).replaceFirst("\"hash\":\"....", "\"hash\":\"0000"));
        try {
            lambda.updateFunctionConfiguration(
                    r -> r.functionName("baton-cider-access").environment(e -> e.variables(others)));
            assertThat(access(ada, "take", id).err()).contains("RUN094");
        } finally {
            lambda.updateFunctionConfiguration(
                    r -> r.functionName("baton-cider-access").environment(e -> e.variables(deployed)));
        }
        assertThat(access(ada, "take", id).exit()).isZero();
    }

    @Test
    void the_start_function_knows_whose_session_asks_it_and_under_which_rights() {
        var who = taken(granted("start", "PT1H"));
        try (var endpoint = new Endpoint(aws.endpoint(), "us-east-1", who)) {
            var start = new StartRequest(endpoint, dev.baton.cli.deploy.read.DeployedPipeline.of(endpoint, "cider"));
            compiled.triggers().forEach(trigger -> cloud.endpoint().events().disableRule(r -> r.name(trigger.name())));
            cloud.endpoint()
                    .s3()
                    .putObject(r -> r.bucket("lake").key("apples/2013.txt"), RequestBody.fromString("apples"));

            assertThat(Json.print(start.start(Map.of("year", "2012"), Optional.of(new Force(List.of(Force.ALL), "ada")))
                            .toJson()))
                    .contains("RUN070")
                    .contains("are to start, and not to rerun");
            assertThat(start.start(Map.of("year", "2013")).toJson()).containsEntry("outcome", "started");
        }
        var name = ended("2013");
        assertThat(Call.in(home, "status", name.substring(name.lastIndexOf(':') + 1))
                        .out())
                .contains("started by okta:ada@example.com");
    }

    @Test
    void whoami_tells_every_hop_and_names_a_token_that_has_expired() throws IOException {
        var mine = Call.in(home, "whoami", "cider", "--identity-token", bob);
        assertThat(mine.err()).isEmpty();
        assertThat(mine.out())
                .contains("to cider  okta:bob@example.com of growers")
                .contains("by a token");

        var chain = Call.in(home, "whoami", execution, "--chain", "Cider");
        assertThat(chain.err()).isEmpty();
        assertThat(chain.out())
                .contains("event upload")
                .contains("baton-cider-states")
                .contains("baton-cider-Cider-runner")
                .contains("source identity cider.")
                .contains("baton:requester=event upload");
        assertThat(Call.in(home, "whoami", execution, "--chain", "Nothing").err())
                .contains("CLI136");

        var old = ISSUER.issueToken(
                        "okta",
                        AUDIENCE,
                        new DefaultOAuth2TokenCallback("okta", "ada", "JWT", List.of(), Map.of(), -60))
                .serialize();
        var file = Files.writeString(home.resolve("old.jwt"), old).toString();
        assertThat(Call.in(home, "whoami", "cider", "--identity-token", file).err())
                .contains("CLI135")
                .contains("the token of ada by " + ISSUER.issuerUrl("okta"))
                .contains("has expired at");
    }

    @Test
    void the_page_shows_commands_that_there_are() throws IOException {
        var commands = Files.readString(Path.of("../site/markdown/rights.md"))
                .lines()
                .filter(line -> line.startsWith("baton "))
                .toList();
        assertThat(commands).hasSize(7).allSatisfy(command -> {
            var words = command.substring("baton ".length())
                    .replaceAll("\"[^\"]*\"", "text")
                    .split(" ");
            assertThat(new CommandLine(new Baton()).parseArgs(words).errors()).isEmpty();
        });
    }

    @Test
    void status_and_record_tell_who_started_an_execution() {
        var name = execution.substring(execution.lastIndexOf(':') + 1);

        var told = Json.parseObject(Call.in(home, "status", name, "--json").out());
        assertThat(told.get("startedBy")).isEqualTo(Json.parse("{\"kind\":\"event\",\"id\":\"upload\",\"teams\":[]}"));
        assertThat(Call.in(home, "status", name).out()).contains("started by event upload");
        var record = CompletionRecord.parse(cloud.endpoint()
                .s3()
                .getObjectAsBytes(r -> r.bucket(STATE).key(record()))
                .asByteArray());
        assertThat(record.startedBy()).contains(Requester.event(Requester.EventKind.UPLOAD));
    }

    @Test
    void everything_is_evidence_and_no_secret_is_anywhere() {
        var id = granted("read", "PT1H");
        taken(id);
        access(ada, "revoke", id, "--reason", "found it");

        var s3 = cloud.endpoint().s3();
        var told = new ArrayList<String>();
        var all = new StringBuilder();
        s3.listObjectsV2Paginator(r -> r.bucket(STATE)).contents().forEach(object -> {
            var bytes =
                    s3.getObjectAsBytes(r -> r.bucket(STATE).key(object.key())).asByteArray();
            all.append(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            if (object.key().startsWith(StateKeys.EVIDENCE)) {
                var entry = EvidenceEntry.parse(bytes);
                if (entry.kind() == EvidenceEntry.Kind.ACCESS
                        && ("cider/" + entry.details().get("request")).equals(id)) {
                    told.add(entry.requester().id() + " " + entry.details().get("what"));
                }
            }
        });
        assertThat(told)
                .containsExactly(
                        "okta:ada@example.com requested",
                        "okta:bob@example.com granted",
                        "okta:ada@example.com taken",
                        "okta:ada@example.com revoked");
        assertThat(SECRETS)
                .hasSizeGreaterThan(4)
                .allSatisfy(secret -> assertThat(all.toString()).doesNotContain(secret));
    }
}
