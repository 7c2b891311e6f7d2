package dev.baton.local.events;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;

/// EventBridge as the AWS SDK sees it.
class EventsWireTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private String listener(String name) {
        var arn = AWS.function(
                name,
                environment ->
                        (in, out, context) -> received.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        AWS.lambda()
                .addPermission(r -> r.functionName(name)
                        .statementId("events")
                        .principal("events.amazonaws.com")
                        .action("lambda:InvokeFunction"));
        return arn;
    }

    private Object next() throws InterruptedException {
        var text = received.poll(10, TimeUnit.SECONDS);
        return text == null ? "nothing came" : Json.parse(text);
    }

    private static PutEventsRequestEntry event(String source, String detail) {
        return PutEventsRequestEntry.builder()
                .source(source)
                .detailType("Thing Happened")
                .detail(detail)
                .build();
    }

    @Test
    void an_event_that_matches_reaches_the_function_and_no_other_does() throws InterruptedException {
        var arn = listener("listener");
        AWS.events()
                .putRule(r -> r.name("big")
                        .eventPattern("{\"source\":[\"shop\"],\"detail\":{\"price\":[{\"numeric\":[\">\",10]}]}}"));
        AWS.events().putTargets(r -> r.rule("big").targets(t -> t.id("f").arn(arn)));
        var answer = AWS.events()
                .putEvents(r -> r.entries(
                        event("shop", "{\"price\":5}"), event("shop", "{\"price\":50}"), event("shop", "nonsense")));
        assertThat(answer.failedEntryCount()).isEqualTo(1);
        assertThat(answer.entries().get(2).errorCode()).isEqualTo("MalformedDetail");
        var event = (Map<?, ?>) next();
        assertThat(event.get("detail")).isEqualTo(Map.of("price", 50L));
        assertThat(event.get("detail-type")).isEqualTo("Thing Happened");
        assertThat(event.get("id")).isEqualTo(answer.entries().get(1).eventId());
        assertThat(AWS.events().listRules(r -> {}).rules()).extracting("name").contains("big");
        assertThat(AWS.events().listTargetsByRule(r -> r.rule("big")).targets())
                .extracting(Target::id)
                .containsExactly("f");
        assertThat(catchThrowableOfType(
                                EventBridgeException.class, () -> AWS.events().deleteRule(r -> r.name("big")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Rule can't be deleted since it has targets.");
        AWS.events().removeTargets(r -> r.rule("big").ids("f"));
        AWS.events().deleteRule(r -> r.name("big"));
        assertThat(received).isEmpty();
    }

    @Test
    void an_object_created_in_s3_starts_an_execution() {
        var role = AWS.role("s3-machine", "states.amazonaws.com", "");
        var machine = AWS.states()
                .createStateMachine(r -> r.name("on-upload")
                        .roleArn(role)
                        .definition("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"))
                .stateMachineArn();
        var starter = AWS.role("starter", "events.amazonaws.com", allow("states:StartExecution", machine));
        AWS.events().putRule(r -> r.name("uploads").eventPattern("""
                {"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["uploads-bucket"]}}}"""));
        AWS.events()
                .putTargets(r -> r.rule("uploads")
                        .targets(t -> t.id("m")
                                .arn(machine)
                                .roleArn(starter)
                                .inputTransformer(i -> i.inputPathsMap(Map.of("key", "$.detail.object.key"))
                                        .inputTemplate("{\"uploaded\":<key>,\"said\":\"got <key>\"}"))));
        AWS.s3().createBucket(r -> r.bucket("uploads-bucket"));
        AWS.s3()
                .putBucketNotificationConfiguration(r ->
                        r.bucket("uploads-bucket").notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
        AWS.s3().putObject(r -> r.bucket("uploads-bucket").key("a b.csv"), RequestBody.fromString("x"));
        var execution = untilOne(machine);
        assertThat(AWS.states()
                        .describeExecution(r -> r.executionArn(execution))
                        .input())
                .isEqualTo("{\"uploaded\":\"a b.csv\",\"said\":\"got a b.csv\"}");
    }

    /// Deliveries are under way on other threads; they come within moments.
    private static String untilOne(String machine) {
        for (var i = 0; i < 1_000; i++) {
            var executions =
                    AWS.states().listExecutions(r -> r.stateMachineArn(machine)).executions();
            if (!executions.isEmpty()) {
                return executions.getFirst().executionArn();
            }
        }
        throw new AssertionError("no execution was started");
    }

    @Test
    void a_target_that_may_not_be_called_goes_to_the_dead_letters() throws InterruptedException {
        var arn = AWS.function("closed", environment -> (in, out, context) -> received.add("never"));
        AWS.events().putRule(r -> r.name("closed").eventPattern("{\"source\":[\"closed\"]}"));
        AWS.events().putTargets(r -> r.rule("closed").targets(t -> t.id("f").arn(arn)));
        AWS.events().putEvents(r -> r.entries(event("closed", "{}")));
        var letters = AWS.aws().events().deadLetters();
        for (var i = 0; letters.isEmpty() && i < 10_000; i++) {
            Thread.onSpinWait();
            letters = AWS.aws().events().deadLetters();
            AWS.events().listEventBuses(r -> {});
        }
        assertThat(letters).extracting(DeadLetter::errorCode).containsExactly("NO_PERMISSIONS");
        assertThat(received).isEmpty();
    }

    @Test
    void a_policy_may_duplicate_and_delay_deliveries() throws InterruptedException {
        var arn = listener("repeated");
        AWS.events().putRule(r -> r.name("repeated").eventPattern("{\"source\":[\"repeated\"]}"));
        AWS.events()
                .putTargets(
                        r -> r.rule("repeated").targets(t -> t.id("f").arn(arn).inputPath("$.detail.n")));
        AWS.aws()
                .events()
                .deliver(delivery -> delivery.targetArn().equals(arn)
                        ? List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2))
                        : List.of(Duration.ZERO));
        AWS.events().putEvents(r -> r.entries(event("repeated", "{\"n\":7}")));
        assertThat(List.of(next(), next(), next())).containsExactly(7L, 7L, 7L);
        AWS.aws().events().deliver(DeliveryPolicy.PROMPT);
    }

    @Test
    void another_bus_has_its_own_rules() throws InterruptedException {
        var arn = listener("bus-listener");
        AWS.events().createEventBus(r -> r.name("side"));
        AWS.events().putRule(r -> r.name("all").eventBusName("side").eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
        AWS.events()
                .putTargets(r -> r.rule("all")
                        .eventBusName("side")
                        .targets(t -> t.id("f").arn(arn).input("\"side\"")));
        AWS.events().putEvents(r -> r.entries(event("x", "{}")));
        AWS.events()
                .putEvents(r -> r.entries(
                        event("x", "{}").toBuilder().eventBusName("side").build()));
        assertThat(next()).isEqualTo("side");
        assertThat(received).isEmpty();
    }

    @Test
    void buses_that_send_to_themselves_and_to_each_other_end() throws InterruptedException {
        var arn = listener("round-listener");
        for (var bus : List.of("round", "about")) {
            AWS.events().createEventBus(r -> r.name(bus));
        }
        for (var bus : List.of("round", "about")) {
            AWS.events().putRule(r -> r.name("all").eventBusName(bus).eventPattern("{\"source\":[\"x\"]}"));
            AWS.events()
                    .putTargets(r -> r.rule("all")
                            .eventBusName(bus)
                            .targets(
                                    t -> t.id("self").arn(busArn(bus)),
                                    t -> t.id("other").arn(busArn(bus.equals("round") ? "about" : "round")),
                                    t -> t.id("f").arn(arn).input(Json.print(bus))));
        }
        AWS.events()
                .putEvents(r -> r.entries(
                        event("x", "{}").toBuilder().eventBusName("round").build()));
        // Once where it came to, and once where that bus sent it: to itself, and to the other.
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("round", "round", "about");
        assertThat(received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    private static String busArn(String name) {
        return "arn:aws:events:us-east-1:" + ApplicationEndpoint.ACCOUNT + ":event-bus/" + name;
    }

    @Test
    void a_target_that_nothing_here_could_serve_is_refused() {
        AWS.events().putRule(r -> r.name("to-nowhere").eventPattern("{\"source\":[\"x\"]}"));
        for (var arn : List.of(
                "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                "arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/all",
                busArn("nobody-made-it"),
                "nonsense")) {
            assertThatThrownBy(() -> AWS.events()
                            .putTargets(r -> r.rule("to-nowhere").targets(t -> t.id("t").arn(arn))))
                    .isInstanceOf(EventBridgeException.class)
                    .hasMessageContaining("Parameter " + arn + " is not valid");
        }
        assertThat(AWS.events().listTargetsByRule(r -> r.rule("to-nowhere")).targets())
                .isEmpty();
    }

    @Test
    void a_pattern_that_is_none_is_refused() {
        assertThatThrownBy(() -> AWS.events().putRule(r -> r.name("bad").eventPattern("{\"source\":\"not an array\"}")))
                .isInstanceOf(InvalidEventPatternException.class);
    }
}
