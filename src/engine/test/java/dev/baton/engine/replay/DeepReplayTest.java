package dev.baton.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a replay tells below results and event types: requests, details, and recorded tasks that did not run.
class DeepReplayTest {
    private static final String CASE = """
            {"id":"one","kind":"execution","category":"own","wildcards":[],
             "definition":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
               "Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"End":true}}},
             "input":{},
             "mocks":[{"state":"T","visit":0,"attempt":0,"request":{"QueueUrl":"q","MessageBody":"some token"},
               "outcome":{"type":"success","output":1,"submit_output":2}}],
             "expect":{"status":"SUCCEEDED","output":1,"events":[
               {"id":1,"type":"ExecutionStarted","previousEventId":0},
               {"id":2,"type":"TaskStateEntered","previousEventId":0,"details":{"name":"T","input":{}}},
               {"id":3,"type":"TaskScheduled","previousEventId":2},
               {"id":4,"type":"TaskStarted","previousEventId":3},
               {"id":5,"type":"TaskSubmitted","previousEventId":4,"details":{"resourceType":"sqs",
                 "resource":"sendMessage.waitForTaskToken","output":2}},
               {"id":6,"type":"TaskSucceeded","previousEventId":5},
               {"id":7,"type":"TaskStateExited","previousEventId":6,"details":{"name":"T","output":1}},
               {"id":8,"type":"ExecutionSucceeded","previousEventId":7,"details":{"output":1}}]}}""";

    private static Verdict replay(String text) {
        return RecordingReplay.of(new RecordedCase("one", "own", Json.parseObject(text)));
    }

    @Test
    void a_case_in_which_nothing_differs_is_deeply_exact() {
        var verdict = replay(CASE);

        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.details()).isEmpty();
        assertThat(verdict.isDeeplyExact()).isTrue();
    }

    @ParameterizedTest(name = "{0} instead of {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "QueueUrl":"other","MessageBody" | "QueueUrl":"q","MessageBody"  | task: expected T to ask
        "output":3}}                     | "output":2}}                  | event 5, TaskSubmitted: expected
        "previousEventId":1,"details":{"name":"T","input" | "previousEventId":0,"details":{"name":"T","input" | event 2, TaskStateEntered: expected to follow 1, but followed 0
        "mocks":[{"state":"T","visit":1,"attempt":1,"outcome":{"type":"success","output":1}}, | "mocks":[ | task: the recording has an invocation of T more, attempt 1
        """)
    void what_differs_below_the_events_is_told(String written, String instead, String difference) {
        var verdict = replay(CASE.replace(instead, written));

        assertThat(verdict.isExact()).isTrue();
        assertThat(verdict.isDeeplyExact()).isFalse();
        assertThat(verdict.details()).singleElement().asString().contains(difference);
    }

    /// As the service tells it: a query that fails at once follows what the state's entering follows, a value that the
    /// state cannot use follows the entering.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Type":"Pass","Output":"{% $states.input.absent %}"   | 0
        "Type":"Wait","Seconds":"{% $states.input.absent %}"  | 0
        "Type":"Wait","Timestamp":"{% 'no time' %}"           | 2
        """)
    void an_evaluation_that_fails_follows_what_it_was_made_from(String state, int previous) {
        var verdict = replay("""
                {"definition":{"QueryLanguage":"JSONata","StartAt":"S","States":{"S":{%s,"End":true}}},"input":{},
                 "expect":{"status":"FAILED","error":"States.QueryEvaluationError"}}""".formatted(state));
        var failed = verdict.execution().history().get(2);

        assertThat(failed.type().name()).isEqualTo("EvaluationFailed");
        assertThat(failed.previousEventId()).isEqualTo(previous);
    }
}
