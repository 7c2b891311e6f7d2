package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Names made to lead somewhere else, as uploads and as parameters: each is what it is, or is refused with a
/// sentence.
class OddKeysTest {
    private static DeployedPipeline unpacking;

    @BeforeAll
    static void deploy() {
        unpacking = new DeployedPipeline(TestPipelines.UNPACKING);
    }

    @AfterAll
    static void stop() {
        unpacking.close();
    }

    static Stream<String> odd() {
        return Stream.of(
                "a+b",
                "a b",
                "%2e%2e",
                "%2F..%2Fother",
                "%00",
                "caf\u00e9",
                "cafe\u0301",
                "*",
                "a?c",
                "abc",
                "${*}",
                "$",
                "${aws:username}",
                "{name}",
                "'; drop table parcels; --",
                "<script>alert(1)",
                "a\\b",
                "\"quoted\"",
                "{% $states.input %}",
                "\ud83c\udf27",
                "x".repeat(256),
                "\u96e8".repeat(256));
    }

    private static Map<String, Object> upload(String key, String content) throws InterruptedException {
        return unpacking.upload(key, content).getFirst();
    }

    @ParameterizedTest
    @MethodSource("odd")
    void an_upload_called_so_is_unpacked_under_that_very_name(String name) throws InterruptedException {
        var content = "content of " + name;
        var answer = upload("landing/" + name + ".txt", content);
        assertThat(answer).containsEntry("outcome", "started");
        var ended = unpacking.ended(answer.get("execution"));

        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.name()).matches("[A-Za-z0-9_-]{1,80}");
        assertThat(unpacking.read("unpacked/" + name + ".txt")).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void a_parameter_called_so_means_that_very_upload(String name) throws InterruptedException {
        upload("landing/" + name + ".txt", "typed");
        var ended = unpacking.ended(unpacking.start(Map.of("parameters", Map.of("name", name))));

        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(unpacking.read("unpacked/" + name + ".txt")).isEqualTo("typed");
    }

    static Stream<String> elsewhere() {
        return Stream.of(
                "landing/../unpacked/x.txt",
                "landing/../../etc/passwd.txt",
                "landing//x.txt",
                "landing/./x.txt",
                "landing/a/b.txt",
                "landing/.txt",
                "landing/line\nbreak.txt",
                "landing/tab\t.txt",
                "landing/\u0085.txt",
                "landing/x.txt/../y.txt",
                "landing/...txt",
                "landing/..txt",
                "landing/\u202egpj.exe.txt",
                "landing/\u2066hidden\u2069.txt",
                "landing/" + "x".repeat(257) + ".txt",
                "landing/" + "x".repeat(1_012) + ".txt");
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void an_upload_that_is_no_parcel_starts_nothing_and_is_told(String key) throws InterruptedException {
        var before = unpacking.executions().size();
        var answer = upload(key, "x");

        assertThat(answer)
                .containsEntry("outcome", "unmatched")
                .containsEntry("uri", "s3://lake/" + key)
                .containsEntry("patterns", List.of("s3://lake/landing/{name}.txt"));
        assertThat(unpacking.executions()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../unpacked/x       | expected text that matches [^/]+, but was \\"../unpacked/x\\"
            a/b                 | expected text that matches [^/]+, but was \\"a/b\\"
            ..                  | neither . nor .., but was \\"..\\"
            .                   | neither . nor .., but was \\".\\"
            line%nbreak         | none that controls or formats, and neither . nor .., but was \\"line\\\\u000abreak\\"
            nul%0               | but was \\"nul\\\\u0000\\"
            %bgpj.exe           | but was \\"\\\\u202egpj.exe\\"
            """)
    void a_parameter_that_cannot_be_one_fails_the_first_state_with_a_sentence(String given, String words)
            throws InterruptedException {
        var name = given.replace("%n", "\n").replace("%0", "\0").replace("%b", "\u202e");
        var ended = unpacking.ended(unpacking.start(Map.of("parameters", Map.of("name", name))));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("dev.baton.task.InvalidInput");
        assertThat(ended.cause())
                .contains("the parameter \\\"name\\\": expected ")
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, 1_024, 100_000})
    void a_parameter_of_no_or_too_many_characters_fails_the_same_way(int length) throws InterruptedException {
        var ended = unpacking.ended(unpacking.start(Map.of("parameters", Map.of("name", "x".repeat(length)))));

        assertThat(ended.error()).isEqualTo("dev.baton.task.InvalidInput");
        assertThat(ended.cause())
                .contains("the parameter \\\"name\\\": expected ")
                .hasSizeLessThan(10_000);
    }

    /// Beyond ASCII each character takes six in a session policy, so that the keys do not fit.
    @Test
    void a_session_policy_that_is_too_long_for_the_keys_holds_prefixes_and_the_record_says_so()
            throws InterruptedException {
        var answer = upload("landing/" + "\u96ea".repeat(256) + ".txt", "snow");
        var ended = unpacking.ended(answer.get("execution"));
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);

        var s3 = unpacking.endpoint().s3();
        var records =
                s3.listObjectsV2(r -> r.bucket(LocalCloud.STATE_BUCKET).prefix("completions/")).contents().stream()
                        .filter(object -> object.key().endsWith(".json"))
                        .map(object -> Json.parseObject(s3.getObjectAsBytes(
                                        r -> r.bucket(LocalCloud.STATE_BUCKET).key(object.key()))
                                .asByteArray()))
                        .filter(record -> Json.print(record).contains("\u96ea"))
                        .toList();
        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record).containsEntry("session", "prefixes"));
    }

    @Test
    void nothing_is_anywhere_else() {
        var keys = unpacking
                .endpoint()
                .s3()
                .listObjectsV2(request -> request.bucket("lake").encodingType(EncodingType.URL))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
        assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("landing/") || key.startsWith("unpacked/"));
    }
}
