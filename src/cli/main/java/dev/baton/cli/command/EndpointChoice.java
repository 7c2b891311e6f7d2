package dev.baton.cli.command;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.deploy.read.Authorities;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.IdentityTokens;
import dev.baton.cli.deploy.read.WebIdentityLogin;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.local.ServiceAddresses;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// The choice of an endpoint: which AWS a command talks to.
///
/// In this order: an environment's, that of `--endpoint`, what the AWS variables and the profile say, and the embedded
/// AWS that a `baton local` serves right now.
public final class EndpointChoice {
    @Option(names = "--endpoint", paramLabel = "URL", description = "where AWS answers, if it is not AWS itself")
    private @Nullable String address;

    @Option(names = "--profile", paramLabel = "NAME", description = "the profile of the AWS configuration files")
    private @Nullable String profile;

    @Option(names = "--region", paramLabel = "NAME", description = "such as eu-central-1")
    private @Nullable String region;

    @Option(
            names = "--identity-token",
            paramLabel = "FILE",
            description = "a token of your identity provider, for what policies about people allow you")
    private @Nullable Path token;

    private final Map<String, String> variables;
    private @Nullable UnaryOperator<Endpoint> narrowing;

    public EndpointChoice() {
        this(System.getenv());
    }

    /// @param variables of the process, as the SDKs read them
    public EndpointChoice(Map<String, String> variables) {
        this.variables = variables;
    }

    /// The environment of a name.
    ///
    /// @throws DiagnosticException CLI002 without a file of environments, ENV006 when it has none of that name
    static Environment environment(String name) throws IOException {
        var file = ProjectFolder.folder().resolve(Environments.FILE);
        return Environments.parse(ProjectFolder.shown(file), InputFiles.text(file))
                .named(name);
    }

    /// Narrows what all subcommands of a command may do, as [#narrow] has it for one.
    public static void narrow(CommandLine command, UnaryOperator<Endpoint> endpoints) {
        command.getSubcommands().values().forEach(sub -> narrow(sub.getCommandSpec(), endpoints));
    }

    private static void narrow(CommandSpec spec, UnaryOperator<Endpoint> endpoints) {
        for (var mixin : spec.mixins().values()) {
            if (mixin.userObject() instanceof EndpointChoice choice) {
                choice.narrow(endpoints);
            }
            narrow(mixin, endpoints);
        }
    }

    /// Narrows what may be done at each endpoint that is opened from now on. What this machine keeps of earlier runs is
    /// then nowhere to be looked for: to open it is to write into it.
    void narrow(UnaryOperator<Endpoint> endpoints) {
        narrowing = endpoints;
    }

    /// The endpoint that the options and the surroundings name.
    ///
    /// @throws DiagnosticException CLI010 when they say nothing, CLI028 when what they say is not an address
    public Endpoint open() {
        return open(found());
    }

    private Endpoint found() {
        if (address != null) {
            return there(given(address));
        }
        var variable = variables.get("AWS_ENDPOINT_URL");
        if (variable != null && !variable.isEmpty()) {
            return there(ServiceAddresses.http("AWS_ENDPOINT_URL", variable));
        }
        if (isSomebody()) {
            var own = region(null);
            return new Endpoint(null, own, credentials(null, own, profile), Authorities.of(variables));
        }
        return RunningLocal.find()
                .map(RunningLocal::endpoint)
                .orElseThrow(() -> nowhere("the command line names no AWS, and baton local does not run"));
    }

    /// Whether neither the options nor the surroundings say anything, and no `baton local` runs.
    boolean isNowhere() {
        var variable = variables.get("AWS_ENDPOINT_URL");
        return narrowing == null
                && address == null
                && (variable == null || variable.isEmpty())
                && !isSomebody()
                && RunningLocal.find().isEmpty();
    }

    /// The AWS of a named environment; what the options and the surroundings say, where none is named.
    ///
    /// @throws DiagnosticException CLI002, CLI010, ENV006
    public Endpoint open(@Nullable String environment) throws IOException {
        return environment == null ? open() : open(environment(environment));
    }

    /// The environment's AWS, of which what lies under its prefix is seen.
    ///
    /// @throws DiagnosticException CLI010 when it is the embedded one and none runs, CLI025 when the credentials are of
    ///     another account
    public Endpoint open(Environment environment) {
        return open(there(environment)).under(environment.prefix());
    }

    private Endpoint there(Environment environment) {
        return switch (environment.place()) {
            case Destination.Embedded embedded ->
                address != null
                        ? there(given(address))
                        : RunningLocal.find()
                                .map(RunningLocal::endpoint)
                                .orElseThrow(() -> nowhere("the environment " + environment.name()
                                        + " is the embedded AWS, and baton local does not run"));
            case Destination.Endpoint there -> there(there.address(), there.region());
            case Destination.Account account ->
                checked(
                        new Endpoint(
                                address(),
                                account.region(),
                                credentials(
                                        address(),
                                        account.region(),
                                        account.profile() == null ? profile : account.profile()),
                                Authorities.of(variables)),
                        environment.name(),
                        account.id());
        };
    }

    /// The endpoint, if it is the account that was meant: whoever is somebody elsewhere would read, and tell of, what
    /// is there.
    private static Endpoint checked(Endpoint endpoint, String environment, String account) {
        try {
            var own = endpoint.account();
            if (own.equals(account)) {
                return endpoint;
            }
            throw new DiagnosticException(Diagnostic.error(
                    "CLI025",
                    Location.named(environment),
                    "is the account " + account + ", and the credentials are of " + own,
                    "set AWS_PROFILE to a profile of that account, or name one in the environment"));
        } catch (RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    private Endpoint open(Endpoint endpoint) {
        // Who may only read has no tokens to show: they could be used for more.
        return narrowing == null ? endpoint.with(new IdentityTokens(variables, token)) : narrowing.apply(endpoint);
    }

    private @Nullable URI address() {
        return address == null ? null : given(address);
    }

    private static URI given(String address) {
        return ServiceAddresses.http("--endpoint", address);
    }

    private Endpoint there(URI there) {
        return there(there, region("us-east-1"));
    }

    /// Who names the address of the running embedded AWS and no credentials is its administrator.
    private Endpoint there(URI there, String thereRegion) {
        return RunningLocal.find()
                .filter(local -> !isSomebody() && local.address().equals(there))
                .map(RunningLocal::endpoint)
                .orElseGet(() -> new Endpoint(
                        there, thereRegion, credentials(there, thereRegion, profile), Authorities.of(variables)));
    }

    /// Whether the surroundings say who we are.
    private boolean isSomebody() {
        return profile != null
                || variables.containsKey("AWS_PROFILE")
                || variables.containsKey("AWS_ACCESS_KEY_ID")
                || WebIdentityLogin.of(variables).isPresent();
    }

    /// In the order of the SDKs: a profile that is named here, keys, a web identity, the profile that is set.
    private AwsCredentialsProvider credentials(@Nullable URI there, String thereRegion, @Nullable String named) {
        if (named != null) {
            return DefaultCredentialsProvider.builder().profileName(named).build();
        }
        return WebIdentityLogin.of(variables)
                .map(identity -> identity.at(there, thereRegion, Authorities.of(variables)))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private String region(@Nullable String otherwise) {
        if (region != null) {
            return region;
        }
        try {
            return DefaultAwsRegionProviderChain.builder()
                    .profileFile(ProfileFile::defaultProfileFile)
                    .profileName(
                            profile == null ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : profile)
                    .build()
                    .getRegion()
                    .id();
        } catch (SdkClientException e) {
            if (otherwise != null) {
                return otherwise;
            }
            throw nowhere("no Region is set");
        }
    }

    private static DiagnosticException nowhere(String message) {
        return new DiagnosticException(Diagnostic.error(
                "CLI010",
                Location.named("the endpoint"),
                message,
                "start ./baton local, or set AWS_PROFILE and AWS_REGION, or give --endpoint URL"));
    }
}
