package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import dev.baton.run.StateKeys;
import dev.baton.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Deployments to an environment where policies about people hold, and changes of these policies: one after the other,
/// on one embedded AWS. What is deployed never runs here.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GovernedDeploymentTest {
    private static final String RUNTIME = "baton.function.jar";
    private static final String STATE = "prod-state";
    private static final String POLICIES = """
            @id("owners") permit (principal, action, resource)
              when { resource has owner && principal in resource.owner };
            @id("platform") permit (principal in Baton::Team::"platform", action, resource);
            """;

    @TempDir
    private static Path home;

    private static @Nullable String before;
    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        before = System.getProperty(RUNTIME);
        var api = FunctionPackage.source(Task.class);
        var bytes = Files.isDirectory(api) ? FunctionPackage.jar(api) : Files.readAllBytes(api);
        Files.write(home.resolve("baton-lambda-deployed.jar"), bytes);
        Files.write(home.resolve("baton-lambda-people.jar"), bytes);
        System.setProperty(RUNTIME, home.resolve("baton-lambda-deployed.jar").toString());
        Files.createDirectories(home.resolve("cdk"));
        cloud = new LocalCloud(0, null, LaptopFunctions.JVM);
        DeployedPipeline.tell(home, cloud.aws());
    }

    @AfterAll
    static void stop() {
        cloud.close();
        if (before == null) {
            System.clearProperty(RUNTIME);
        } else {
            System.setProperty(RUNTIME, before);
        }
    }

    /// @param teams of whoever calls, who is the administrator of the embedded AWS
    private static void environments(String... teams) throws IOException {
        Files.writeString(home.resolve("cdk/environments.json"), """
                {
                  "dev": {"endpoint": "embedded", "prefix": "dev"},
                  "prod": {
                    "endpoint": "embedded",
                    "prefix": "prod",
                    "policies": true,
                    "owner": "platform",
                    "roleTeams": {"arn:aws:iam::000000000000:user/admin": %s}
                  }
                }
                """.formatted(Json.print(List.of(teams))));
    }

    private static Call deploy(Path jar) {
        return Call.in(home, "deploy", "prod", "ledger", "--jar", jar.toString(), "--no-sweep");
    }

    private static Path jar(String owner) throws IOException {
        var head = """
                package own;

                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;

                """;
        var folder = home.resolve("of-" + owner);
        return SourceJar.of(
                folder,
                "Ledger",
                Map.of("Receipts", head + """
                        @Intent("Receipts of a year")
                        public record Receipts(Year year) implements ExternalTask {
                            public Target output() { return S3Target.at("s3://lake/receipts/{year}.txt", this); }
                        }
                        """, "Balance", head + """
                        @Intent("The sum and a word") @Owner("%s")
                        public record Balance(Year year) implements Task {
                            public List<Receipts> requires() { return List.of(new Receipts(year)); }
                            public Target output() { return S3Target.at("s3://lake/balances/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(new Receipts(year)).text());
                            }
                        }
                        """.formatted(owner), "Ledger", head + """
                        public final class Ledger implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Balance.class)); }
                        }
                        """));
    }

    private static List<EvidenceEntry> evidence(EvidenceEntry.Kind kind) {
        return cloud
                .endpoint()
                .s3()
                .listObjectsV2Paginator(request -> request.bucket(STATE).prefix(StateKeys.EVIDENCE))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.contains("-" + kind.word() + "-"))
                .map(key -> EvidenceEntry.parse(bytes(key)))
                .toList();
    }

    private static byte[] bytes(String key) {
        return cloud.endpoint()
                .s3()
                .getObjectAsBytes(request -> request.bucket(STATE).key(key))
                .asByteArray();
    }

    private static @Nullable String policies() {
        try {
            return new String(bytes(StateKeys.policies()), StandardCharsets.UTF_8);
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    @Test
    @Order(1)
    void an_owner_deploys_and_it_is_evidence() throws IOException {
        environments("bookkeepers");
        var call = deploy(jar("bookkeepers"));
        assertThat(call.exit()).as(call.err()).isZero();

        assertThat(new String(bytes(StateKeys.governed("ledger")), StandardCharsets.UTF_8))
                .contains("\"owner\":\"bookkeepers\"", "\"environmentOwner\":\"platform\"", "\"Balance\"");
        assertThat(policies()).as("the project has none").isNull();
        assertThat(evidence(EvidenceEntry.Kind.DEPLOYMENT)).singleElement().satisfies(entry -> {
            assertThat(entry.pipeline()).isEqualTo("ledger");
            assertThat(entry.requester().kind()).isEqualTo(Requester.Kind.ROLE);
            assertThat(entry.requester().id()).isEqualTo("arn:aws:iam::000000000000:user/admin");
            assertThat(entry.requester().teams()).containsExactly("bookkeepers");
            assertThat(entry.details()).containsEntry("environment", "prod").containsKeys("definitions", "code");
            assertThat((Long) Objects.requireNonNull(entry.details().get("widened")))
                    .isPositive();
        });
        assertThat(evidence(EvidenceEntry.Kind.PERMISSION))
                .singleElement()
                .satisfies(entry -> assertThat(String.valueOf(entry.details().get("widened")))
                        .contains("role prod-ledger-Balance-runner"));
    }

    @Test
    @Order(2)
    void who_owns_no_pipeline_deploys_none_whatever_the_code_says_now() throws IOException {
        environments("strangers");
        for (var owner : List.of("bookkeepers", "strangers")) {
            var call = deploy(jar(owner));
            assertThat(call.exit()).isEqualTo(1);
            assertThat(call.err())
                    .startsWith("error CLI110 at prod\n")
                    .contains("do not let you deploy ledger to prod: no policy allows");
        }
        assertThat(evidence(EvidenceEntry.Kind.DEPLOYMENT))
                .as("nothing was deployed")
                .hasSize(1);
        assertThat(evidence(EvidenceEntry.Kind.DECISION))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.details())
                        .containsEntry("allowed", false)
                        .containsEntry("action", "deploy"));
    }

    @Test
    @Order(3)
    void the_team_of_the_environment_changes_its_policies_and_nobody_else() throws IOException {
        Files.writeString(home.resolve("cdk/policies.cedar"), POLICIES);
        var jar = jar("bookkeepers").toString();
        environments("bookkeepers");
        var refused = Call.in(home, "policy", "put", "prod", "--jar", jar);
        assertThat(refused.err()).startsWith("error CLI110 at prod\n").contains("change the policies of prod");
        assertThat(policies()).isNull();

        environments("platform");
        var put = Call.in(home, "policy", "put", "prod", "--jar", jar);
        assertThat(put.exit()).as(put.err()).isZero();
        assertThat(put.out()).contains("+ platform", "- approvers", "~ owners", "sha256 " + Sha256.hex(POLICIES));
        assertThat(policies()).isEqualTo(POLICIES);
        assertThat(evidence(EvidenceEntry.Kind.POLICY))
                .singleElement()
                .satisfies(entry -> assertThat(entry.details())
                        .containsEntry("before", "default")
                        .containsEntry("after", Sha256.hex(POLICIES))
                        .containsEntry("added", List.of("platform"))
                        .containsEntry("removed", List.of("approvers", "events")));

        var shown = Call.in(home, "policy", "show", "prod");
        assertThat(shown.out()).isEqualTo(POLICIES);
        assertThat(shown.err()).contains(Sha256.hex(POLICIES), "version ");
        assertThat(Call.in(home, "policy", "diff", "prod").out()).isEqualTo("the policies say the same\n");
    }

    @Test
    @Order(4)
    void what_was_changed_decides_the_next_time_without_a_deployment() throws IOException {
        environments("platform");
        var jar = jar("strangers");
        Files.writeString(
                home.resolve("cdk/policies.cedar"),
                POLICIES + "@id(\"freeze\") forbid (principal, action == Baton::Action::\"deploy\","
                        + " resource == Baton::Pipeline::\"ledger\");");
        assertThat(Call.in(home, "policy", "diff", "prod").out()).isEqualTo("+ freeze\n");
        assertThat(Call.in(home, "policy", "put", "prod", "--jar", jar.toString())
                        .exit())
                .isZero();

        assertThat(deploy(jar).err()).startsWith("error CLI110 at prod\n").contains("the policy freeze forbids");
    }

    @Test
    @Order(5)
    void policies_that_are_broken_in_the_bucket_deny() throws IOException {
        environments("platform");
        cloud.endpoint()
                .s3()
                .putObject(
                        request -> request.bucket(STATE).key(StateKeys.policies()),
                        RequestBody.fromString("permit(principal, action, resource"));
        assertThat(deploy(jar("bookkeepers")).err())
                .startsWith("error CLI110 at prod\n")
                .contains("the policies cannot be used: policies.cedar:1:", "(POL001)");
    }

    @Test
    @Order(6)
    void where_policies_do_not_hold_there_is_nothing_to_change() throws IOException {
        environments("platform");
        for (var word : List.of("put", "show", "diff")) {
            assertThat(Call.in(home, "policy", word, "dev").err()).startsWith("error ENV042 at dev\n");
        }
    }

    @Test
    @Order(7)
    void policies_with_an_error_are_not_put() throws IOException {
        environments("platform");
        var jar = jar("bookkeepers").toString();
        Files.writeString(home.resolve("cdk/policies.cedar"), "permit(principal, action, resource);");
        assertThat(Call.in(home, "policy", "put", "prod", "--jar", jar).err()).startsWith("error POL010 at ");
        Files.delete(home.resolve("cdk/policies.cedar"));
        assertThat(Call.in(home, "policy", "put", "prod", "--jar", jar).err()).startsWith("error CLI111 at ");
    }
}
