package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// What the role of a state machine must be allowed for a distributed Map, and how a Map that may not fails.
class MapRunWireTest extends StatesEndpoint {
    private static final String STATES = "arn:aws:states:us-east-1:000000000000:";
    private static final String BUCKET = "map-runs";

    private static final String OVER_DATA = """
            {"StartAt":"M","States":{"M":{"Type":"Map","Label":"each","End":true,
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}""";

    private static final String OVER_AN_OBJECT = """
            {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Label":"each","End":true,
              "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},
                "Arguments":{"Bucket":"map-runs","Key":"items.json"}},
              "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Arguments":{"Bucket":"map-runs","Prefix":"out"},
                "WriterConfig":{"Transformation":"COMPACT","OutputType":"JSONL"}},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}""";

    /// The documented policy, for the machine that will be made next.
    private List<String> rights() {
        var name = next();
        return new ArrayList<>(List.of(
                allow("states:StartExecution", STATES + "stateMachine:" + name),
                allow("states:DescribeExecution", STATES + "execution:" + name + ":*"),
                allow("states:StopExecution", STATES + "execution:" + name + ":*"),
                allow("states:RedriveExecution", STATES + "execution:" + name + "/*:*")));
    }

    private String next() {
        var last = fresh("machine");
        return "machine-" + (1 + Integer.parseInt(last.substring("machine-".length())));
    }

    @Test
    void with_the_documented_policy_a_map_run_begins_and_ends() {
        var execution = start(machine(OVER_DATA, rights().toArray(String[]::new)), "[1,2]");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_role_that_may_not_start_executions_of_its_own_machine_starts_no_map_run() {
        var rights = rights();
        rights.removeFirst();
        var execution = start(machine(OVER_DATA, rights.toArray(String[]::new)), "[1,2]");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo("States.Permissions");
        assertThat(described.cause())
                .startsWith("User: arn:aws:sts::000000000000:assumed-role/machine-")
                .contains(
                        "is not authorized to perform: states:StartExecution on resource: " + STATES + "stateMachine:")
                .endsWith("because no identity-based policy allows the states:StartExecution action");
        assertThat(history(execution)).noneMatch(event -> event.type() == HistoryEventType.MAP_RUN_STARTED);
    }

    @Test
    void the_role_reads_the_items_and_writes_the_results() {
        var s3 = aws.s3();
        s3.createBucket(r -> r.bucket(BUCKET));
        s3.putObject(r -> r.bucket(BUCKET).key("items.json"), RequestBody.fromString("[{\"n\":1},{\"n\":2}]"));
        var read = allow("s3:GetObject", "arn:aws:s3:::map-runs/items.json");
        var write = allow("s3:PutObject", "arn:aws:s3:::map-runs/out/*");

        var unread = rights();
        unread.add(write);
        assertThat(failure(unread)).startsWith("States.ItemReaderFailed").contains("s3:GetObject");

        var unwritten = rights();
        unwritten.add(read);
        assertThat(failure(unwritten)).startsWith("States.ResultWriterFailed").contains("s3:PutObject");
        assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET).prefix("out/")).contents())
                .isEmpty();

        var all = rights();
        all.addAll(List.of(read, write));
        var execution = start(machine(OVER_AN_OBJECT, all.toArray(String[]::new)), "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET).prefix("out/")).contents())
                .extracting(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
                .containsExactlyInAnyOrder("SUCCEEDED_0.json", "manifest.json");
    }

    private String failure(List<String> rights) {
        var execution = start(machine(OVER_AN_OBJECT, rights.toArray(String[]::new)), "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        return described.error() + ": " + described.cause();
    }

    @Test
    void a_redrive_of_a_map_run_is_a_right_of_its_own() {
        var fails = OVER_DATA.replace("{\"Type\":\"Pass\",\"End\":true}", "{\"Type\":\"Fail\",\"Error\":\"Broken\"}");
        var rights = rights();
        rights.removeLast();
        var execution = start(machine(fails, rights.toArray(String[]::new)), "[1]");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(states().describeExecution(r -> r.executionArn(execution)).error())
                .isEqualTo("States.ExceedToleratedFailureThreshold");

        states().redriveExecution(r -> r.executionArn(execution));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo("States.Permissions");
        assertThat(described.cause()).contains("states:RedriveExecution on resource: " + STATES + "execution:machine-");
    }
}
