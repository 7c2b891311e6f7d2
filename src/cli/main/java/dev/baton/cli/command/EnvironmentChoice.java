package dev.baton.cli.command;

import dev.baton.cli.deploy.read.Endpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The choice of an environment, which AWS a command looks at, and which environment there: that of `--env`, and else
/// what is deployed under the prefix of environments that ask for none.
final class EnvironmentChoice {
    @Option(
            names = "--env",
            paramLabel = "ENV",
            description = "an entry of cdk/environments.json: the AWS that it is in, and only what has its prefix")
    private @Nullable String environment;

    @Mixin
    private EndpointChoice choice = new EndpointChoice();

    /// @throws dev.baton.diagnostic.DiagnosticException CLI002, CLI010, CLI025, CLI028, ENV006
    Endpoint open() throws IOException {
        return choice.open(environment);
    }

    /// The state bucket of the environment, at the endpoint that [#open] gave.
    String stateBucket(Endpoint endpoint) throws IOException {
        return environment == null
                ? endpoint.prefix().stateBucket()
                : EndpointChoice.environment(environment).stateBucket().name();
    }

    /// Whether neither options nor surroundings say which AWS is meant, and none is served on this machine.
    boolean isNowhere() {
        return environment == null && choice.isNowhere();
    }
}
