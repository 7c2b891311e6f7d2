package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Strongbox;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.weather.Weather;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Secrets are planted by every session that is opened: its secret key and its token; and one is read by a task. None
/// turns up in anything that
/// is written down while pipelines run, are refused, stumble and are broken into.
class SecretsTest {
    private static final String CANARY = "canary+of+the+administrator/0123456789ab";
    private static final String VALUE = "canary of a secret's value 3c0f";
    private static final Pattern TOKEN = Pattern.compile("\"(?:Task)?[tT]oken\\\\*\" ?: ?\\\\*\"([^\"\\\\]{20,})");

    /// Where something is written down.
    private enum Place {
        LOGS,
        STANDARD_STREAMS,
        FUNCTION_RESULTS,
        HISTORY,
        EVENTS,
        OBJECTS,
        CAUSES
    }

    private record Written(Place place, String where, String text) {}

    private static final Queue<Written> WRITTEN = new ConcurrentLinkedQueue<>();
    private static final Set<String> TASK_TOKENS = new HashSet<>();
    private static final Handler LISTENING = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            WRITTEN.add(new Written(Place.LOGS, record.getLoggerName(), formatter.format(record)));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private static EmbeddedAws aws;
    private static List<AccessKey> credentials;

    @BeforeAll
    static void run_everything() throws IOException, InterruptedException {
        aws = EmbeddedAws.builder()
                .administrator("AKIACANARYCANARYCANA", CANARY)
                .start();
        var out = System.out;
        var err = System.err;
        var streams = new ByteArrayOutputStream();
        System.setOut(new PrintStream(streams, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(streams, true, StandardCharsets.UTF_8));
        var cloud = new LocalCloud(aws, LaptopFunctions.JVM);
        try {
            observe();
            var weather = new DeployedPipeline(Weather.PIPELINE, cloud);
            listen(weather);
            weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012));
            succeeded(weather, weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012)));
            weather.upload("landing/seattle/2013.csv", WeatherData.broken("seattle", 2013, 40, 3, "warm"));
            failed(weather, weather.upload("landing/new-york/2013.csv", WeatherData.of("new-york", 2013)));
            var snooping = new DeployedPipeline(TestPipelines.SNOOPING, cloud);
            snooping.upload("landing/anne/2012.txt", "Dear Anne");
            failed(snooping, snooping.upload("landing/bob/2012.txt", "Dear Bob"));
            var stumbling = new DeployedPipeline(TestPipelines.STUMBLING, cloud);
            succeeded(stumbling, stumbling.upload("landing/anne/2014.txt", "Dear Anne"));
            var hostile = new DeployedPipeline(TestPipelines.HOSTILE, cloud);
            hostile.upload("tickets/2001.txt", "admit one");
            succeeded(hostile, hostile.upload("treasure/2001.txt", "gold"));
            aws.secrets().put(Strongbox.KEY, VALUE);
            var strongbox = new DeployedPipeline(Strongbox.PIPELINE, cloud);
            succeeded(strongbox, strongbox.upload("landing/boxes/2015.txt", "No. 7"));
            failed(strongbox, strongbox.upload("landing/boxes/2016.txt", "jam"));
            objects(weather);
            credentials = List.copyOf(aws.foundation().identities().keys().all());
        } finally {
            System.setOut(out);
            System.setErr(err);
            Logger.getLogger("").removeHandler(LISTENING);
            Logger.getLogger("dev.baton").setLevel(null);
            WRITTEN.add(new Written(Place.STANDARD_STREAMS, "", streams.toString(StandardCharsets.UTF_8)));
            cloud.close();
        }
    }

    @AfterAll
    static void forget() {
        WRITTEN.clear();
        TASK_TOKENS.clear();
    }

    private static void observe() {
        aws.lambda().observe(new InvocationObserver() {
            @Override
            public void finished(Invocation invocation, InvocationResult result) {
                WRITTEN.add(new Written(
                        Place.FUNCTION_RESULTS,
                        invocation.function(),
                        new String(result.payload(), StandardCharsets.UTF_8)));
            }
        });
    }

    /// To the logs, all that our own classes could ever say among them, and to all events.
    private static void listen(DeployedPipeline pipeline) {
        Logger.getLogger("").setLevel(Level.INFO);
        Logger.getLogger("dev.baton").setLevel(Level.ALL);
        LISTENING.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(LISTENING);
        RequestStreamHandler ear = (in, to, context) ->
                WRITTEN.add(new Written(Place.EVENTS, "", new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        var iam = pipeline.endpoint().iam();
        var role = iam.createRole(r -> r.roleName("ear").assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
                        "Principal":{"Service":"lambda.amazonaws.com"}}}"""))
                .role()
                .arn();
        aws.lambda()
                .register(new LambdaFunction(
                        "ear", role, Map.of(), Duration.ofSeconds(10), 128, new FunctionCode.InProcess(any -> ear)));
        pipeline.endpoint()
                .lambda()
                .addPermission(r -> r.functionName("ear")
                        .statementId("all")
                        .action("lambda:InvokeFunction")
                        .principal("events.amazonaws.com"));
        pipeline.endpoint().events().putRule(r -> r.name("all").eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
        pipeline.endpoint()
                .events()
                .putTargets(r -> r.rule("all")
                        .targets(t -> t.id("ear").arn("arn:aws:lambda:us-east-1:000000000000:function:ear")));
    }

    private static void succeeded(DeployedPipeline pipeline, List<Map<String, Object>> started)
            throws InterruptedException {
        ended(pipeline, started, ExecutionStatus.SUCCEEDED);
    }

    private static void failed(DeployedPipeline pipeline, List<Map<String, Object>> started)
            throws InterruptedException {
        ended(pipeline, started, ExecutionStatus.FAILED);
    }

    private static void ended(DeployedPipeline pipeline, List<Map<String, Object>> started, ExecutionStatus status)
            throws InterruptedException {
        var arn = started.getFirst().get("execution");
        var execution = pipeline.ended(arn);
        assertThat(execution.status()).as(execution.cause()).isEqualTo(status);
        WRITTEN.add(new Written(Place.CAUSES, String.valueOf(arn), everything(execution)));
        pipeline.endpoint()
                .states()
                .getExecutionHistoryPaginator(r -> r.executionArn(String.valueOf(arn)))
                .events()
                .forEach(event -> {
                    if (event.type() == HistoryEventType.TASK_SCHEDULED) {
                        TOKEN.matcher(event.taskScheduledEventDetails().parameters())
                                .results()
                                .forEach(token -> TASK_TOKENS.add(token.group(1)));
                    }
                    WRITTEN.add(new Written(Place.HISTORY, event.typeAsString(), everything(event)));
                });
    }

    /// All values of an answer. What the SDK prints of it leaves out what may be secret.
    private static String everything(SdkPojo answer) {
        var text = new StringBuilder();
        for (var field : answer.sdkFields()) {
            var value = field.getValueOrDefault(answer);
            text.append(value instanceof SdkPojo part ? everything(part) : value)
                    .append('\n');
        }
        return text.toString();
    }

    private static void objects(DeployedPipeline pipeline) {
        var s3 = pipeline.endpoint().s3();
        for (var bucket : List.of("lake", LocalCloud.STATE_BUCKET)) {
            s3.listObjectVersionsPaginator(r -> r.bucket(bucket)).versions().forEach(version -> {
                var object = s3.getObjectAsBytes(
                        r -> r.bucket(bucket).key(version.key()).versionId(version.versionId()));
                WRITTEN.add(new Written(
                        Place.OBJECTS,
                        bucket + "/" + version.key(),
                        object.asString(StandardCharsets.ISO_8859_1)
                                + object.response().metadata()));
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void no_secret_and_no_session_token_turns_up_in(Place place) {
        var texts = WRITTEN.stream().filter(each -> each.place() == place).toList();
        assertThat(texts).as("what was read").isNotEmpty();
        var hits = new ArrayList<String>();
        for (var each : credentials) {
            for (var secret : new String[] {each.secretAccessKey(), each.sessionToken()}) {
                if (secret != null) {
                    texts.stream()
                            .filter(text ->
                                    text.text().contains(secret) || text.text().contains(secret.substring(0, 24)))
                            .forEach(text -> hits.add(each + " in " + text.where()));
                }
            }
        }
        for (var value : List.of(VALUE, base64(""), base64(" "), base64("  "))) {
            texts.stream()
                    .filter(text -> text.text().contains(value))
                    .forEach(text -> hits.add("a secret's value in " + text.where()));
        }
        assertThat(hits).isEmpty();
    }

    /// What base64 makes of the value behind some other text, without what depends on its neighbours.
    private static String base64(String before) {
        var coded = Base64.getEncoder().encodeToString((before + VALUE).getBytes(StandardCharsets.UTF_8));
        return coded.substring(4, coded.length() - 4);
    }

    @Test
    void there_was_much_to_read_and_many_secrets_to_find() {
        assertThat(WRITTEN)
                .anyMatch(each -> each.place() == Place.LOGS && each.text().contains("failed: "));
        assertThat(WRITTEN)
                .anyMatch(each -> each.place() == Place.CAUSES && each.text().contains("temp_max_c"));
        assertThat(WRITTEN)
                .anyMatch(each -> each.place() == Place.HISTORY && each.text().contains("\"sha256\""));
        assertThat(WRITTEN)
                .anyMatch(each -> each.place() == Place.EVENTS && each.text().contains("Object Created"));
        assertThat(credentials).hasSizeGreaterThan(60);
        assertThat(credentials).extracting(AccessKey::accessKeyId).doesNotHaveDuplicates();
        assertThat(credentials).anyMatch(each -> each.secretAccessKey().equals(CANARY));
    }

    /// They stand in history, where the service puts them, and in the await that the callback function answers.
    @Test
    void a_task_token_stands_where_the_service_puts_it_and_in_its_await_and_nowhere_else() {
        assertThat(TASK_TOKENS).as("the example waits").isNotEmpty();
        var elsewhere = WRITTEN.stream()
                .filter(each -> TASK_TOKENS.stream().anyMatch(each.text()::contains))
                .filter(each -> !(each.place() == Place.HISTORY && each.where().equals("TaskScheduled")))
                .filter(each ->
                        !(each.place() == Place.OBJECTS && each.where().matches("baton-state/runs/.*/awaits/.*")))
                .map(each -> each.place() + " " + each.where())
                .toList();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void no_role_of_a_pipeline_reads_history_and_only_those_of_awaits_read_awaits() {
        for (var role : Compiler.compile(Weather.PIPELINE).roles()) {
            var policy = Json.print(role.policy());
            assertThat(policy).as(role.name()).doesNotContain("GetExecutionHistory");
            assertThat(policy.contains("/awaits/"))
                    .as(role.name())
                    .isEqualTo(
                            switch (role.kind()) {
                                case CALLBACK, AWAIT -> true;
                                default -> false;
                            });
        }
    }

    @Test
    void two_attempts_have_different_access_keys() {
        var attempts = credentials.stream()
                .filter(each -> each.caller().arn().contains("assumed-role/baton-stumbling-Stumbling/"))
                .toList();
        assertThat(attempts)
                .extracting(each -> each.caller().arn().replaceFirst(".*\\.", ""))
                .containsExactlyInAnyOrder("0", "1");
        assertThat(attempts).extracting(AccessKey::accessKeyId).doesNotHaveDuplicates();
    }
}
