package dev.baton.cdk;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.services.s3.CfnBucket;

/// The example in accounts: those of its file of environments, and one where much is there already.
final class Example {
    static final CompiledPipeline WEATHER = Compiler.compile(Weather.PIPELINE);
    /// The same where policies about people hold, as they do in `prod`.
    static final CompiledPipeline GOVERNED = Compiler.compile(Weather.PIPELINE, CompilerOptions.DEFAULT.governed(true));

    static final SourceRevision REVISION = new SourceRevision("git", "0123456789abcdef0123", "main", false);
    static final Path FILE = Path.of("environments.json");
    static final List<String> ACCOUNTS = List.of("dev", "stage", "prod");
    static final List<String> CHECKED = List.of("prod", "importing");

    /// Everything that the example's environments do not use: what is there already, and a network.
    private static final String THERE = """
        {"importing": {
          "account": "444444444444", "region": "eu-central-1",
          "stateBucket": {"name": "their-state", "imported": true, "key": "arn:aws:kms:eu-central-1:444444444444:key/state"},
          "buckets": {"lake": {"name": "their-lake", "imported": true}},
          "key": "arn:aws:kms:eu-central-1:444444444444:key/theirs",
          "stateMachineKey": "arn:aws:kms:eu-central-1:444444444444:key/machines",
          "network": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-12345678"]},
          "snapStart": false, "alarms": {"topic": "arn:aws:sns:eu-central-1:444444444444:theirs"},
          "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["one", "two"],
            "provider": "arn:aws:iam::444444444444:oidc-provider/issuer.example/id"}
        }}\
        """;

    private Example() {}

    /// What it becomes in an environment: one of [#ACCOUNTS], or `importing`.
    static Synthesised in(String name) {
        return CHECKED.contains(name)
                ? checked(name).templates()
                : Stacks.of(
                        name, app -> BatonApp.add(app, environment(name), List.of(weather(name)), code(), REVISION));
    }

    /// The example as it is compiled for an environment.
    static CompiledPipeline weather(String name) {
        return environment(name).policies() ? GOVERNED : WEATHER;
    }

    /// The same where cdk-nag looks at it: `prod` and `importing`, which use more than the others.
    static Stacks.Made checked(String name) {
        return Stacks.checked(
                name,
                app -> {
                    var pipeline = name.equals("importing") ? withChildren() : weather(name);
                    BatonApp.add(app, environment(name), List.of(pipeline), code(), REVISION);
                },
                bare -> CfnBucket.Builder.create(bare, "Bucket").build());
    }

    static FunctionAsset code() {
        var jar = jar("functions.jar", "the code of all functions");
        return FunctionAsset.staged(List.of(jar, people()), Stacks.folder().resolve("code"));
    }

    /// What stands for the jar of the functions that people ask.
    static Path people() {
        return jar("people.jar", "dev/baton/lambda/people/GovernedStartFunction.class", "what people ask");
    }

    /// A jar with no classes.
    static Path jar(String name, String content) {
        return jar(name, "content.txt", content);
    }

    private static Path jar(String name, String path, String content) {
        var jar = Stacks.folder().resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            var entry = new ZipEntry(path);
            entry.setTime(0);
            out.putNextEntry(entry);
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Environment environment(String name) {
        return name.equals("importing")
                ? Environments.parse(name, THERE).named(name)
                : environments().named(name);
    }

    private static Environments environments() {
        try {
            return Environments.parse(FILE.toString(), Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the deployment by SDK would put in the place of `${Name}`.
    static Substitutions substitutions(String environment) {
        var key = in(environment).one("AWS::KMS::Key");
        var substitutions = environment(environment)
                .substitutions(weather(environment).buckets().stream()
                        .map(CompiledBucket::logical)
                        .toList())
                .and("Revision", Json.print(REVISION.toJson()))
                .and("OidcIssuer", "token.actions.githubusercontent.com")
                .and("OidcAudience", "sts.amazonaws.com")
                .and("OidcSubject", "repo:example/weather:environment:" + environment);
        substitutions = substitutions.and(
                "StateMachineAlias",
                substitutions.in("arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-weather:live"));
        for (var bucket : weather(environment).buckets()) {
            substitutions = substitutions.and(bucket.keyPlaceholder(), "<AWS::KMS::Key." + key.id() + ".Arn>");
        }
        return substitutions;
    }

    /// The example split into four machines: its own starts the first child, which starts two others; the last of
    /// them is too long to stand in a template.
    private static CompiledPipeline withChildren() {
        return split((machine, last) -> last ? of(machine, 1_000) : machine);
    }

    /// The same four machines, of which each would fit into a template, and two would not.
    static CompiledPipeline withLongChildren() {
        return split((machine, last) -> of(machine, 400));
    }

    private static CompiledMachine of(CompiledMachine machine, int length) {
        var states = Stream.iterate(1, i -> i + 1)
                .limit(length)
                .map(i -> "\"S%d\": {\"Type\": \"Pass\", \"Comment\": \"%s\", \"Next\": \"%s\"}"
                        .formatted(i, "x".repeat(300), i == length ? "End" : "S" + (i + 1)))
                .collect(Collectors.joining(",\n"));
        var definition = Asl.parse(
                        "large",
                        "{\"StartAt\": \"S1\", \"States\": {" + states + ", \"End\": {\"Type\": \"Succeed\"}}}")
                .orThrow();
        return new CompiledMachine(
                machine.name(), machine.role(), machine.versionPlaceholder(), definition, machine.proof());
    }

    private static CompiledPipeline split(BiFunction<CompiledMachine, Boolean, CompiledMachine> changed) {
        var split = Compiler.compile(
                CheckedGraph.of(Weather.PIPELINE).orThrow(),
                CompilerOptions.DEFAULT
                        .unfolded()
                        .within(MachineLimits.DEFAULT.forTasks(5))
                        .encrypted(true));
        var last = split.machines().getLast();
        var machines = split.machines().stream()
                .map(machine -> changed.apply(machine, machine.equals(last)))
                .toList();
        return new CompiledPipeline(
                split.prefix(),
                split.graph(),
                machines,
                split.maps(),
                split.functions(),
                split.containers(),
                split.roles(),
                split.boundary(),
                split.deployRole(),
                split.triggers(),
                split.schedules(),
                split.rotations(),
                split.buckets(),
                split.findings());
    }
}
