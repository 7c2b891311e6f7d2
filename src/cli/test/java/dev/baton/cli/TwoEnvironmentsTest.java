package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.command.DeployedEnvironment;
import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.PipelineRemoval;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.RunningLocal;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sts.StsClient;

/// Three environments in one embedded AWS, with the same two pipelines, of which the second hears of what the first
/// makes: `dev` and `stage` ask for prefixes, `local` for none.
class TwoEnvironmentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;
    private static final String ENVIRONMENTS = """
            {
              "local": {"endpoint": "embedded"},
              "dev": {
                "endpoint": "embedded",
                "prefix": "dev",
                "stateBucket": {"name": "first-state"},
                "buckets": {"lake": {"name": "first-lake"}}
              },
              "stage": {"endpoint": "embedded", "prefix": "stage"},
              "gone": {"endpoint": "embedded", "prefix": "gone"}
            }
            """;

    private static final String HEAD = """
            package own;

            import dev.baton.task.*;
            import java.io.IOException;
            import java.time.Year;
            import java.util.List;

            """;
    private static final String TASK = HEAD + """
            @Intent("What is made of it") @Retries(0)
            public record %1$s(Year year) implements Task {
                public List<%2$s> requires() { return List.of(new %2$s(year)); }
                public Target output() { return S3Target.at("s3://lake/%3$s/{year}.txt", this); }
                public void run(TaskRun run) throws IOException {
                    run.output().text(run.input(new %2$s(year)).text() + ", %3$s");
                }
            }
            """;
    private static final String UPLOAD = HEAD + """
            @Intent("What comes from elsewhere")
            public record %1$s(Year year) implements ExternalTask {
                public Target output() { return S3Target.at("s3://lake/%2$s/{year}.txt", this); }
            }
            """;
    private static final Map<String, String> SOURCES = Map.of(
            "Order", UPLOAD.formatted("Order", "orders"),
            "Draft", TASK.formatted("Draft", "Order", "drafts"),
            "Bill", TASK.formatted("Bill", "Order", "bills"),
            "Billed", UPLOAD.formatted("Billed", "bills"),
            "Ledger", TASK.formatted("Ledger", "Billed", "ledgers"),
            "Shop", HEAD + """
            public final class Shop implements PipelineProvider {
                public List<Pipeline> pipelines() {
                    return List.of(Pipeline.of("shop", Bill.class), Pipeline.of("books", Ledger.class));
                }
            }
            """);

    @TempDir
    private static Path home;

    private static LocalCloud cloud;
    private static ClassLoader loader;

    @BeforeAll
    static void deploy() throws IOException {
        Call.silenceLogs();
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), ENVIRONMENTS);
        cloud = new LocalCloud(0, null);
        DeployedPipeline.tell(home, cloud.aws());
        var jar = SourceJar.of(home, "Shop", SOURCES);
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, TwoEnvironmentsTest.class.getClassLoader());
        for (var environment : List.of("local", "dev", "stage")) {
            put(environment, List.of(pipeline("shop", "Draft")));
            put(environment, all());
        }
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @Test
    void an_upload_starts_the_runs_of_its_environment_alone() throws InterruptedException {
        upload("first-lake", "2001");
        ended("dev", "books", "2001");

        assertThat(read("first-lake", "ledgers/2001.txt")).isEqualTo("2001, bills, ledgers");
        assertThat(executions("dev")).containsExactly("books-2001", "shop-2001");
        assertThat(executions("stage")).isEmpty();
        assertThat(executions("local")).isEmpty();

        upload("stage-lake", "2002");
        ended("stage", "books", "2002");
        assertThat(read("stage-lake", "ledgers/2002.txt")).isEqualTo("2002, bills, ledgers");
        assertThat(executions("stage")).containsExactly("books-2002", "shop-2002");
        assertThat(executions("dev")).containsExactly("books-2001", "shop-2001");
        assertThat(executions("local")).isEmpty();
        assertThat(Call.in(home, "sweep", "shop", "--all", "--env", "stage").out())
                .contains("2002")
                .doesNotContain("2001");
        assertThat(Call.in(home, "start", "shop", "--year", "2002", "--env", "stage")
                        .exit())
                .isZero();
        assertThat(Call.in(home, "start", "shop", "--year", "2002", "--env", "dev")
                        .err())
                .contains("CLI018", "orders/2002.txt");
        assertThat(Call.in(home, "drift", "dev").lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" is as it was deployed at "));
    }

    @Test
    void the_sources_of_events_carry_the_prefix() {
        var rules = all("stage").stream().filter(arn -> arn.contains(":rule/")).toList();
        assertThat(rules).hasSize(2);
        var pattern = cloud.endpoint()
                .events()
                .describeRule(r -> r.name("stage-books-from-lake"))
                .eventPattern();
        assertThat(pattern).contains("\"stage.\"", "stage-lake").doesNotContain("baton.");
    }

    @Test
    void what_is_collected_in_one_stays_in_the_others() {
        var stage = all("stage");
        var local = all("baton");
        var before = all("dev");

        var gone = Call.in(home, "gc", "--env", "dev");

        assertThat(gone.exit()).as(gone.err()).isZero();
        var left = all("dev");
        before.removeAll(left);
        assertThat(before)
                .as("the first versions, and what was for the draft alone")
                .hasSize(7)
                .allSatisfy(arn -> assertThat(arn)
                        .matches(".*:(function:dev-shop-(pin|start):1|stateMachine:dev-shop:1"
                                + "|function:dev-shop-Draft(:.*)?|role/dev/shop/dev-shop-Draft(-runner)?)"));
        assertThat(all("stage")).isEqualTo(stage);
        assertThat(all("baton")).isEqualTo(local);
        assertThat(gone.lines().stream().filter(line -> line.startsWith("removed ")))
                .hasSameSizeAs(before);
    }

    @Test
    void what_is_removed_of_one_stays_in_the_others() {
        put("gone", all());
        var stage = all("stage");
        var dev = all("dev");
        var local = all("baton");
        var policies = policies("stage-lake", "first-lake", "lake", "baton-state");
        assertThat(all("gone")).hasSizeGreaterThan(20);

        var removed = new PipelineRemoval(under("gone"), "gone-state").allBut(List.of("books"));

        assertThat(removed).containsExactly("shop");
        assertThat(all("gone")).isNotEmpty().noneMatch(arn -> arn.contains("gone-shop"));
        new PipelineRemoval(under("gone"), "gone-state").allBut(List.of());
        assertThat(all("gone")).isEmpty();
        assertThat(all("stage")).isEqualTo(stage);
        assertThat(all("dev")).isEqualTo(dev);
        assertThat(all("baton")).isEqualTo(local);
        assertThat(policies("stage-lake", "first-lake", "lake", "baton-state")).isEqualTo(policies);
    }

    @Test
    void who_deploys_in_one_reaches_nothing_in_the_others() {
        var shop = compiled("dev", all()).getFirst();
        assertThat(shop.deployRole().path()).isEqualTo("/dev-deploy/");
        try (var role = assumed(shop)) {
            for (var own : List.of("dev-shop", "stage-shop", "baton-shop")) {
                var word = own.substring(0, own.indexOf('-'));
                var account = cloud.aws().account();
                var machine = "arn:aws:states:" + account.region() + ":" + account.id() + ":stateMachine:" + own;
                var calls = List.<Runnable>of(
                        () -> role.lambda().getFunction(r -> r.functionName(own + "-start")),
                        () -> role.states().describeStateMachine(r -> r.stateMachineArn(machine)),
                        () -> role.events().describeRule(r -> r.name(own + "-from-lake")),
                        () -> role.iam().getRole(r -> r.roleName(own + "-Bill")),
                        () -> role.lambda()
                                .updateFunctionConfiguration(
                                        r -> r.functionName(own + "-start").description("mine")),
                        () -> role.iam()
                                .updateAssumeRolePolicy(
                                        r -> r.roleName(own + "-Bill").policyDocument(trust(account.id()))));
                for (var call : calls.subList(0, word.equals("dev") ? 4 : calls.size())) {
                    if (word.equals("dev")) {
                        assertThatCode(call::run).doesNotThrowAnyException();
                    } else {
                        assertThatThrownBy(call::run).as(own).hasMessageContaining("not authorized");
                    }
                }
            }
        }
    }

    @Test
    void commands_see_one_environment() {
        var jar = home.resolve("own.jar").toString();
        assertThat(Call.in(home, "access", "shop", "--env", "dev", "--jar", jar, "--policy", "Bill")
                        .out())
                .contains("role/dev/shop/dev-shop-Bill")
                .doesNotContain("baton-shop");
        assertThat(Call.in(home, "status", "--env", "nowhere").err()).contains("ENV006");
    }

    /// The ARNs of everything under a prefix.
    private static TreeSet<String> all(String word) {
        var prefix = new Prefix(word);
        var endpoint = cloud.endpoint();
        var all = new TreeSet<String>();
        var lambda = endpoint.lambda();
        lambda.listFunctionsPaginator().functions().stream()
                .filter(function -> function.functionName().startsWith(prefix.names()))
                .flatMap(
                        function -> lambda
                                .listVersionsByFunctionPaginator(r -> r.functionName(function.functionName()))
                                .versions()
                                .stream())
                .forEach(version -> all.add(version.functionArn()));
        var states = endpoint.states();
        states.listStateMachinesPaginator(r -> {}).stateMachines().stream()
                .filter(machine -> machine.name().startsWith(prefix.names()))
                .forEach(machine -> {
                    all.add(machine.stateMachineArn());
                    states.listStateMachineVersions(r -> r.stateMachineArn(machine.stateMachineArn()))
                            .stateMachineVersions()
                            .forEach(version -> all.add(version.stateMachineVersionArn()));
                });
        endpoint.iam().listRolesPaginator(r -> r.pathPrefix(prefix.rolePath())).roles().stream()
                .forEach(role -> all.add(role.arn()));
        endpoint.iam().listPoliciesPaginator(r -> r.pathPrefix(prefix.rolePath())).policies().stream()
                .forEach(policy -> all.add(policy.arn()));
        endpoint.events().listRules(r -> r.namePrefix(prefix.names())).rules().forEach(rule -> all.add(rule.arn()));
        return all;
    }

    private static List<String> policies(String... buckets) {
        return List.of(buckets).stream()
                .map(bucket -> cloud.endpoint()
                        .s3()
                        .getBucketPolicy(r -> r.bucket(bucket))
                        .policy())
                .toList();
    }

    /// What status tells of an environment: pipelines and years.
    private static List<String> executions(String environment) {
        var call = environment.equals("local")
                ? Call.in(home, "status", "--json")
                : Call.in(home, "status", "--json", "--env", environment);
        assertThat(call.err()).isEmpty();
        return call.lines().stream()
                .map(line ->
                        String.valueOf(Json.parseObject(line).get("execution")).replaceAll("-[^-]*$", ""))
                .sorted()
                .toList();
    }

    private static void ended(String environment, String pipeline, String year) throws InterruptedException {
        var endpoint = under(environment);
        var machine = "arn:aws:states:" + endpoint.region() + ":"
                + cloud.aws().account().id() + ":stateMachine:"
                + endpoint.prefix().of(pipeline);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (endpoint.states().listExecutions(r -> r.stateMachineArn(machine)).executions().stream()
                .noneMatch(execution -> execution.name().startsWith(pipeline + "-" + year)
                        && execution.status() == ExecutionStatus.SUCCEEDED)) {
            assertThat(System.nanoTime()).as(pipeline + " of " + year).isLessThan(end);
            // The API has nothing to wait on: who follows an execution asks again.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void upload(String bucket, String year) {
        cloud.endpoint()
                .s3()
                .putObject(r -> r.bucket(bucket).key("orders/" + year + ".txt"), RequestBody.fromString(year));
    }

    private static String read(String bucket, String key) {
        return cloud.endpoint()
                .s3()
                .getObjectAsBytes(r -> r.bucket(bucket).key(key))
                .asUtf8String();
    }

    private static Environment environment(String name) {
        return Environments.parse("environments.json", ENVIRONMENTS).named(name);
    }

    private static Endpoint under(String environment) {
        return cloud.endpoint().under(environment(environment).prefix());
    }

    private static List<CompiledPipeline> compiled(String environment, List<Pipeline> pipelines) {
        var prefix = environment(environment).prefix();
        return pipelines.stream()
                .map(pipeline -> Compiler.compile(pipeline, prefix))
                .toList();
    }

    /// As `baton deploy` does, but that functions run in this process. Nobody's environment: a removal takes it.
    private static void put(String environment, List<Pipeline> pipelines) {
        for (var pipeline : compiled(environment, pipelines)) {
            new Deployment(
                            under(environment),
                            LaptopFunctions.inProcess(cloud.aws(), pipeline),
                            DeployedEnvironment.names(
                                    under(environment), environment(environment), pipeline, SourceRevision.UNKNOWN))
                    .deploy(pipeline, "", InstantSource.system());
        }
    }

    /// Who deploys, with the policy that the compiler gives it.
    private static Endpoint assumed(CompiledPipeline pipeline) {
        var account = cloud.aws().account();
        var role = pipeline.deployRole();
        var names = DeployedEnvironment.names(under("dev"), environment("dev"), pipeline, SourceRevision.UNKNOWN)
                .substitutions(pipeline, "arn:aws:kms:" + account.region() + ":" + account.id() + ":key/k");
        var iam = cloud.endpoint().iam();
        var arn = iam.createRole(
                        r -> r.roleName(role.name()).path(role.path()).assumeRolePolicyDocument(trust(account.id())))
                .role()
                .arn();
        iam.putRolePolicy(
                r -> r.roleName(role.name()).policyName("baton").policyDocument(Json.print(names.in(role.policy()))));
        var local = RunningLocal.of(cloud.aws());
        try (var sts = StsClient.builder()
                .endpointOverride(cloud.aws().endpoint())
                .region(Region.of(account.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(local.accessKeyId(), local.secretAccessKey())))
                .build()) {
            var session =
                    sts.assumeRole(r -> r.roleArn(arn).roleSessionName("ci")).credentials();
            return new Endpoint(
                    cloud.aws().endpoint(),
                    account.region(),
                    StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            session.accessKeyId(), session.secretAccessKey(), session.sessionToken())));
        }
    }

    private static String trust(String account) {
        return """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": {"AWS": "arn:aws:iam::%s:root"}}}""".formatted(account);
    }

    private static List<Pipeline> all() {
        return List.of(pipeline("shop", "Bill"), pipeline("books", "Ledger"));
    }

    private static Pipeline pipeline(String name, String root) {
        try {
            return of(name, loader.loadClass("own." + root));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record & Task> Pipeline of(String name, Class<?> root) {
        return Pipeline.of(name, (Class<R>) root);
    }
}
