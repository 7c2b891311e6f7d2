package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cdk.Synthesised.Resource;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.IStackSynthesizer;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.Stack;

/// An account holds a hundred pipelines: the administrator's stacks, which know all of them, and those of ten of fifty
/// classes are synthesised and counted against what CloudFormation, KMS, S3, Lambda and EventBridge take.
///
/// What the stacks of all have of a pipeline is of the places that it writes to, and not of its classes: so the other
/// ninety have few.
@ExtendWith(Stacks.class)
class HundredPipelinesTest {
    private static final int PIPELINES = 100;
    private static final int LARGE = 10;
    private static final String ACCOUNT = "555555555555";
    private static final String REGION = "ap-southeast-1";
    /// The longest names that buckets have, so that nothing is longer anywhere.
    private static final String ENVIRONMENT = """
            {"many": {
              "account": "%s", "region": "%s",
              "stateBucket": {"name": "%s"}, "buckets": {"lake": {"name": "%s"}},
              "alarms": {"email": "somebody@example.com"}
            }}
            """.formatted(ACCOUNT, REGION, "s".repeat(63), "l".repeat(63));

    /// How much there is of what, and of how much.
    private final Map<String, String> shares = new TreeMap<>();

    @Test
    void every_template_and_policy_of_a_hundred_pipelines_fits() throws IOException {
        var pipelines = Stream.concat(
                        new ManyPipelines(Stacks.folder().resolve("large"), 50).compiled(0, LARGE),
                        new ManyPipelines(Stacks.folder().resolve("small"), 5).compiled(LARGE, PIPELINES))
                .toList();
        assertThat(places(pipelines.getFirst())).hasSameSizeAs(places(pipelines.getLast()));
        var environment = Environments.parse("many", ENVIRONMENT).named("many");
        var made = Stacks.of("hundred", app -> add(app, environment, pipelines));

        templates(made);
        policies(made);
        shares.forEach((what, share) -> System.out.println(what + ": " + share));
        assertThat(made.all("AWS::IAM::ManagedPolicy")).hasSize(PIPELINES);
        assertThat(made.all("AWS::Lambda::Function")).hasSizeGreaterThan(50 * LARGE);
    }

    /// Its part of the bucket's policy.
    private static String places(CompiledPipeline pipeline) {
        return pipeline.buckets().stream()
                .filter(bucket -> bucket.logical().equals("lake"))
                .map(bucket -> Json.print(bucket.policy()))
                .findFirst()
                .orElseThrow();
    }

    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    private void templates(Synthesised made) throws IOException {
        var inRequest = new ArrayList<Integer>();
        var uploaded = new ArrayList<Integer>();
        for (var file : made.files()) {
            var isInRequest = file.getFileName().toString().startsWith(Prefix.BATON.foundation());
            (isInRequest ? inRequest : uploaded).add((int) Files.size(file));
        }
        assertThat(inRequest).hasSize(PIPELINES + 1);
        share("bytes of a template in the request", inRequest, 51_200);
        share("bytes of a template that is uploaded", uploaded, 1_000_000);
        for (var limit :
                Map.of("Resources", 500, "Outputs", 200, "Parameters", 200).entrySet()) {
            var counts = made.templates().values().stream()
                    .map(template -> object(template.getOrDefault(limit.getKey(), Map.of()))
                            .size())
                    .toList();
            share(limit.getKey() + " of a template", counts, limit.getValue());
        }
    }

    private void policies(Synthesised made) {
        // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
        share("bytes of the key's policy", bytes(made, "AWS::KMS::Key", "KeyPolicy"), 32_768);
        share("bytes of a bucket's policy", bytes(made, "AWS::S3::BucketPolicy", "PolicyDocument"), 20_480);
        share("characters of a boundary", bytes(made, "AWS::IAM::ManagedPolicy", "PolicyDocument"), 6_144);
        // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
        var permissions = made.all("AWS::Lambda::Permission").stream()
                .collect(groupingBy(
                        permission ->
                                String.valueOf(made.resolved(permission.stack(), permission.property("FunctionName"))),
                        summingInt(permission -> statement(made, permission))));
        assertThat(permissions).hasSizeGreaterThanOrEqualTo(LARGE);
        share("bytes of a function's policy", permissions.values(), 20_480);
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
        var rules = made.all("AWS::Events::Rule");
        share(
                "targets of a rule",
                rules.stream()
                        .map(rule -> ((List<?>) rule.property("Targets")).size())
                        .toList(),
                5);
        share("characters of a rule's pattern", bytes(made, "AWS::Events::Rule", "EventPattern"), 2_048);
    }

    private static List<Integer> bytes(Synthesised made, String type, String property) {
        return made.all(type).stream()
                .map(resource -> bytes(made.resolved(resource.stack(), resource.property(property))))
                .toList();
    }

    private static int bytes(Object json) {
        return Json.print(json).getBytes(StandardCharsets.UTF_8).length;
    }

    /// A permission as Lambda writes it into the function's policy.
    private static int statement(Synthesised made, Resource permission) {
        var properties = object(made.resolved(permission.stack(), permission.properties()));
        return bytes(Map.of(
                "Sid",
                permission.id() + "-0123456789AB",
                "Effect",
                "Allow",
                "Principal",
                Map.of("Service", properties.get("Principal")),
                "Action",
                properties.get("Action"),
                "Resource",
                "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + properties.get("FunctionName"),
                "Condition",
                Map.of("ArnLike", Map.of("AWS:SourceArn", properties.get("SourceArn")))));
    }

    private void share(String what, Iterable<Integer> all, int most) {
        assertThat(all).as(what).isNotEmpty().allSatisfy(one -> assertThat(one).isLessThanOrEqualTo(most));
        var largest = 0;
        for (var one : all) {
            largest = Math.max(largest, one);
        }
        shares.put(what, "%d of %d, %.0f %%".formatted(largest, most, 100.0 * largest / most));
    }

    /// The stacks of [BatonApp#add], but of the pipelines' own only some.
    private static void add(App app, Environment environment, List<CompiledPipeline> pipelines) {
        var names = environment.prefix();
        var ofPipelines = new LinkedHashMap<String, Stack>();
        pipelines.forEach(
                pipeline -> ofPipelines.put(pipeline.name(), inRequest(app, names.foundation(pipeline.name()))));
        var foundation = new BatonFoundation(
                inRequest(app, names.foundation()), "Foundation", environment, pipelines, ofPipelines);
        var storage = new BatonStorage(uploaded(app, names, names.storage()), "Storage", foundation);
        for (var pipeline : pipelines.subList(0, LARGE)) {
            var stack = uploaded(app, names, names.of(pipeline.name()));
            new BatonPipeline(stack, "Pipeline", pipeline, storage, Example.code(), Example.REVISION);
        }
    }

    private static Stack inRequest(App app, String name) {
        return stack(app, name, true, new LegacyStackSynthesizer());
    }

    private static Stack uploaded(App app, Prefix names, String name) {
        var to = CliCredentialsStackSynthesizer.Builder.create()
                .fileAssetsBucketName(names.codeBucket(ACCOUNT, REGION))
                .build();
        return stack(app, name, false, to);
    }

    private static Stack stack(App app, String name, boolean compact, IStackSynthesizer synthesizer) {
        return Stack.Builder.create(app, name)
                .env(software.amazon.awscdk.Environment.builder()
                        .account(ACCOUNT)
                        .region(REGION)
                        .build())
                .suppressTemplateIndentation(compact)
                .synthesizer(synthesizer)
                .build();
    }
}
