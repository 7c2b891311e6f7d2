package dev.baton.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.follow.FollowedExecution;
import dev.baton.cli.local.LocalCloud;
import dev.baton.local.events.DeliveryPolicy;
import dev.baton.run.CompletionRecord;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The example on an embedded AWS, and what people and events may do to it. Each test has a year of its own.
class DeployedWeatherTest {
    private static DeployedPipeline weather;

    @BeforeAll
    static void deploy() {
        weather = new DeployedPipeline(Weather.PIPELINE);
    }

    @AfterAll
    static void stop() {
        weather.close();
    }

    @Test
    void broken_data_fails_once_with_its_place_commits_nothing_and_the_corrected_upload_succeeds()
            throws IOException, InterruptedException {
        weather.upload("landing/new-york/2013.csv", WeatherData.of("new-york", 2013));
        var failing =
                only(weather.upload("landing/seattle/2013.csv", WeatherData.broken("seattle", 2013, 40, 3, "warm")));
        assertThat(failing).containsEntry("outcome", "started");
        var failed = weather.ended(failing.get("execution"));

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.error()).isEqualTo("dev.baton.task.DataInvalid");
        assertThat(failed.cause())
                .contains("s3://lake/landing/seattle/2013.csv line 40, column 3")
                .contains("temp_max_c")
                .contains("warm");
        assertThat(attempts(failing.get("execution"), "seattle"))
                .as("attempts, no retry among them")
                .isEqualTo(1);
        assertThat(weather.history(failing.get("execution"), "TaskFailed")).hasSize(1);
        assertThat(weather.versions("clean/seattle/2013.csv")).isEmpty();
        assertThat(weather.versions("reports/2013")).isEmpty();
        assertThat(weather.records())
                .noneMatch(record -> record.task().endsWith("CleanObservations")
                        && record.parameters().equals(Map.of("city", "seattle", "year", "2013")));

        var mended = only(weather.upload("landing/seattle/2013.csv", WeatherData.of("seattle", 2013)));
        assertThat(mended).containsEntry("outcome", "started");
        assertThat(mended.get("name")).isNotEqualTo(failing.get("name"));
        assertThat(weather.ended(mended.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(weather.versions("clean/seattle/2013.csv")).hasSize(1);
        assertThat(weather.read("reports/2013.html")).contains("The weather of 2013");
    }

    @Test
    void an_output_that_is_not_what_is_expected_fails_once_and_is_not_committed()
            throws IOException, InterruptedException {
        weather.upload("landing/new-york/2009.csv", year("new-york", 2009));
        var still = year("seattle", 2009).replaceAll("(?m)^(2009-[^,]*,[^,]*),[^,]*,[^,]*,", "$1,12.8,5.0,");
        var failing = only(weather.upload("landing/seattle/2009.csv", still));
        var failed = weather.ended(failing.get("execution"));

        assertThat(failed.error()).isEqualTo("dev.baton.task.DataInvalid");
        assertThat(failed.cause())
                .contains("s3://lake/clean/seattle/2009.csv: TSK089: column temp_max_c: expected at least 30 different")
                .contains("values, found 1");
        assertThat(attempts(failing.get("execution"), "seattle")).isEqualTo(1);
        assertThat(weather.versions("clean/seattle/2009.csv")).isEmpty();
        assertThat(records("2009")).noneMatch(record -> record.parameters().containsValue("seattle"));
    }

    private static String year(String city, int year) throws IOException {
        return WeatherData.of(city, 2013).replace("2013-", year + "-");
    }

    /// How often the task that cleans a city's observations was begun.
    private static long attempts(Object execution, String city) {
        return weather.history(execution, "TaskScheduled").stream()
                .map(event -> event.taskScheduledEventDetails().parameters())
                .filter(parameters -> parameters.contains("\"CleanObservations " + city + "\""))
                .count();
    }

    @Test
    void its_buckets_are_encrypted_versioned_and_closed_and_its_roles_bounded() throws InterruptedException {
        var endpoint = weather.endpoint();
        var key = endpoint.kms().describeKey(r -> r.keyId("alias/baton")).keyMetadata();
        assertThat(endpoint.kms()
                        .getKeyRotationStatus(r -> r.keyId(key.keyId()))
                        .keyRotationEnabled())
                .isTrue();
        for (var bucket : List.of("lake", LocalCloud.STATE_BUCKET)) {
            var rule = endpoint.s3()
                    .getBucketEncryption(r -> r.bucket(bucket))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .getFirst();
            assertThat(rule.bucketKeyEnabled()).isTrue();
            assertThat(rule.applyServerSideEncryptionByDefault().kmsMasterKeyID())
                    .isEqualTo(key.arn());
            assertThat(endpoint.s3().getBucketVersioning(r -> r.bucket(bucket)).statusAsString())
                    .isEqualTo("Enabled");
            var block =
                    endpoint.s3().getPublicAccessBlock(r -> r.bucket(bucket)).publicAccessBlockConfiguration();
            assertThat(List.of(
                            block.blockPublicAcls(),
                            block.ignorePublicAcls(),
                            block.blockPublicPolicy(),
                            block.restrictPublicBuckets()))
                    .containsOnly(true);
            assertThat(endpoint.s3().getBucketPolicy(r -> r.bucket(bucket)).policy())
                    .contains("\"Sid\":\"OnlyByTls\"", "\"Sid\":\"OnlyItsKey\"", key.arn());
        }
        assertThat(endpoint.iam()
                        .listRoles(r -> r.pathPrefix("/baton/weather/"))
                        .roles())
                .hasSizeGreaterThan(15)
                .allSatisfy(role -> assertThat(endpoint.iam()
                                .getRole(r -> r.roleName(role.roleName()))
                                .role()
                                .permissionsBoundary()
                                .permissionsBoundaryArn())
                        .isEqualTo("arn:aws:iam::000000000000:policy/baton/weather/baton-weather-boundary"));
        weather.upload("landing/seattle/2011.csv", "plain");
        assertThat(endpoint.s3()
                        .headObject(r -> r.bucket("lake").key("landing/seattle/2011.csv"))
                        .ssekmsKeyId())
                .as("a plain upload is under the bucket's key")
                .isEqualTo(key.arn());
    }

    @Test
    void each_task_acts_under_a_session_of_its_own_role() throws IOException, InterruptedException {
        weather.upload("landing/seattle/2014.csv", WeatherData.of("seattle", 2014));
        var execution = only(weather.upload("landing/new-york/2014.csv", WeatherData.of("new-york", 2014)));
        assertThat(weather.ended(execution.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        var records = records("2014");
        assertThat(records).hasSize(11).allSatisfy(record -> {
            var task = record.task().substring(record.task().lastIndexOf('.') + 1);
            assertThat(record.roleSession())
                    .matches("arn:aws:sts::000000000000:assumed-role/baton-weather-" + task + "/[A-Z2-7]{16}\\." + task
                            + "\\.[A-Z2-7]{8}\\.0");
            assertThat(record.execution()).isEqualTo(execution.get("execution"));
            assertThat(record.attempts()).isEqualTo(1);
            assertThat(record.profile().bytes()).isEqualTo(record.output().size());
            assertThat(record.profile().rows())
                    .isEqualTo(
                            switch (task) {
                                case "CleanObservations" -> 365L;
                                case "MonthlyNormals" -> 12L;
                                case "WeatherReport", "WeatherSummary", "CityComparison" -> null;
                                default -> record.profile().rows();
                            });
        });
        assertThat(records.stream().collect(groupingBy(CompletionRecord::task)).values().stream()
                        .map(same ->
                                same.stream().map(CompletionRecord::roleSession).collect(toSet())))
                .as("one role for each of the seven classes of tasks")
                .hasSize(7);
    }

    @Test
    void an_input_typed_by_hand_runs_what_the_uploads_would_have_run() throws IOException, InterruptedException {
        weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012));
        var started = only(weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012)));
        assertThat(weather.ended(started.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        var typed = weather.start(Map.of("parameters", Map.of("year", 2012L)));
        assertThat(weather.ended(typed).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(weather.history(typed, "TaskSucceeded").stream()
                        .map(event -> event.taskSucceededEventDetails().output())
                        .filter(output -> output.contains("\"outcome\":\"SKIPPED\"")))
                .hasSize(11);
        assertThat(records("2012")).allMatch(record -> record.execution().equals(started.get("execution")));
    }

    @Test
    void the_parameters_alone_are_input_enough() throws IOException, InterruptedException {
        weather.upload(
                "landing/seattle/2010.csv", WeatherData.of("seattle", 2012).replace("2012-", "2010-"));
        var typed = weather.start(Map.of("year", 2010L));
        var ended = weather.ended(typed);

        assertThat(ended.cause()).as("the parameter was read").contains("s3://lake/landing/new-york/2010.csv");
        assertThat(entered(typed)).containsExactly("Pin");
    }

    @ParameterizedTest
    @MethodSource
    void an_input_of_another_form_fails_the_first_state_with_a_sentence(Object input, String sentence)
            throws InterruptedException {
        var execution = weather.start(input);
        var ended = weather.ended(execution);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("dev.baton.task.InvalidInput");
        assertThat(FollowedExecution.message(ended.cause())).contains(sentence);
        assertThat(entered(execution)).containsExactly("Pin");
    }

    static Stream<Arguments> an_input_of_another_form_fails_the_first_state_with_a_sentence() {
        return Stream.of(
                Arguments.of(List.of(), "the execution's input must be a JSON object"),
                Arguments.of(Map.of(), "\"year\""),
                Arguments.of(Map.of("yaer", 2012L), "yaer"),
                Arguments.of(Map.of("city", "seattle", "year", 2012L), "city"),
                Arguments.of(Map.of("paramters", Map.of("year", 2012L)), "but may only have"),
                Arguments.of(Map.of("parameters", Map.of("year", List.of(2012L))), "\"year\""));
    }

    @Test
    void a_parameter_that_is_none_fails_the_first_state_with_a_sentence() throws InterruptedException {
        var execution = weather.start(Map.of("parameters", Map.of("year", "MMXII")));
        var ended = weather.ended(execution);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("dev.baton.task.InvalidInput");
        assertThat(ended.cause())
                .contains("the parameter \\\"year\\\": expected a year of four digits such as 2012,")
                .contains("but was \\\"MMXII\\\"");
        assertThat(entered(execution)).containsExactly("Pin");
    }

    @Test
    void a_year_without_uploads_fails_the_first_state_and_names_them() throws InterruptedException {
        var execution = weather.start(Map.of("parameters", Map.of("year", 1999L)));
        var ended = weather.ended(execution);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("dev.baton.task.InvalidInput");
        assertThat(ended.cause()).contains("s3://lake/landing/").contains("1999.csv");
        assertThat(entered(execution)).containsExactly("Pin");
    }

    private static Stream<String> entered(Object execution) {
        return Stream.concat(
                        weather.history(execution, "TaskStateEntered").stream(),
                        weather.history(execution, "ParallelStateEntered").stream())
                .map(HistoryEvent::stateEnteredEventDetails)
                .map(details -> details.name());
    }

    @Test
    void a_key_that_no_task_is_about_starts_nothing_and_is_told() throws InterruptedException {
        var before = weather.executions().size();
        var answer = only(weather.upload("landing/boston/2012.csv", "date\n"));

        assertThat(answer)
                .containsEntry("outcome", "unmatched")
                .containsEntry("uri", "s3://lake/landing/boston/2012.csv")
                .containsEntry("patterns", List.of("s3://lake/landing/{city}/{year}.csv"));
        var starts = weather.starts();
        weather.put("elsewhere/seattle/2012.csv", "date\n");
        weather.upload("landing/boston/2013.csv", "date\n");
        assertThat(weather.starts() - starts)
                .as("the rule matches the second only")
                .isEqualTo(1);
        assertThat(weather.executions()).hasSize(before);
    }

    @Test
    void an_upload_told_of_again_and_again_in_any_order_and_replayed_starts_exactly_one_execution()
            throws IOException, InterruptedException {
        var seed = 20151;
        var deliveries = new AtomicInteger(seed);
        var starts = weather.starts();
        var bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
        var events = weather.endpoint().events();
        var archive = events.createArchive(r -> r.archiveName("uploads").eventSourceArn(bus))
                .archiveArn();
        weather.aws()
                .events()
                .deliver(delivery -> new SplittableRandom(deliveries.getAndIncrement())
                        .ints(5, 0, 150)
                        .mapToObj(Duration::ofMillis)
                        .toList());
        try {
            weather.put("landing/seattle/2015.csv", WeatherData.of("seattle", 2015));
            weather.put("landing/new-york/2015.csv", WeatherData.of("new-york", 2015));
            weather.awaitStarts(starts + 10);
        } finally {
            weather.aws().events().deliver(DeliveryPolicy.PROMPT);
        }

        var started = weather.executions().stream()
                .filter(execution -> execution.name().startsWith("weather-2015-"))
                .toList();
        assertThat(started).as("seed " + seed).hasSize(1);
        assertThat(weather.ended(started.getFirst().executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var executions = weather.executions().size();
        events.startReplay(r -> r.replayName("uploads-again")
                .eventSourceArn(archive)
                .eventStartTime(Instant.now().minusSeconds(600))
                .eventEndTime(Instant.now().plusSeconds(1))
                .destination(d -> d.arn(bus)));
        weather.awaitStarts(starts + 12);
        assertThat(weather.executions()).as("a replay starts nothing").hasSize(executions);
        events.deleteArchive(r -> r.archiveName("uploads"));
        assertThat(records("2015")).hasSize(11);
        assertThat(weather.versions("reports/2015.html")).hasSize(1);
    }

    private static List<CompletionRecord> records(String year) {
        return weather.records().stream()
                .filter(record -> year.equals(record.parameters().get("year")))
                .toList();
    }

    private static Map<String, Object> only(List<Map<String, Object>> answers) {
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }
}
