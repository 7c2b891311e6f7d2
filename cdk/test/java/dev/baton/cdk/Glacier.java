package dev.baton.cdk;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import java.util.List;
import software.amazon.awscdk.services.ecs.CfnCluster;

/// [Ice] in an account: once with what Baton makes itself, once with everything given.
final class Glacier {
    static final CompiledPipeline ICE = Compiler.compile(Ice.PIPELINE);
    static final SourceRevision REVISION = new SourceRevision("git", "0123456789abcdef0123", "main", false);
    static final String DIGEST = "sha256:" + "0a".repeat(32);

    private static final String ENVIRONMENT = """
        {"%s": {
          "account": "444444444444", "region": "eu-central-1",
          "stateBucket": {"name": "their-state"}, "buckets": {"lake": {"name": "their-lake"}},
          "oidc": {"issuer": "https://issuer.example/id", "audience": "baton", "subjects": ["one"]}%s
        }}\
        """;

    private static final String MADE = """
        , "containers": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678", "subnet-87654321"]}\
        """;

    private static final String GIVEN = """
        , "network": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-12345678"]},
        "key": "arn:aws:kms:eu-central-1:444444444444:key/theirs",
        "containers": {"vpc": "vpc-12345678", "subnets": ["subnet-12345678"], "securityGroups": ["sg-1111aaaa", "sg-2222bbbb"],
          "publicIp": true, "image": "%s"}\
        """.formatted(DIGEST);

    private Glacier() {}

    static Synthesised made() {
        return checked().templates();
    }

    /// The same, looked at by cdk-nag.
    static Stacks.Made checked() {
        return Stacks.checked(
                "made",
                app -> BatonApp.add(app, environment("made", MADE), List.of(ICE), code(), REVISION),
                bare -> CfnCluster.Builder.create(bare, "Cluster").build());
    }

    static Synthesised given() {
        return Stacks.of(
                "given", app -> BatonApp.add(app, environment("given", GIVEN), List.of(ICE), code(), REVISION));
    }

    /// What is made of other code than [#code].
    static Synthesised made(String name, FunctionAsset code) {
        return Stacks.of(name, app -> BatonApp.add(app, environment(name, MADE), List.of(ICE), code, REVISION));
    }

    static FunctionAsset code() {
        return code("the code");
    }

    static FunctionAsset code(String text) {
        var name = "ice-" + text.replace(' ', '-');
        return FunctionAsset.staged(
                List.of(Example.jar(name + ".jar", text)), Stacks.folder().resolve(name));
    }

    /// @param containers what follows in the environment
    static Environment environment(String name, String containers) {
        return Environments.parse(name, ENVIRONMENT.formatted(name, containers)).named(name);
    }

    static Substitutions substitutions() {
        var key = "<AWS::KMS::Key." + made().one("AWS::KMS::Key").id() + ".Arn>";
        var substitutions = environment("made", MADE)
                .substitutions(List.of("lake", "state"))
                .and("Revision", Json.print(REVISION.toJson()))
                .and("StateMachineAlias", "arn:aws:states:eu-central-1:444444444444:stateMachine:baton-ice:live")
                .and("OidcIssuer", "issuer.example/id")
                .and("OidcAudience", "baton")
                .and("OidcSubject", "one");
        for (var bucket : ICE.buckets()) {
            substitutions = substitutions.and(bucket.keyPlaceholder(), key);
        }
        return substitutions;
    }
}
