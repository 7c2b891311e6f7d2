package dev.baton.compiler.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledMap;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.CheckDemand;
import dev.baton.run.Prefix;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentsTest {
    private static final String DEV = """
        {"dev": {"account": "111111111111", "region": "eu-central-1", "stateBucket": {"name": "dev-state"}%s}}\
        """;

    @Test
    void the_examples_file_is_read() throws IOException {
        var file = Path.of("..", "..").resolve(Environments.FILE);

        var environments = Environments.parse("environments.json", Files.readString(file));

        assertThat(environments.byName().keySet()).containsExactly("local", "dev", "stage", "prod");
        assertThat(environments.named("local").place()).isEqualTo(new Destination.Embedded());
        var prod = environments.named("prod");
        assertThat(prod.place()).isEqualTo(new Destination.Account("333333333333", "eu-central-1", null));
        assertThat(prod.concurrency().tasks()).containsEntry("WeatherReport", 2);
        assertThat(prod.rollout()).isEqualTo(new Rollout(Rollout.Strategy.CANARY, 10, 15));
        assertThat(prod.policies()).isTrue();
        assertThat(prod.owner()).isEqualTo("platform");
    }

    @Test
    void the_checks_that_are_demanded_are_names() {
        assertThat(parse(DEV.formatted(", \"demandedChecks\": [\"tests\", \"review\", \"tests\"]"))
                        .named("dev")
                        .demandedChecks()
                        .variable())
                .isEqualTo("tests,review");
        assertThat(parse(DEV.formatted("")).named("dev").demandedChecks()).isEqualTo(CheckDemand.NONE);
        for (var wrong : List.of("[]", "[\"Tests\"]", "[\"a,b\"]", "\"tests\"", "[\"../x\"]")) {
            assertThatThrownBy(() -> parse(DEV.formatted(", \"demandedChecks\": " + wrong)))
                    .as(wrong)
                    .hasMessageContaining("/dev/demandedChecks");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"account\": \"111111111111\", \"region\": \"eu-central-1\" | true | ",
                "\"endpoint\": \"embedded\" | true | ",
                "\"account\": \"111111111111\", \"region\": \"eu-central-1\" | \"arn:aws:kms:eu-central-1:111111111111:key/a\" | ",
                "\"account\": \"111111111111\", \"region\": \"eu-central-1\" | \"arn:aws:kms:eu-west-1:111111111111:key/a\" | ENV055",
                "\"account\": \"111111111111\", \"region\": \"eu-central-1\" | \"arn:aws-cn:kms:eu-central-1:111111111111:key/a\" | ENV055",
                "\"endpoint\": \"embedded\" | \"arn:aws:kms:us-east-1:000000000000:key/a\" | ENV055",
                "\"endpoint\": \"http://localhost:4566\" | \"arn:aws:kms:us-east-1:000000000000:key/a\" | ENV055",
                "\"endpoint\": \"embedded\" | false | ENV003",
                "\"endpoint\": \"embedded\" | \"alias/baton\" | ENV003"
            })
    void state_machines_are_under_a_key_of_the_environments_own_region(
            String place, String key, @Nullable String code) {
        var text = "{\"dev\": {" + place + ", \"stateBucket\": {\"name\": \"dev-state\"}, \"stateMachineKey\": " + key
                + "}}";
        if (code == null) {
            var dev = parse(text).named("dev");
            assertThat(dev.machineKey())
                    .isEqualTo(new MachineKey(key.equals("true") ? null : key.substring(1, key.length() - 1)));
            assertThat(dev.options().encrypted()).isTrue();
        } else {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOfSatisfying(
                            DiagnosticException.class,
                            e -> assertThat(e.diagnostics()).singleElement().satisfies(finding -> {
                                assertThat(finding.code()).isEqualTo(code);
                                assertThat(finding.toString()).contains("/dev/stateMachineKey");
                            }));
        }
    }

    @Test
    void what_is_not_said_has_its_usual_value() {
        var dev = parse(DEV.formatted("")).named("dev");

        assertThat(dev.eventBus()).isEqualTo("default");
        assertThat(dev.concurrency()).isEqualTo(Concurrency.FREE);
        assertThat(dev.retention()).isEqualTo(Retention.DEFAULT);
        assertThat(dev.alarms()).isNull();
        assertThat(dev.rollout()).isNull();
        assertThat(dev.machineKey()).isNull();
        assertThat(dev.options().encrypted()).isFalse();
        assertThat(dev.snapStart()).isTrue();
        assertThat(parse(DEV.formatted(", \"snapStart\": false")).named("dev").snapStart())
                .isFalse();
    }

    @Test
    void an_environment_without_policies_says_so() {
        var both = Environments.parse(
                "environments.json",
                "{\"dev\": {\"endpoint\": \"embedded\"}, \"prod\": {\"endpoint\": \"embedded\", \"prefix\": \"prod\","
                        + " \"policies\": true, \"owner\": \"platform\"}}");
        assertThat(both.named("dev").withoutPolicies())
                .hasValueSatisfying(finding -> assertThat(finding.code()).isEqualTo("ENV042"));
        assertThat(both.named("prod").withoutPolicies()).isEmpty();
        assertThat(both.named("prod").owner()).isEqualTo("platform");
    }

    @Test
    void an_endpoint_needs_no_account_and_its_buckets_have_their_logical_names() {
        var local = parse("{\"localstack\": {\"endpoint\": \"http://localhost:4566\"}}")
                .named("localstack");

        assertThat(local.place())
                .isEqualTo(new Destination.Endpoint(URI.create("http://localhost:4566"), "000000000000", "us-east-1"));
        assertThat(local.missing(List.of("lake", "state"))).isEmpty();
        assertThat(local.substitutions(List.of("lake", "state"))
                        .in("${LakeBucket} ${StateBucket} ${AccountId} ${aws:username}"))
                .isEqualTo("lake baton-state 000000000000 ${aws:username}");
    }

    @Test
    void the_partition_follows_from_the_region() {
        assertThat(new Destination.Account("1", "eu-central-1", null).partition())
                .isEqualTo("aws");
        assertThat(new Destination.Account("1", "cn-north-1", null).partition()).isEqualTo("aws-cn");
        assertThat(new Destination.Account("1", "us-gov-west-1", null).partition())
                .isEqualTo("aws-us-gov");
        assertThat(new Destination.Account("1", "eusc-de-east-1", null).partition())
                .isEqualTo("aws-eusc");
    }

    @Test
    void a_bucket_without_a_real_name_is_found() {
        var dev = parse(DEV.formatted(", \"buckets\": {\"lake\": {\"name\": \"dev-lake\"}}"))
                .named("dev");

        assertThat(dev.missing(List.of("lake", "state", "archive")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("ENV004", "archive", "it names lake"));
    }

    @Test
    void all_that_is_wrong_is_found_with_its_place() {
        var text = """
            {
              "dev": {
                "acount": "111111111111",
                "region": "Frankfurt",
                "stateBucket": {"name": "dev.state"},
                "retention": {"logDays": 8},
                "retention": {"logDays": 8}
              },
              "prod": {"endpoint": "embedded", "region": "eu-central-1"}
            }
            """;

        assertThat(findings(text).stream()
                        .map(Diagnostic::toString)
                        .map(said -> said.substring(0, said.indexOf("\n  Mend"))))
                .containsExactlyInAnyOrder(
                        "error ENV002 at environments.json:7:5 /dev/retention\n  the field retention is there twice.",
                        "error ENV002 at environments.json:2:10 /dev\n  the field account is missing.",
                        "error ENV003 at environments.json:4:15 /dev/region\n"
                                + "  region is \"Frankfurt\", but expected is the name of a Region, such as eu-central-1.",
                        "error ENV003 at environments.json:5:29 /dev/stateBucket/name\n"
                                + "  name is \"dev.state\", but expected is a bucket's name of 3 to 63 small letters,"
                                + " digits and hyphens, without the beginnings and endings that S3 keeps for itself"
                                + " (xn--,"
                                + " sthree-, amzn-s3-demo-, -s3alias, --ol-s3, --x-s3, --table-s3).",
                        "error ENV002 at environments.json:7:19 /dev/retention/logDays\n"
                                + "  the field logDays cannot stand here so: CloudWatch Logs takes [1, 3, 5, 7, 14, 30,"
                                + " 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].",
                        "error ENV002 at environments.json:3:5 /dev/acount\n"
                                + "  the field acount is not known here; known are endpoint, account, region, profile,"
                                + " prefix,"
                                + " stateBucket, buckets, eventBus, completions, retention, concurrency, key, stateMachineKey, network,"
                                + " containers, alarms, monthlyBudget, rollout, snapStart, clean, demandedChecks,"
                                + " policies, owner, identities, roleTeams, audit, oidc, tags.",
                        "error ENV002 at environments.json:9:36 /prod/region\n"
                                + "  the field region cannot stand here so: the embedded AWS says itself where it is.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENV003 | \"owner\": \"a team\"",
                "ENV003 | \"buckets\": {\"lake\": {\"name\": \"Lake\"}}",
                "ENV003 | \"buckets\": {\"lake\": {\"name\": \"sthree-lake\"}}",
                "ENV003 | \"buckets\": {\"lake\": {\"name\": \"lake--x-s3\"}}",
                "ENV002 | \"buckets\": {\"lake\": {}}",
                "ENV003 | \"buckets\": [\"lake\"]",
                "ENV003 | \"key\": \"alias/mine\"",
                "ENV003 | \"eventBus\": \"arn:aws:events:::event-bus/mine\"",
                "ENV002 | \"network\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"]}",
                "ENV003 | \"network\": {\"vpc\": \"vpc-12345678\", \"subnets\": [], \"securityGroups\":"
                        + " [\"sg-12345678\"]}",
                "ENV002 | \"containers\": {}",
                "ENV002 | \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"], \"nat\":"
                        + " true}",
                "ENV003 | \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": []}",
                "ENV003 | \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"], \"publicIp\":"
                        + " \"yes\"}",
                "ENV003 | \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"], \"image\":"
                        + " \"sha256:1\"}",
                "ENV002 | \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"],"
                        + " \"securityGroups\": [\"sg-00000001\", \"sg-00000002\", \"sg-00000003\", \"sg-00000004\","
                        + " \"sg-00000005\", \"sg-00000006\"]}",
                "ENV003 | \"alarms\": {\"email\": \"nobody\"}",
                "ENV002 | \"alarms\": {}",
                "ENV002 | \"alarms\": {\"email\": \"a@b.example\", \"topic\":"
                        + " \"arn:aws:sns:eu-central-1:111111111111:mine\"}",
                "ENV003 | \"monthlyBudget\": 9.5",
                "ENV003 | \"monthlyBudget\": 0",
                "ENV003 | \"concurrency\": {\"task\": \"20\"}",
                "ENV002 | \"concurrency\": {\"tasks\": {\"dev.baton.Report\": 2}}",
                "ENV003 | \"retention\": {\"runDays\": 7}",
                "ENV003 | \"rollout\": {\"strategy\": \"ALL\", \"percent\": 10, \"minutes\": 10}",
                "ENV003 | \"rollout\": {\"strategy\": \"CANARY\", \"percent\": 100, \"minutes\": 10}",
                "ENV003 | \"oidc\": {\"issuer\": \"http://issuer.example\", \"audience\": \"a\", \"subjects\":"
                        + " [\"s\"]}",
                "ENV003 | \"oidc\": {\"issuer\": \"https://issuer.example\", \"audience\": \"a\", \"subjects\":"
                        + " [\"*:main\"]}",
                "ENV003 | \"oidc\": {\"issuer\": \"https://issuer.example\", \"audience\": \"a\", \"subjects\":"
                        + " [\"*\"]}",
                "ENV002 | \"tags\": {\"baton:pipeline\": \"mine\"}",
            })
    void each_field_takes_only_what_it_should(String code, String field) {
        assertThat(findings(DEV.formatted(", " + field)).stream().map(Diagnostic::code))
                .containsOnly(code);
    }

    @Test
    void two_environments_in_one_account_are_refused() {
        var one = DEV.formatted("");
        var two = one.substring(1).replace("dev", "prod");

        assertThat(findings(one.substring(0, one.length() - 1) + ", " + two).stream()
                        .map(Diagnostic::code))
                .containsExactly("ENV005");
    }

    /// Two environments of one account, with more fields of each.
    private static String two(String dev, String stage) {
        return """
            {"dev": {"account": "111111111111", "region": "eu-central-1", "stateBucket": {"name": "dev-runs"}%s},
             "stage": {"account": "111111111111", "region": "us-east-1", "stateBucket": {"name": "stage-runs"}%s}}
            """.formatted(dev, stage);
    }

    @Test
    void two_environments_in_one_account_differ_in_their_prefix() {
        var both = parse(two(", \"prefix\": \"dev\"", ""));

        assertThat(both.named("dev").prefix()).isEqualTo(new Prefix("dev"));
        assertThat(both.named("stage").prefix()).isEqualTo(Prefix.BATON);
        assertThat(findings(two(", \"prefix\": \"dev\"", ", \"prefix\": \"dev\"")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("ENV005", "/stage", "stage and dev", "\"prefix\" of its own"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENV021 | \"prefix\": \"Dev\"",
                "ENV021 | \"prefix\": \"dev-2\"",
                "ENV021 | \"prefix\": \"aws\"",
                "ENV021 | \"prefix\": \"\"",
                "ENV003 | \"prefix\": 5",
            })
    void a_prefix_is_a_word(String code, String field) {
        assertThat(findings(DEV.formatted(", " + field)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains(code, "/dev/prefix"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENV022 | \"stateBucket\": {\"name\": \"x-b\"} | \"stateBucket\": {\"name\": \"x-b\"}",
                "ENV023 | \"buckets\": {\"lake\": {\"name\": \"x-b\"}} | \"buckets\": {\"lake\": {\"name\": \"x-b\"}}",
                "ENV023 | \"buckets\": {\"in\": {\"name\": \"x-b\"}} | \"buckets\": {\"out\": {\"name\": \"x-b\"}}",
                "ENV023 | \"buckets\": {\"in\": {\"name\": \"x-b\", \"imported\": true}}"
                        + " | \"buckets\": {\"in\": {\"name\": \"x-b\", \"imported\": true}}",
                "ENV023 | \"buckets\": {\"in\": {\"name\": \"x-b\"}} | \"stateBucket\": {\"name\": \"x-b\"}",
                "ENV026 | \"oidc\": {\"issuer\": \"https://i.example\", \"audience\": \"a\", \"subjects\": [\"dev\"]}"
                        + " | \"oidc\": {\"issuer\": \"https://i.example\", \"audience\": \"a\","
                        + " \"subjects\": [\"stage\"]}",
                "ENV027 | \"buckets\": {\"in\": {\"name\": \"x-b\", \"imported\": true,"
                        + " \"notifications\": \"arn:aws:sqs:eu-central-1:111111111111:q\"}}"
                        + " | \"buckets\": {\"in\": {\"name\": \"x-c\", \"imported\": true,"
                        + " \"notifications\": \"arn:aws:sqs:eu-central-1:111111111111:q\"}}",
            })
    void what_environments_of_one_account_may_not_share_is_refused(String code, String dev, String stage) {
        var text = """
            {"dev": {"account": "111111111111", "region": "eu-central-1", "prefix": "dev"%s, %s},
             "stage": {"account": "%s", "region": "eu-central-1", "prefix": "stage"%s, %s}}
            """;
        var first = dev.contains("stateBucket") ? "" : ", \"stateBucket\": {\"name\": \"dev-runs\"}";
        var second = stage.contains("stateBucket") ? "" : ", \"stateBucket\": {\"name\": \"stage-runs\"}";

        assertThat(findings(text.formatted(first, dev, "111111111111", second, stage)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains(code, "/stage", "stage and dev"));
        // What is another account's is not held against this one.
        assertThat(parse(text.formatted(first, dev, "222222222222", second, stage))
                        .byName())
                .hasSize(2);
    }

    @Test
    void environments_of_one_endpoint_have_buckets_of_their_own() {
        var both = parse("""
            {"dev": {"endpoint": "embedded", "prefix": "dev"}, "stage": {"endpoint": "embedded", "prefix": "stage"},
             "local": {"endpoint": "embedded"}}
            """);

        assertThat(both.byName().values())
                .extracting(environment -> environment.stateBucket().name())
                .containsExactly("dev-state", "stage-state", "baton-state");
        assertThat(both.byName().values())
                .extracting(environment -> environment.bucket("lake").name())
                .containsExactly("dev-lake", "stage-lake", "lake");
        assertThat(both.named("dev").substitutions(List.of("lake", "state")).in("${LakeBucket} ${StateBucket}"))
                .isEqualTo("dev-lake dev-state");
        assertThat(findings("""
            {"dev": {"endpoint": "embedded", "prefix": "dev", "buckets": {"lake": {"name": "shared"}}},
             "stage": {"endpoint": "embedded", "prefix": "stage", "buckets": {"lake": {"name": "shared"}}}}
            """)).extracting(Diagnostic::code).containsExactly("ENV023");
    }

    @Test
    void completions_are_told_where_somebody_hears_them() {
        var text = """
            {"dev": {"account": "111111111111", "region": "eu-central-1", "prefix": "%s",
                     "stateBucket": {"name": "dev-runs"},
                     "completions": {"to": ["arn:aws:events:eu-central-1:222222222222:event-bus/default"]}},
             "far": {"account": "222222222222", "region": "eu-central-1", "prefix": "%s",
                     "stateBucket": {"name": "far-runs"}, "completions": {"from": ["111111111111"]}},
             "farther": {"account": "222222222222", "region": "us-east-1", "stateBucket": {"name": "farther-runs"}}}
            """;

        assertThat(parse(text.formatted("dev", "dev")).byName()).hasSize(3);
        assertThat(findings(text.formatted("dev", "far")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("ENV025", "/dev", "begin with far."));
    }

    @Test
    void a_pipeline_is_compiled_for_the_prefix_of_its_environment() {
        var dev = parse(DEV.formatted(", \"prefix\": \"dev\"")).named("dev");

        assertThat(dev.otherPrefixes(List.of(Compiler.compile(Pipeline.of("quilt", Quilt.class), dev.prefix()))))
                .isEmpty();
        assertThat(dev.otherPrefixes(List.of(Compiler.compile(Pipeline.of("quilt", Quilt.class)))))
                .extracting(Diagnostic::code)
                .containsExactly("ENV028");
    }

    @Test
    void there_are_no_budgets_in_govcloud() {
        var there = DEV.formatted(", \"monthlyBudget\": 5");

        assertThat(parse(there).named("dev").monthlyBudget()).isEqualTo(5);
        assertThat(parse(there.replace("eu-central-1", "cn-north-1"))
                        .named("dev")
                        .monthlyBudget())
                .isEqualTo(5);
        assertThat(findings(there.replace("eu-central-1", "us-gov-west-1")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("monthlyBudget", "GovCloud"));
    }

    @Test
    void a_cap_for_a_task_that_is_not_there_is_found() {
        var dev = parse(DEV.formatted(", \"concurrency\": {\"tasks\": {\"Report\": 2, \"Clean\": 3}}"))
                .named("dev");

        assertThat(dev.unknownTasks(List.of("Clean", "Raport")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("ENV009", "Report, which no pipeline has", "Clean, Raport"));
    }

    @Test
    void maps_run_as_many_iterations_at_a_time_as_tasks_declare_unless_the_environment_says_otherwise() {
        var pipeline = Compiler.compile(Pipeline.of("quilt", Quilt.class));
        var silent = parse(DEV.formatted("")).named("dev");
        var capped = parse(DEV.formatted(", \"concurrency\": {\"maps\": {\"Patch\": 7}}"))
                .named("dev");

        assertThat(pipeline.maps()).containsExactly(new CompiledMap("Patch", "PatchConcurrency", 0));
        assertThat(silent.concurrency().substitutions(pipeline)).containsExactly(Map.entry("PatchConcurrency", "0"));
        assertThat(capped.concurrency().substitutions(pipeline)).containsExactly(Map.entry("PatchConcurrency", "7"));
        assertThat(silent.unknownMaps(List.of(pipeline))).isEmpty();
        assertThat(capped.unknownMaps(List.of(pipeline))).isEmpty();
        assertThat(pipeline.machine().definition().toJson())
                .contains("\"MaxConcurrency\": \"{% $number('${PatchConcurrency}') %}\"");
    }

    @Test
    void a_cap_for_a_map_that_is_not_there_is_found() {
        var pipeline = Compiler.compile(Pipeline.of("quilt", Quilt.class));
        var dev = parse(DEV.formatted(", \"concurrency\": {\"maps\": {\"Quilt\": 7}}"))
                .named("dev");

        assertThat(dev.unknownMaps(List.of(pipeline)))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.toString()).contains("ENV009", "the Maps over Quilt", "there are Patch"));
    }

    @Intent("One of fifty")
    record Patch(int year, int number) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/patches/{year}/{number}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Intent("Fifty patches")
    record Quilt(int year) implements Task {
        @Override
        public List<Patch> requires() {
            return IntStream.range(0, 50).mapToObj(n -> new Patch(year, n)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/quilts/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("only compiled");
        }
    }

    @Test
    void only_an_account_has_stacks() {
        assertThat(parse(DEV.formatted("")).named("dev").withoutAccount()).isEmpty();
        assertThat(parse("{\"local\": {\"endpoint\": \"embedded\"}}")
                        .named("local")
                        .withoutAccount())
                .hasValueSatisfying(finding -> assertThat(finding.code()).isEqualTo("ENV007"));
    }

    @Test
    void containers_need_a_network_and_are_told_of_it() {
        var without = parse(DEV.formatted("")).named("dev");

        assertThat(without.withContainers("ice", List.of())).isEmpty();
        assertThat(without.withContainers("ice", List.of("baton-ice-Flow")))
                .hasValueSatisfying(finding ->
                        assertThat(finding.toString()).contains("ENV010", "ice runs baton-ice-Flow on Fargate"));

        var dev = parse(DEV.formatted(", \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\","
                        + " \"subnet-87654321\"], \"securityGroups\": [\"sg-12345678\"], \"publicIp\": true}"))
                .named("dev");
        assertThat(dev.withContainers("ice", List.of("baton-ice-Flow"))).isEmpty();
        assertThat(dev.substitutions(List.of())
                        .in("${ContainerRepository} ${ContainerSubnets} ${ContainerSecurityGroups}"
                                + " ${ContainerPublicIp}"))
                .isEqualTo("baton-tasks subnet-12345678,subnet-87654321 sg-12345678 ENABLED");
    }

    @Test
    void the_image_of_containers_is_that_of_the_functions_code_unless_a_tag_or_a_digest_is_given() {
        var digest = "sha256:" + "0a".repeat(32);

        assertThat(image("").version("c0de")).isEqualTo(":c0de");
        assertThat(image(", \"image\": \"1.2\"").version("c0de")).isEqualTo(":1.2");
        assertThat(image(", \"image\": \"" + digest + "\"").version("c0de")).isEqualTo("@" + digest);
        assertThat(image("").publicIp()).isFalse();
    }

    private static ContainerSettings image(String field) {
        return parse(DEV.formatted(", \"containers\": {\"vpc\": \"vpc-12345678\", \"subnets\": [\"subnet-12345678\"]"
                        + field + "}"))
                .named("dev")
                .containers();
    }

    @Test
    void a_text_that_is_no_json_is_told_with_its_place() {
        assertThat(findings("{\"dev\": {").getFirst().toString()).startsWith("error ENV001 at environments.json:1:");
        assertThat(findings("[]").getFirst().toString()).startsWith("error ENV001 at environments.json:1:1");
    }

    @Test
    void an_unknown_environment_is_told_with_those_there_are() {
        assertThatThrownBy(() -> parse(DEV.formatted("")).named("prod"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV006")
                .hasMessageContaining("there is no environment prod; there is dev");
    }

    private static Environments parse(String text) {
        return Environments.parse("environments.json", text);
    }

    private static List<Diagnostic> findings(String text) {
        try {
            parse(text);
            throw new AssertionError("nothing was found");
        } catch (DiagnosticException e) {
            return e.diagnostics();
        }
    }
}
