package dev.baton.cli.deploy.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Destination;
import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import dev.baton.weather.Weather;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

/// The Regions that AWS keeps apart have ARNs of their own.
class PartitionTest {
    private static EnvironmentNames in(String region) {
        return new EnvironmentNames("111111111111", region, "state", Map.of(), SourceRevision.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1,   aws",
        "us-east-1,      aws",
        "cn-northwest-1, aws-cn",
        "us-gov-east-1,  aws-us-gov",
        "us-iso-east-1,  aws-iso",
        "mars-north-1,   aws"
    })
    void everything_that_a_deployment_names_is_in_the_partition_of_its_region(String region, String partition) {
        var environment = in(region);
        var pipeline = Compiler.compile(Weather.PIPELINE);
        var substitutions = environment.substitutions(pipeline, "key");

        assertThat(environment.function("f"))
                .isEqualTo("arn:%s:lambda:%s:111111111111:function:f".formatted(partition, region));
        assertThat(environment.stateMachine("m"))
                .isEqualTo("arn:%s:states:%s:111111111111:stateMachine:m".formatted(partition, region));
        assertThat(environment.arn("events", "rule/r"))
                .isEqualTo("arn:%s:events:%s:111111111111:rule/r".formatted(partition, region));
        assertThat(substitutions.in("${Partition} ${StateMachineAlias}"))
                .isEqualTo("%s arn:%1$s:states:%s:111111111111:stateMachine:baton-weather:live"
                        .formatted(partition, region));
        for (var role : pipeline.roles()) {
            var text = Json.print(substitutions.in(role.policy())) + Json.print(substitutions.in(role.trust()));
            assertThat(text.replace("arn:" + partition + ":", ""))
                    .as(role.name())
                    .doesNotContain("arn:");
        }
        assertThat(substitutions.text(pipeline.machine().definition()).replace("arn:" + partition + ":", ""))
                .doesNotContain("arn:");
    }

    /// The compiler, which has no SDK, knows partitions by how the names of Regions begin.
    @Test
    void the_compiler_and_the_sdk_agree_on_the_partition_of_every_region() {
        assertThat(Region.regions()).hasSizeGreaterThan(30).allSatisfy(region -> {
            if (!region.isGlobalRegion()) {
                assertThat(new Destination.Account("111111111111", region.id(), null).partition())
                        .as(region.id())
                        .isEqualTo(EnvironmentNames.partition(region.id()));
            }
        });
    }
}
