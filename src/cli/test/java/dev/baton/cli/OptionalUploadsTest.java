package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Runs that do not all need the same uploads, from the upload to the output, each function under its own role.
class OptionalUploadsTest {
    /// Monday to Saturday.
    private static final List<String> DAYS =
            IntStream.range(4, 10).mapToObj(day -> "2013-02-0" + day).toList();

    @Test
    void the_last_upload_starts_every_day_and_a_sweep_sees_them_all() throws InterruptedException {
        try (var fair = new DeployedPipeline(TestPipelines.FAIR)) {
            for (var day : DAYS) {
                assertThat(outcomes(fair.upload("takings/" + day + ".txt", day))).containsExactly("waiting");
            }
            assertThat(outcomes(fair.upload("band/2013-02-09.txt", "9"))).containsExactly("waiting");
            assertThat(fair.executions()).isEmpty();

            var started = fair.upload("prices.txt", "1");
            assertThat(outcomes(started)).hasSize(6).containsOnly("started");
            for (var one : started) {
                assertThat(fair.ended(one.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            }
            assertThat(fair.versions("fair/")).hasSize(6);

            assertThat(swept(fair, "baton-fair-start")).hasSize(6).doesNotContain("waiting", "started");
            assertThat(fair.executions()).hasSize(6);
        }
    }

    @Test
    void what_an_upload_tells_narrows_the_listing_of_the_others_and_the_role_allows_it() throws InterruptedException {
        try (var stalls = new DeployedPipeline(TestPipelines.STALLS)) {
            for (var sold : List.of("2013-02-08/cheese", "2013-02-09/bread", "2013-02-09/cheese")) {
                stalls.upload("sold/" + sold + ".txt", sold);
            }
            var started = stalls.upload("takings/2013-02-09.txt", "9");
            assertThat(outcomes(started)).containsExactly("started", "started");
            for (var one : started) {
                assertThat(stalls.ended(one.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            }
        }
    }

    private static List<String> outcomes(List<? extends Map<String, ?>> results) {
        return results.stream().map(result -> String.valueOf(result.get("outcome"))).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> swept(DeployedPipeline pipeline, String function) {
        var answer = pipeline.endpoint()
                .lambda()
                .invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String("{\"sweep\":true}")))
                .payload()
                .asUtf8String();
        return outcomes((List<Map<String, Object>>) Json.parseObject(answer).get("results"));
    }
}
