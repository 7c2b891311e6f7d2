package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.operate.IdentityChain;
import dev.baton.cli.identity.RightsCall;
import dev.baton.cli.identity.TokenClaims;
import dev.baton.cli.output.TextTable;
import dev.baton.json.Json;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Requester;
import dev.baton.run.RightsInvocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton whoami PIPELINE`: who one is, at every hop.
@Command(
        name = "whoami",
        description = "Tells who you are: to AWS, to your identity provider, and to the functions of a pipeline; with"
                + " --chain, who everybody was from whoever started an execution to the session that a task ran with.")
public final class WhoAmICommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PIPELINE|EXECUTION",
            arity = "0..1",
            description = "a pipeline's name; with --chain an execution's name or ARN")
    private @Nullable String name;

    @Option(names = "--chain", paramLabel = "TASK", description = "of the execution, to this task's session")
    private @Nullable String task;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (var endpoint = choice.open()) {
            if (task != null) {
                if (name == null) {
                    throw new ParameterException(spec.commandLine(), "name an execution before --chain TASK");
                }
                chain(IdentityChain.of(endpoint, name, task));
            } else {
                self(endpoint);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private void chain(IdentityChain chain) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.print(chain.toJson()));
            return;
        }
        var table = new TextTable("HOP", "WHO", "AS");
        chain.hops().forEach(hop -> table.row(hop.what(), hop.who(), String.join(", ", hop.details())));
        table.print(out);
    }

    private void self(Endpoint endpoint) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("aws", endpoint.callerArn().toString());
        var deployed = name == null ? null : DeployedPipeline.of(endpoint, name);
        endpoint.tokens()
                .find(
                        deployed == null
                                ? IdentitySettings.NONE
                                : deployed.identities().orElse(IdentitySettings.NONE))
                .map(TokenClaims::of)
                .ifPresent(claims -> {
                    claims.requireFresh(InstantSource.system().instant());
                    told.put("issuer", claims.issuer());
                    told.put("subject", claims.subject());
                    told.put("expires", claims.expires().map(Object::toString).orElse(null));
                });
        if (deployed != null && deployed.governed()) {
            var requester = new RightsCall(endpoint, deployed)
                    .read(new RightsInvocation.WhoAmI(), answer -> Requester.of(answer.object("requester")));
            told.put("requester", requester.toJson());
        }
        if (json) {
            spec.commandLine().getOut().println(Json.print(told));
        } else {
            print(told);
        }
    }

    private void print(Map<String, @Nullable Object> told) {
        var out = spec.commandLine().getOut();
        out.println("to AWS      " + told.get("aws"));
        if (told.containsKey("issuer")) {
            out.printf(
                    "by a token  %s of %s, until %s%n", told.get("subject"), told.get("issuer"), told.get("expires"));
        }
        if (told.get("requester") instanceof Map<?, ?> requester) {
            out.println("to " + name + "  " + requester.get("id")
                    + (requester.get("teams") instanceof List<?> teams && !teams.isEmpty()
                            ? " of " + joined(teams)
                            : "")
                    + (requester.get("grant") == null ? "" : ", under the rights " + requester.get("grant")));
        } else if (name != null) {
            out.println("to " + name + "  nobody in particular: policies about people do not hold there");
        }
    }

    private static String joined(List<?> teams) {
        return String.join(", ", teams.stream().map(String::valueOf).toList());
    }
}
