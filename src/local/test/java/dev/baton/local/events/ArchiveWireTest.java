package dev.baton.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.model.ArchiveState;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/// Archives and replays, as the AWS SDK sees them.
class ArchiveWireTest {
    private static final String BUS = "arn:aws:events:us-east-1:000000000000:event-bus/default";
    private static final String RULE = "arn:aws:events:us-east-1:000000000000:rule/";

    private final BlockingQueue<Map<String, Object>> received = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Work {
        void with(ApplicationEndpoint aws) throws Exception;
    }

    private void session(Work work) throws Exception {
        try (var aws = new ApplicationEndpoint(
                EmbeddedAws.builder().folder(folder).held().start())) {
            var arn = aws.function(
                    "listener",
                    environment -> (in, out, context) -> received.add(
                            Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
            aws.lambda()
                    .addPermission(r -> r.functionName("listener")
                            .statementId("events")
                            .principal("events.amazonaws.com")
                            .action("lambda:InvokeFunction"));
            for (var rule : List.of("first", "second")) {
                aws.events().putRule(r -> r.name(rule).eventPattern("{\"source\":[\"shop\",\"farm\"]}"));
                aws.events().putTargets(r -> r.rule(rule).targets(t -> t.id("f").arn(arn)));
            }
            aws.aws().resume();
            work.with(aws);
        }
    }

    private List<Map<String, Object>> next(int count) throws InterruptedException {
        var all = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            var event = received.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("%d of %d came", i, count).isNotNull();
            all.add(event);
        }
        return all;
    }

    private static void put(ApplicationEndpoint aws, String source, int n) {
        aws.events()
                .putEvents(r -> r.entries(PutEventsRequestEntry.builder()
                        .source(source)
                        .detailType("t")
                        .detail("{\"n\":" + n + "}")
                        .build()));
    }

    private static ReplayState ended(ApplicationEndpoint aws, String name) throws InterruptedException {
        var state = ReplayState.STARTING;
        for (int i = 0; i < 1_000 && (state == ReplayState.STARTING || state == ReplayState.RUNNING); i++) {
            Thread.sleep(5);
            state = aws.events().describeReplay(r -> r.replayName(name)).state();
        }
        return state;
    }

    @Test
    void an_archive_keeps_what_it_is_for_over_a_restart_and_a_replay_brings_it_to_the_rules_that_it_names()
            throws Exception {
        var before = Instant.now().minusSeconds(5);
        session(aws -> {
            var made = aws.events()
                    .createArchive(r -> r.archiveName("kept")
                            .eventSourceArn(BUS)
                            .description("shops")
                            .eventPattern("{\"source\":[\"shop\"]}")
                            .retentionDays(7));
            assertThat(made.state()).isEqualTo(ArchiveState.ENABLED);
            assertThatThrownBy(() ->
                            aws.events().createArchive(r -> r.archiveName("kept").eventSourceArn(BUS)))
                    .isInstanceOf(ResourceAlreadyExistsException.class);
            put(aws, "shop", 1);
            put(aws, "farm", 2);
            put(aws, "shop", 3);
            next(6);
        });
        session(aws -> {
            var archive = aws.events().describeArchive(r -> r.archiveName("kept"));
            assertThat(archive.eventCount()).isEqualTo(2);
            assertThat(archive.retentionDays()).isEqualTo(7);
            assertThat(archive.eventPattern()).isEqualTo("{\"source\":[\"shop\"]}");
            assertThat(archive.sizeBytes()).isPositive();
            aws.events()
                    .startReplay(r -> r.replayName("again")
                            .eventSourceArn(archive.archiveArn())
                            .eventStartTime(before)
                            .eventEndTime(Instant.now().plusSeconds(5))
                            .destination(d -> d.arn(BUS).filterArns(RULE + "second")));
            var events = next(2);
            assertThat(events).extracting(event -> event.get("replay-name")).containsOnly("again");
            assertThat(events)
                    .extracting(event -> (Object) ((Map<?, ?>) event.get("detail")).get("n"))
                    .containsExactlyInAnyOrder(1L, 3L);
            assertThat(ended(aws, "again")).isEqualTo(ReplayState.COMPLETED);
            assertThat(received.poll(100, TimeUnit.MILLISECONDS)).isNull();
            // A replayed event is in the archive already.
            assertThat(aws.events().describeArchive(r -> r.archiveName("kept")).eventCount())
                    .isEqualTo(2);
            assertThat(aws.events().listReplays(r -> r.namePrefix("ag")).replays())
                    .extracting("replayName", "state")
                    .containsExactly(tuple("again", "COMPLETED"));
            assertThatThrownBy(() -> aws.events().cancelReplay(r -> r.replayName("again")))
                    .isInstanceOf(IllegalStatusException.class);
        });
        session(aws -> {
            assertThat(aws.events().describeReplay(r -> r.replayName("again")).state())
                    .isEqualTo(ReplayState.COMPLETED);
            aws.events().updateArchive(r -> r.archiveName("kept").retentionDays(0).description("all"));
            assertThat(aws.events().listArchives(r -> r.eventSourceArn(BUS)).archives())
                    .extracting("archiveName", "retentionDays", "eventCount")
                    .containsExactly(tuple("kept", 0, 2L));
            aws.events().deleteArchive(r -> r.archiveName("kept"));
            assertThatThrownBy(() -> aws.events().describeArchive(r -> r.archiveName("kept")))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThat(folder.resolve("events").resolve("archive-kept")).doesNotExist();
        });
    }

    @Test
    void a_replay_that_cannot_be_is_refused() throws Exception {
        session(aws -> {
            var archive = aws.events()
                    .createArchive(r -> r.archiveName("a").eventSourceArn(BUS))
                    .archiveArn();
            var now = Instant.now();
            assertThatThrownBy(() -> aws.events()
                            .startReplay(r -> r.replayName("r")
                                    .eventSourceArn(archive)
                                    .eventStartTime(now)
                                    .eventEndTime(now)
                                    .destination(d -> d.arn(BUS))))
                    .isInstanceOf(EventBridgeException.class)
                    .hasMessageContaining("EventStartTime must be before EventEndTime");
            assertThatThrownBy(() -> aws.events()
                            .startReplay(r -> r.replayName("r")
                                    .eventSourceArn(archive)
                                    .eventStartTime(now.minusSeconds(1))
                                    .eventEndTime(now)
                                    .destination(d -> d.arn(BUS.replace("default", "other")))))
                    .hasMessageContaining("Cross event bus replay is not permitted");
            assertThatThrownBy(() -> aws.events()
                            .startReplay(r -> r.replayName("r")
                                    .eventSourceArn(archive + "x")
                                    .eventStartTime(now.minusSeconds(1))
                                    .eventEndTime(now)
                                    .destination(d -> d.arn(BUS))))
                    .hasMessageContaining("Archive ax does not exist");
        });
    }

    @Test
    void lists_come_in_parts() throws Exception {
        session(aws -> {
            assertThat(aws.events().listRules(r -> r.limit(1)).rules()).extracting("name").containsExactly("first");
            assertThat(aws.events()
                            .listRules(r -> r.limit(1).nextToken(aws.events()
                                    .listRules(first -> first.limit(1))
                                    .nextToken()))
                            .rules())
                    .extracting("name")
                    .containsExactly("second");
            assertThat(aws.events().listRules(r -> r.limit(2)).nextToken()).isNull();
            aws.events()
                    .putTargets(r -> r.rule("first")
                            .targets(
                                    t -> t.id("a").arn("arn:aws:lambda:us-east-1:000000000000:function:x"),
                                    t -> t.id("b").arn("arn:aws:lambda:us-east-1:000000000000:function:x")));
            assertThat(aws.events()
                            .listTargetsByRule(r -> r.rule("first").limit(2))
                            .targets())
                    .extracting(Target::id)
                    .containsExactly("a", "b");
            assertThatThrownBy(() -> aws.events().listRules(r -> r.nextToken("%")))
                    .hasMessageContaining("NextToken is not valid");
            assertThatThrownBy(() -> aws.events().listRules(r -> r.limit(101)))
                    .hasMessageContaining("less than or equal to 100");
        });
    }
}
