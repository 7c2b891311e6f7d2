package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.operate.StartRequest;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.run.StartResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// An account holds a hundred pipelines of fifty classes: what they share is counted against what AWS takes.
class HundredPipelinesTest {
    private static final int PIPELINES = 100;
    /// The longest names that buckets have, so that nothing is longer anywhere.
    private static final Substitutions LONGEST = new Substitutions(Map.of(
            "AccountId",
            "123456789012",
            "Region",
            "ap-southeast-1",
            "Partition",
            "aws-us-gov",
            "StateBucket",
            "s".repeat(63),
            "LakeBucket",
            "l".repeat(63),
            "StateKey",
            "arn:aws-us-gov:kms:ap-southeast-1:123456789012:key/" + "0".repeat(36),
            "LakeKey",
            "arn:aws-us-gov:kms:ap-southeast-1:123456789012:key/" + "1".repeat(36),
            "EventBus",
            "default"));

    @TempDir
    private Path folder;

    private final Map<String, String> shares = new TreeMap<>();

    @Test
    void every_shared_policy_and_every_role_of_a_hundred_pipelines_of_fifty_classes_fits() throws IOException {
        var compiled = new ManyPipelines(folder, 50)
                .first(PIPELINES).stream().map(Compiler::compile).toList();

        var state = joined(compiled, CompiledBucket.STATE);
        assertThat(state)
                .as("it says of all what it says of one")
                .isEqualTo(joined(compiled.subList(0, 1), CompiledBucket.STATE));
        share("bucket policy, state", BucketPolicies.bytes(state), BucketPolicies.LONGEST);
        var lake = joined(compiled, "lake");
        share("bucket policy, lake", BucketPolicies.bytes(lake), BucketPolicies.LONGEST);
        var two = BucketPolicies.bytes(joined(compiled.subList(0, 2), "lake"));
        var nine = BucketPolicies.bytes(joined(compiled.subList(0, 9), "lake"));
        // One place of its own in a bucket with the longest of names.
        assertThat((nine - two) / 7).isLessThan(63 + 64);

        share(
                "inline policy of a role",
                longest(compiled, role -> role.kind() != CompiledRole.Kind.DEPLOY, CompiledRole::policy),
                10_240);
        share(
                "inline policy of a deploy role",
                longest(compiled, role -> role.kind() == CompiledRole.Kind.DEPLOY, CompiledRole::policy),
                10_240);
        share("trust policy", longest(compiled, role -> true, CompiledRole::trust), 2_048);
        var boundaries =
                compiled.stream().mapToInt(each -> length(each.boundary().policy()));
        share("boundary", boundaries.max().orElseThrow(), 6_144);
        share(
                "tags of a role",
                roles(compiled).mapToInt(role -> role.tags().size()).max().orElseThrow(),
                40);
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
        share(
                "rules of a bus",
                compiled.stream().mapToInt(each -> each.triggers().size()).sum(),
                300);
        var targets = compiled.stream()
                .flatMap(each -> each.triggers().stream())
                .collect(Collectors.toMap(CompiledTrigger::name, trigger -> 1, Integer::sum));
        share(
                "targets of a rule",
                targets.values().stream().mapToInt(count -> count).max().orElseThrow(),
                5);
        shares.forEach((what, share) -> System.out.println(what + ": " + share));
        assertThat(compiled).allSatisfy(each -> assertThat(each.functions()).hasSizeGreaterThanOrEqualTo(50));
    }

    private void share(String what, int length, int most) {
        assertThat(length).as(what).isLessThanOrEqualTo(most);
        shares.put(what, "%d of %d, %.0f %%".formatted(length, most, 100.0 * length / most));
    }

    private static Stream<CompiledRole> roles(List<CompiledPipeline> compiled) {
        return compiled.stream().flatMap(each -> Stream.concat(each.roles().stream(), Stream.of(each.deployRole())));
    }

    private static int longest(
            List<CompiledPipeline> compiled,
            Predicate<CompiledRole> which,
            Function<CompiledRole, Map<String, @Nullable Object>> policy) {
        return roles(compiled)
                .filter(which)
                .mapToInt(role -> length(policy.apply(role)))
                .max()
                .orElseThrow();
    }

    private static int length(Map<String, @Nullable Object> policy) {
        return Json.print(LONGEST.in(policy)).length();
    }

    private static Map<String, @Nullable Object> joined(List<CompiledPipeline> compiled, String logical) {
        return BucketPolicies.joined(
                null,
                compiled.stream()
                        .flatMap(each -> each.buckets().stream())
                        .filter(bucket -> bucket.logical().equals(logical))
                        .map(bucket -> new BucketPolicies.Wanted(LONGEST.in(bucket.policy()), bucket.uploads()))
                        .toList());
    }

    @Test
    @EnabledIfSystemProperty(named = "baton.thorough", matches = "true")
    void a_hundred_pipelines_of_five_classes_are_deployed_and_ten_run() throws Exception {
        var pipelines = new ManyPipelines(folder, 5).first(PIPELINES);
        try (var cloud = new LocalCloud(0, null)) {
            Call.silenceLogs();
            var compiled = new ArrayList<CompiledPipeline>();
            for (var pipeline : pipelines) {
                compiled.add(Compiler.compile(pipeline));
                cloud.deploy(compiled.getLast());
            }
            var endpoint = cloud.endpoint();
            for (var pipeline : compiled.subList(40, 50)) {
                endpoint.s3()
                        .putObject(
                                r -> r.bucket("lake").key(pipeline.name() + "/landing/2026.csv"),
                                RequestBody.fromString("x"));
                var start = pipeline.function(CompiledFunction.Kind.START).name();
                var started = new StartRequest(endpoint, pipeline.name(), start).start(Map.of("year", "2026"));
                assertThat(started).isInstanceOfAny(StartResult.Started.class, StartResult.Running.class);
                var execution = ((StartResult.OfExecution) started).execution();
                var status = ExecutionStatus.RUNNING;
                while (status == ExecutionStatus.RUNNING) {
                    Thread.sleep(20);
                    status = endpoint.states()
                            .describeExecution(r -> r.executionArn(execution))
                            .status();
                }
                assertThat(status).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(endpoint.s3()
                                .getObjectAsBytes(r -> r.bucket("lake").key(pipeline.name() + "/task5/2026.csv"))
                                .asByteArray())
                        .containsExactly('x', 1, 'x', 2, 'x', 3, 'x', 4, 5);
            }
            // What a later call no longer knows leaves nothing behind.
            cloud.removeAllBut(List.of("p007"));
            assertThat(endpoint.states().listStateMachines().stateMachines())
                    .extracting(machine -> machine.name())
                    .containsExactly("baton-p007");
            assertThat(endpoint.lambda().listFunctionsPaginator().functions())
                    .isNotEmpty()
                    .allSatisfy(function -> assertThat(function.functionName()).startsWith("baton-p007-"));
            assertThat(endpoint.iam().listRolesPaginator().roles())
                    .allSatisfy(role -> assertThat(role.path()).isEqualTo("/baton/p007/"));
            assertThat(endpoint.iam()
                            .listPoliciesPaginator(r -> r.pathPrefix("/baton/"))
                            .policies())
                    .hasSize(1);
            assertThat(endpoint.events().listRules(r -> {}).rules())
                    .allSatisfy(rule -> assertThat(rule.name()).startsWith("baton-p007-"));
            assertThat(endpoint.s3().getBucketPolicy(r -> r.bucket("lake")).policy())
                    .contains("lake/p007/")
                    .doesNotContain("lake/p008/");
            assertThat(endpoint.s3()
                            .listObjectsV2(r -> r.bucket("lake").prefix("p041/"))
                            .contents())
                    .as("data stays")
                    .hasSize(6);
        }
    }
}
