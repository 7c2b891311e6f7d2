package dev.baton.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.read.Authorities;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/// An AWS that somebody else runs: an endpoint, or a real account. Everything goes through the API, signed; what was
/// made is taken away again.
///
/// `BATON_TEST_LACKS` names capabilities that the endpoint lacks, with commas between. `AWS_CA_BUNDLE` names who
/// vouches for one that speaks HTTPS, as for every command.
final class GivenBackend extends Backend {
    private final Endpoint endpoint;
    private final String suffix;
    private final Runnable stop;
    private final SdkHttpClient http;
    private final LogGroups logs;
    private final Removal removal;
    private final Set<String> before;
    private @Nullable CompiledPipeline deployed;

    /// @param address AWS itself where absent
    /// @param stop ends what was started for it
    private GivenBackend(String name, @Nullable URI address, Map<String, String> variables, Runnable stop) {
        super(name);
        this.stop = stop;
        var authorities = Authorities.of(variables);
        this.http = authorities.client();
        this.endpoint = new Endpoint(address, region(variables), credentials(variables), authorities);
        this.logs = new LogGroups(address, region(variables), credentials(variables), http);
        this.removal = new Removal(endpoint, logs);
        this.before = Inventory.of(endpoint, logs);
        this.suffix = endpoint.account() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /// @param variables of the environment: `AWS_…` for credentials and Region
    static GivenBackend of(URI address, Map<String, String> variables) {
        return new GivenBackend("BATON_TEST_ENDPOINT " + address, address, variables, () -> {});
    }

    /// One that is started for it, speaks HTTPS with a certificate that nobody knows, and is given as people give it.
    static GivenBackend overHttps() {
        var served = ServedLocal.start();
        try {
            return new GivenBackend("HTTPS " + served.address(), served.address(), served.variables(), served::close);
        } catch (RuntimeException | Error e) {
            served.close();
            throw e;
        }
    }

    static GivenBackend account(Map<String, String> variables) {
        return new GivenBackend("AWS account", null, variables, () -> {});
    }

    /// What `BATON_TEST_LACKS` names.
    static Map<Capability, String> lacks(Map<String, String> variables) {
        var lacks = new LinkedHashMap<Capability, String>();
        for (var name : variables.getOrDefault("BATON_TEST_LACKS", "").split(",")) {
            if (!name.isBlank()) {
                lacks.put(Capability.valueOf(name.strip()), "BATON_TEST_LACKS says so");
            }
        }
        return lacks;
    }

    private static String region(Map<String, String> variables) {
        return variables.getOrDefault("AWS_REGION", "us-east-1");
    }

    private static AwsCredentialsProvider credentials(Map<String, String> variables) {
        var id = variables.get("AWS_ACCESS_KEY_ID");
        var secret = variables.get("AWS_SECRET_ACCESS_KEY");
        return id == null || secret == null || variables.containsKey("AWS_SESSION_TOKEN")
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    @Override
    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    String bucket(String logical) {
        return "baton-test-" + logical + "-" + suffix;
    }

    @Override
    String deploy(CompiledPipeline pipeline) {
        deployed = pipeline;
        return upload(pipeline);
    }

    @Override
    public void close() {
        try {
            if (deployed != null) {
                assertThat(Inventory.of(endpoint, logs))
                        .as("what a deployment and its runs make")
                        .anyMatch(made -> made.startsWith("policy baton-"))
                        .anyMatch(made -> made.startsWith("log group /aws/lambda/baton-bakery-"))
                        .contains("alias alias/baton")
                        .hasSizeGreaterThan(before.size() + deployed.roles().size());
                removal.of(deployed, this::bucket);
                assertThat(Inventory.of(endpoint, logs)).as("what is there").isEqualTo(before);
            }
        } finally {
            http.close();
            endpoint.close();
            stop.run();
        }
    }
}
