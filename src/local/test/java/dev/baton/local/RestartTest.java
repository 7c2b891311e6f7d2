package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/// What is under a folder is there again after a restart.
class RestartTest {
    private static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    @TempDir
    private Path folder;

    private void session(Consumer<EmbeddedAws> work) {
        try (var aws = EmbeddedAws.builder()
                .folder(folder)
                .administrator("AKIATEST", "secret")
                .start()) {
            work.accept(aws);
        }
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));
    }

    private static SfnClient states(EmbeddedAws aws) {
        return SfnClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    private static EventBridgeClient events(EmbeddedAws aws) {
        return EventBridgeClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    @Test
    void machines_versions_aliases_and_rules_are_there_again() {
        var machine = "arn:aws:states:us-east-1:000000000000:stateMachine:kept";
        session(aws -> {
            aws.foundation().identities().role("/", "r", """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}}""");
            try (var states = states(aws);
                    var events = events(aws)) {
                states.createStateMachine(r -> r.name("kept")
                        .roleArn("arn:aws:iam::000000000000:role/r")
                        .definition(PASS)
                        .publish(true)
                        .tags(t -> t.key("k").value("v")));
                states.createStateMachineAlias(r -> r.name("live")
                        .routingConfiguration(route ->
                                route.stateMachineVersionArn(machine + ":1").weight(100)));
                events.createEventBus(r -> r.name("side"));
                events.putRule(r -> r.name("rule").eventBusName("side").eventPattern("{\"source\":[\"x\"]}"));
                events.putTargets(r -> r.rule("rule")
                        .eventBusName("side")
                        .targets(t -> t.id("t").arn("arn:aws:lambda:us-east-1:000000000000:function:f")));
            }
        });
        session(aws -> {
            try (var states = states(aws);
                    var events = events(aws)) {
                assertThat(states.describeStateMachine(r -> r.stateMachineArn(machine))
                                .definition())
                        .isEqualTo(PASS);
                assertThat(states.listTagsForResource(r -> r.resourceArn(machine))
                                .tags())
                        .hasSize(1);
                var execution = states.startExecution(r -> r.stateMachineArn(machine + ":live"));
                aws.states()
                        .engine()
                        .execution(execution.executionArn())
                        .orElseThrow()
                        .closed()
                        .toCompletableFuture()
                        .join();
                var described = states.describeExecution(r -> r.executionArn(execution.executionArn()));
                assertThat(described.stateMachineVersionArn()).isEqualTo(machine + ":1");
                assertThat(states.publishStateMachineVersion(r -> r.stateMachineArn(machine))
                                .stateMachineVersionArn())
                        .isEqualTo(machine + ":1");
                assertThat(events.listTargetsByRule(r -> r.rule("rule").eventBusName("side"))
                                .targets())
                        .hasSize(1);
            }
        });
    }
}
