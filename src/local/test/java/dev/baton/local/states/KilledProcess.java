package dev.baton.local.states;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;

/// An embedded AWS in a process of its own that a test kills: it starts executions for ever and prints what it was
/// answered.
public final class KilledProcess {
    static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:killed";

    private static final String DEFINITION = """
            {"StartAt":"A","States":{
              "A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","ResultPath":"$.a",
                "Retry":[{"ErrorEquals":["Lambda.Unknown"],"IntervalSeconds":1,"MaxAttempts":9}],"Next":"P"},
              "P":{"Type":"Parallel","Next":"Z","Branches":[
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}},
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","End":true,"ItemProcessor":{
                  "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}]},
              "Z":{"Type":"Pass","OutputPath":"$[0].n","End":true}}}""";

    private KilledProcess() {}

    /// Registers what the executions need.
    static void prepare(ApplicationEndpoint aws) {
        aws.function("echo", environment -> (in, out, context) -> {
            in.readAllBytes();
            out.write('1');
        });
    }

    /// @param arguments the folder, and where the names of executions begin
    public static void main(String[] arguments) throws Exception {
        try (var aws = new ApplicationEndpoint(EmbeddedAws.builder()
                .folder(Path.of(arguments[0]))
                .held()
                .start())) {
            prepare(aws);
            var role = aws.role("killed-states", "states.amazonaws.com", ApplicationEndpoint.allow("*", "*"));
            aws.states()
                    .createStateMachine(
                            r -> r.name("killed").roleArn(role).definition(DEFINITION));
            aws.aws().states().resume();
            for (var i = 0; ; i++) {
                var n = i;
                var arn = aws.states()
                        .startExecution(r -> r.stateMachineArn(MACHINE)
                                .name(arguments[1] + "-" + n)
                                .input("{\"n\":" + n + ",\"items\":[1,2]}"))
                        .executionArn();
                System.out.println("started " + arn + " " + n);
                for (var execution : aws.states()
                        .listExecutions(r -> r.stateMachineArn(MACHINE).maxResults(40))
                        .executions()) {
                    System.out.println("seen " + execution.executionArn() + " " + execution.statusAsString());
                }
            }
        }
    }
}
