package dev.baton.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsWireTest {
    private static final String GROUP = "/aws/lambda/teller";
    private static final String ARN = "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP;

    private static final class Days extends Clock {
        private Instant now = Instant.parse("2026-11-30T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TempDir
    Path folder;

    private final Days clock = new Days();
    private final List<AccessRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private EmbeddedAws aws;
    private LogsWire logs;

    @BeforeEach
    void start() {
        aws = EmbeddedAws.builder()
                .clock(clock)
                .folder(folder)
                .audit((access, decision) -> asked.add(access))
                .start();
        logs = new LogsWire(aws);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private void again() {
        stop();
        start();
    }

    private long now() {
        return clock.millis();
    }

    private static Map<String, Object> event(long timestamp, String message) {
        return Map.of("timestamp", timestamp, "message", message);
    }

    private void stream(String name) {
        logs.call("CreateLogStream", Map.of("logGroupName", GROUP, "logStreamName", name));
    }

    @SafeVarargs
    private Map<String, Object> put(String stream, Map<String, Object>... events) {
        return logs.call(
                "PutLogEvents", Map.of("logGroupName", GROUP, "logStreamName", stream, "logEvents", List.of(events)));
    }

    private Map<String, Object> get(String stream, Map<String, ?> more) {
        var input = new LinkedHashMap<String, Object>(Map.of("logGroupName", GROUP, "logStreamName", stream));
        input.putAll(more);
        return logs.call("GetLogEvents", input);
    }

    private Map<String, Object> filter(Map<String, ?> more) {
        var input = new LinkedHashMap<String, Object>(Map.of("logGroupName", GROUP));
        input.putAll(more);
        return logs.call("FilterLogEvents", input);
    }

    private void made() {
        logs.call("CreateLogGroup", Map.of("logGroupName", GROUP));
        stream("one");
        stream("two");
    }

    @Test
    void events_are_told_by_their_times_with_all_that_they_were_put_with() {
        made();
        put("one", event(now() - 10, "first\nof two lines"), event(now(), "{\"json\":\"ä\"}"));
        put("two", event(now() - 5, "between"));
        // Another request may tell of the past.
        put("one", event(now() - 20, "before all"));
        assertThat(LogsWire.messages(get("one", Map.of())))
                .containsExactly("before all", "first\nof two lines", "{\"json\":\"ä\"}");
        var all = filter(Map.of());
        assertThat(LogsWire.messages(all))
                .containsExactly("before all", "first\nof two lines", "between", "{\"json\":\"ä\"}");
        assertThat(((List<?>) all.get("events")).get(2))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("logStreamName", "two")
                .containsEntry("timestamp", now() - 5)
                .containsEntry("ingestionTime", now())
                .hasEntrySatisfying("eventId", id -> assertThat((String) id).matches("\\d{56}"));
        assertThat(LogsWire.messages(filter(Map.of("startTime", now() - 10, "endTime", now()))))
                .containsExactly("first\nof two lines", "between");
        assertThat(LogsWire.messages(filter(Map.of("filterPattern", "first")))).containsExactly("first\nof two lines");
        assertThat(LogsWire.messages(filter(Map.of("logStreamNames", List.of("two")))))
                .containsExactly("between");
        assertThat(LogsWire.messages(filter(Map.of("logStreamNamePrefix", "o"))))
                .hasSize(3);
        assertThat(LogsWire.messages(logs.call("FilterLogEvents", Map.of("logGroupIdentifier", ARN))))
                .hasSize(4);
    }

    @Test
    void a_stream_is_read_page_by_page_in_both_directions() {
        made();
        for (int i = 0; i < 10; i++) {
            put("one", event(now() + i / 3, "e" + i));
        }
        var last = get("one", Map.of("limit", 4));
        assertThat(LogsWire.messages(last)).containsExactly("e6", "e7", "e8", "e9");
        var before = get("one", Map.of("limit", 4, "nextToken", last.get("nextBackwardToken")));
        assertThat(LogsWire.messages(before)).containsExactly("e2", "e3", "e4", "e5");
        var first = get("one", Map.of("limit", 4, "nextToken", before.get("nextBackwardToken")));
        assertThat(LogsWire.messages(first)).containsExactly("e0", "e1");
        var none = get("one", Map.of("nextToken", first.get("nextBackwardToken")));
        assertThat(LogsWire.messages(none)).isEmpty();
        assertThat(none.get("nextBackwardToken")).isEqualTo(first.get("nextBackwardToken"));

        var forward = get("one", Map.of("limit", 7, "startFromHead", true));
        var rest = get("one", Map.of("nextToken", forward.get("nextForwardToken")));
        assertThat(LogsWire.messages(rest)).containsExactly("e7", "e8", "e9");
        var end = get("one", Map.of("nextToken", rest.get("nextForwardToken")));
        assertThat(end.get("nextForwardToken")).isEqualTo(rest.get("nextForwardToken"));
        put("one", event(now() + 3, "late"));
        assertThat(LogsWire.messages(get("one", Map.of("nextToken", end.get("nextForwardToken")))))
                .containsExactly("late");
        assertThat(logs.refused(
                        "GetLogEvents", Map.of("logGroupName", GROUP, "logStreamName", "one", "nextToken", "f/x")))
                .isEqualTo("InvalidParameterException: The specified nextToken is invalid.");
    }

    @Test
    void a_search_goes_on_where_its_page_ended() {
        made();
        // Equal times in both streams: the order of the names decides.
        for (int i = 0; i < 6; i++) {
            put("one", event(now() + i / 2, "one" + i));
            put("two", event(now() + i / 2, "two" + i));
        }
        var whole = LogsWire.messages(filter(Map.of()));
        assertThat(whole).hasSize(12).startsWith("one0", "two0", "one1", "two1");
        var pages = new ArrayList<String>();
        var page = filter(Map.of("limit", 5));
        pages.addAll(LogsWire.messages(page));
        while (page.get("nextToken") != null) {
            page = filter(Map.of("limit", 5, "nextToken", page.get("nextToken")));
            pages.addAll(LogsWire.messages(page));
        }
        assertThat(pages).isEqualTo(whole);
        assertThat(filter(Map.of("limit", 12))).doesNotContainKey("nextToken");
    }

    @Test
    void an_answer_is_no_longer_than_a_megabyte() {
        made();
        var long_ = "x".repeat(300_000);
        for (int i = 0; i < 4; i++) {
            put("one", event(now() + i, long_ + i));
        }
        var first = get("one", Map.of("startFromHead", true));
        assertThat(LogsWire.messages(first)).hasSize(3);
        assertThat(LogsWire.messages(get("one", Map.of("nextToken", first.get("nextForwardToken")))))
                .hasSize(1);
        var found = filter(Map.of());
        assertThat(LogsWire.messages(found)).hasSize(3);
        assertThat(LogsWire.messages(filter(Map.of("nextToken", found.get("nextToken")))))
                .hasSize(1);
    }

    @Test
    void what_is_too_old_or_too_new_is_told_by_its_place_and_the_rest_is_taken() {
        made();
        logs.call("PutRetentionPolicy", Map.of("logGroupName", GROUP, "retentionInDays", 3));
        var day = Duration.ofDays(1).toMillis();
        var answer = put(
                "one",
                event(now() - 15 * day, "too old"),
                event(now() - 4 * day, "expired"),
                event(now() - 1, "taken"),
                event(now() + day, "too new"));
        assertThat(answer.get("rejectedLogEventsInfo"))
                .isEqualTo(Map.of(
                        "tooOldLogEventEndIndex", 1L, "expiredLogEventEndIndex", 2L, "tooNewLogEventStartIndex", 3L));
        assertThat(LogsWire.messages(get("one", Map.of()))).containsExactly("taken");
    }

    @Test
    void a_batch_that_breaks_a_rule_is_refused_whole() {
        made();
        assertThat(putRefused(event(now(), "later"), event(now() - 1, "sooner")))
                .isEqualTo("InvalidParameterException: Log events in a single PutLogEvents request must be in"
                        + " chronological order.");
        assertThat(putRefused(event(now() - 25 * 3_600_000, "a"), event(now(), "b")))
                .isEqualTo("InvalidParameterException: The batch of log events in a single PutLogEvents request cannot"
                        + " span more than 24 hours.");
        var half = "x".repeat(1 << 19);
        assertThat(putRefused(event(now(), half), event(now(), half)))
                .isEqualTo("InvalidParameterException: Upload too large: 1048628 bytes exceeds limit of 1048576");
        assertThat(putRefused(event(now(), half + half)))
                .isEqualTo("InvalidParameterException: Log event too large: 1048602 bytes exceeds limit of 1048576");
        assertThat(putRefused()).startsWith("InvalidParameterException: 1 validation error detected: ");
        assertThat(LogsWire.messages(get("one", Map.of()))).isEmpty();
    }

    @SafeVarargs
    private String putRefused(Map<String, Object>... events) {
        return logs.refused(
                "PutLogEvents", Map.of("logGroupName", GROUP, "logStreamName", "one", "logEvents", List.of(events)));
    }

    @Test
    void what_there_is_not_and_what_there_is_already_is_said() {
        assertThat(logs.refused("DescribeLogStreams", Map.of("logGroupName", GROUP)))
                .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
        made();
        assertThat(logs.refused("CreateLogGroup", Map.of("logGroupName", GROUP)))
                .isEqualTo("ResourceAlreadyExistsException: The specified log group already exists");
        assertThat(logs.refused("CreateLogStream", Map.of("logGroupName", GROUP, "logStreamName", "one")))
                .isEqualTo("ResourceAlreadyExistsException: The specified log stream already exists");
        assertThat(logs.refused("GetLogEvents", Map.of("logGroupName", GROUP, "logStreamName", "none")))
                .isEqualTo("ResourceNotFoundException: The specified log stream does not exist.");
        assertThat(logs.refused("FilterLogEvents", Map.of("logGroupName", GROUP, "filterPattern", "a.b")))
                .isEqualTo("InvalidParameterException: Invalid character(s) in term 'a.b'");
        assertThat(logs.refused("CreateLogGroup", Map.of("logGroupName", "a b")))
                .startsWith("InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName'");
        assertThat(logs.refused("CreateLogGroup", Map.of("logGroupName", "g", "logGroupClass", "INFREQUENT_ACCESS")))
                .startsWith("NotImplemented: ");
        assertThat(logs.refused("StartQuery", Map.of())).contains("StartQuery");
        assertThat(logs.refused("PutSubscriptionFilter", Map.of())).contains("PutSubscriptionFilter");
        logs.call("DeleteLogStream", Map.of("logGroupName", GROUP, "logStreamName", "one"));
        logs.call("DeleteLogGroup", Map.of("logGroupName", GROUP));
        assertThat(logs.call("DescribeLogGroups", Map.of()).get("logGroups")).isEqualTo(List.of());
    }

    @Test
    void all_of_it_is_there_again_after_a_restart() {
        logs.call("CreateLogGroup", Map.of("logGroupName", GROUP, "tags", Map.of("team", "ice")));
        logs.call("PutRetentionPolicy", Map.of("logGroupName", GROUP, "retentionInDays", 30));
        stream("one");
        stream("empty");
        put("one", event(now() - 1000, "kept"));
        aws.logs().stream("/aws/lambda/came-with-its-lines", "2026/11/30/[$LATEST]0123")
                .add("a line");
        // Names that would be one file.
        aws.logs().stream("a/b", "s").add("slash");
        aws.logs().stream("a.b", "s").add("dot");
        var streams = logs.call("DescribeLogStreams", Map.of("logGroupName", GROUP));
        var groups = logs.call("DescribeLogGroups", Map.of());
        assertThat((List<?>) groups.get("logGroups")).hasSize(4);
        clock.now = clock.now.plusSeconds(60);

        again();
        assertThat(logs.call("DescribeLogGroups", Map.of())).isEqualTo(groups);
        assertThat(logs.call("DescribeLogStreams", Map.of("logGroupName", GROUP)))
                .isEqualTo(streams);
        assertThat((Map<?, ?>) ((List<?>) get("one", Map.of()).get("events")).getFirst())
                .isEqualTo(Map.of("timestamp", now() - 61_000, "message", "kept", "ingestionTime", now() - 60_000));
        put("one", event(now(), "more"));
        assertThat(LogsWire.messages(get("one", Map.of()))).containsExactly("kept", "more");
        assertThat(LogsWire.messages(logs.call("FilterLogEvents", Map.of("logGroupName", "a.b"))))
                .containsExactly("dot");
        assertThat(logs.call("ListTagsForResource", Map.of("resourceArn", ARN)))
                .isEqualTo(Map.of("tags", Map.of("team", "ice")));
    }

    @Test
    void a_line_that_a_kill_tore_is_cut_and_one_that_somebody_changed_is_told_as_it_is() throws IOException {
        made();
        put("one", event(now(), "whole"));
        stop();
        var file = folder.resolve("logs/aws.lambda.teller/one.events");
        Files.writeString(
                file, "changed by hand\n[1796039999000,1796039999000,\"" + "x".repeat(300), StandardOpenOption.APPEND);
        start();
        assertThat(LogsWire.messages(get("one", Map.of()))).containsExactly("whole", "changed by hand");
        put("one", event(now() + 1, "next"));
        assertThat(LogsWire.messages(get("one", Map.of()))).containsExactly("whole", "changed by hand", "next");
        assertThat(Files.readString(file)).doesNotContain("xxx");
    }

    @Test
    void events_expire_with_the_days_that_their_group_keeps_them() throws IOException {
        made();
        put("one", event(now(), "old"));
        clock.now = clock.now.plus(Duration.ofDays(5));
        put("one", event(now(), "new"));
        put("two", event(now(), "other"));
        logs.call("PutRetentionPolicy", Map.of("logGroupName", GROUP, "retentionInDays", 3));
        assertThat(LogsWire.messages(get("one", Map.of()))).containsExactly("new");
        assertThat(LogsWire.messages(filter(Map.of()))).containsExactlyInAnyOrder("new", "other");
        clock.now = clock.now.plus(Duration.ofDays(4));
        assertThat(LogsWire.messages(filter(Map.of()))).isEmpty();
        again();
        logs.call("DescribeLogGroups", Map.of());
        assertThat(Files.readString(folder.resolve("logs/aws.lambda.teller/one.events")))
                .doesNotContain("new");
        logs.call("DeleteRetentionPolicy", Map.of("logGroupName", GROUP));
        assertThat(logs.call("DescribeLogGroups", Map.of()).toString()).doesNotContain("retentionInDays");
    }

    @Test
    void a_long_stream_is_read_block_by_block() {
        made();
        var stream = aws.logs().stream(GROUP, "long");
        for (int i = 0; i < 12_000; i++) {
            if (i % 1000 == 0) {
                clock.now = clock.now.plusSeconds(1);
            }
            stream.add("line " + i);
        }
        again();
        var page = get("long", Map.of("startFromHead", true));
        assertThat(LogsWire.messages(page)).hasSize(10_000);
        assertThat(LogsWire.messages(get("long", Map.of("nextToken", page.get("nextForwardToken")))))
                .hasSize(2000)
                .endsWith("line 11999");
        assertThat(LogsWire.messages(get("long", Map.of("limit", 1)))).containsExactly("line 11999");
        assertThat(LogsWire.messages(get("long", Map.of("startTime", now() - 1000, "endTime", now()))))
                .isEqualTo(IntStream.range(10_000, 11_000)
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @Test
    void each_action_asks_for_what_policies_of_an_account_name() {
        made();
        logs.call("TagResource", Map.of("resourceArn", ARN, "tags", Map.of("team", "ice")));
        assertThat(asks("CreateLogGroup", Map.of("logGroupName", "g", "tags", Map.of("team", "ice"))))
                .containsExactly(
                        "logs:CreateLogGroup arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:",
                        "logs:TagResource arn:aws:logs:us-east-1:000000000000:log-group:g");
        assertThat(asked.getLast().context().values("aws:requesttag/team")).containsExactly("ice");
        var group = Map.of("logGroupName", GROUP);
        var stream = Map.of("logGroupName", GROUP, "logStreamName", "one");
        assertThat(asks("DescribeLogGroups", Map.of()))
                .containsExactly("logs:DescribeLogGroups arn:aws:logs:us-east-1:000000000000:log-group::log-stream:");
        assertThat(asks("DescribeLogStreams", group))
                .containsExactly("logs:DescribeLogStreams " + ARN + ":log-stream:");
        assertThat(asked.getLast().context().values("aws:resourcetag/team")).containsExactly("ice");
        assertThat(asks("FilterLogEvents", group)).containsExactly("logs:FilterLogEvents " + ARN + ":log-stream:");
        assertThat(asks("GetLogEvents", stream)).containsExactly("logs:GetLogEvents " + ARN + ":log-stream:one");
        assertThat(asks(
                        "PutLogEvents",
                        Map.of("logGroupName", GROUP, "logStreamName", "one", "logEvents", List.of(event(now(), "x")))))
                .containsExactly("logs:PutLogEvents " + ARN + ":log-stream:one");
        assertThat(asks("CreateLogStream", Map.of("logGroupName", GROUP, "logStreamName", "new")))
                .containsExactly("logs:CreateLogStream " + ARN + ":log-stream:new");
        assertThat(asks("DeleteLogStream", stream)).containsExactly("logs:DeleteLogStream " + ARN + ":log-stream:one");
        assertThat(asks("PutRetentionPolicy", Map.of("logGroupName", GROUP, "retentionInDays", 1)))
                .containsExactly("logs:PutRetentionPolicy " + ARN + ":log-stream:");
        assertThat(asks("DeleteRetentionPolicy", group))
                .containsExactly("logs:DeleteRetentionPolicy " + ARN + ":log-stream:");
        assertThat(asks("ListTagsForResource", Map.of("resourceArn", ARN)))
                .containsExactly("logs:ListTagsForResource " + ARN);
        assertThat(asks("UntagResource", Map.of("resourceArn", ARN, "tagKeys", List.of("team"))))
                .containsExactly("logs:UntagResource " + ARN);
        assertThat(asks("DeleteLogGroup", group)).containsExactly("logs:DeleteLogGroup " + ARN + ":log-stream:");
    }

    private List<String> asks(String operation, Map<String, ?> input) {
        asked.clear();
        logs.call(operation, input);
        return asked.stream()
                .map(access -> access.action() + " " + access.resource())
                .toList();
    }

    @Test
    void who_may_write_one_stream_may_not_read_it() {
        made();
        var identities = aws.foundation().identities();
        identities.role("/", "writer", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},\
                "Action":"sts:AssumeRole"}}""");
        identities.putRolePolicy("writer", "inline", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"%s:*"}}""".formatted(ARN));
        var key = aws.foundation()
                .sessions()
                .assumeAsService(
                        "lambda.amazonaws.com", "arn:aws:iam::000000000000:role/writer", "me", RequestContext.EMPTY);
        var writer = new LogsWire(aws, key);
        writer.call(
                "PutLogEvents",
                Map.of("logGroupName", GROUP, "logStreamName", "one", "logEvents", List.of(event(now(), "x"))));
        assertThat(writer.refused("GetLogEvents", Map.of("logGroupName", GROUP, "logStreamName", "one")))
                .startsWith("AccessDeniedException: ")
                .contains("logs:GetLogEvents on resource: " + ARN + ":log-stream:one");
    }
}
