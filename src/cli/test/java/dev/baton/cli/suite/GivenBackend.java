package dev.baton.cli.suite;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.compiler.CompiledPipeline;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// An AWS that somebody else runs: an endpoint, or a real account. Everything goes through the API, signed; what was
/// made
/// is taken away again.
///
/// `BATON_TEST_LACKS` names capabilities that the endpoint lacks, with commas between. `BATON_TEST_TRUST_STORE` is a
/// trust
/// store with the certificate of an endpoint that speaks HTTPS, `BATON_TEST_TRUST_STORE_PASSWORD` its password.
final class GivenBackend extends Backend {
    private final Endpoint endpoint;
    private final String suffix;
    private @Nullable CompiledPipeline deployed;

    private GivenBackend(String name, Map<Capability, String> lacks, Endpoint endpoint) {
        super(name, lacks);
        this.endpoint = endpoint;
        this.suffix = endpoint.account() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /// @param variables of the environment: `AWS_…` for credentials and Region
    static GivenBackend of(URI address, Map<String, String> variables) {
        var store = variables.get("BATON_TEST_TRUST_STORE");
        if (store != null) {
            System.setProperty("javax.net.ssl.trustStore", store);
            var password = variables.get("BATON_TEST_TRUST_STORE_PASSWORD");
            if (password != null) {
                System.setProperty("javax.net.ssl.trustStorePassword", password);
            }
        }
        return new GivenBackend(
                "BATON_TEST_ENDPOINT " + address,
                lacks(variables),
                new Endpoint(address, region(variables), credentials(variables)));
    }

    static GivenBackend account(Map<String, String> variables) {
        return new GivenBackend(
                "AWS account", Map.of(), new Endpoint(null, region(variables), credentials(variables)));
    }

    private static Map<Capability, String> lacks(Map<String, String> variables) {
        var lacks = new LinkedHashMap<Capability, String>();
        for (var name : variables.getOrDefault("BATON_TEST_LACKS", "").split(",")) {
            if (!name.isBlank()) {
                lacks.put(Capability.valueOf(name.strip()), "BATON_TEST_LACKS says that the endpoint lacks it");
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
                new Removal(endpoint).of(deployed, this::bucket);
            }
        } finally {
            endpoint.close();
        }
    }
}
