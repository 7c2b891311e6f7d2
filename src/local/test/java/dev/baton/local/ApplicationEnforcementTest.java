package dev.baton.local;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/// What the actions of Step Functions, EventBridge and Lambda ask leave for.
class ApplicationEnforcementTest extends EnforcementTable {
    private static final String ECHO_LOG =
            "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/echo:log-stream:any";

    static Stream<Row> rows() {
        return Stream.of(statesRows(), eventsRows(), lambdaRows()).flatMap(List::stream);
    }

    static List<Row> statesRows() {
        var machine = "arn:aws:states:us-east-1:000000000000:stateMachine:made";
        var waiting = PASS.replace(
                "\"Type\":\"Pass\"",
                "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"Parameters\":{\"StateMachineArn\":\""
                        + THERE + "\"}");
        var execution = THERE.replace(":stateMachine:", ":execution:") + ":one";
        var rule = "arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
        var session = SERVING.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/validation: ";
        return List.of(
                Row.of(
                        "CreateStateMachine",
                        t -> t.states.createStateMachine(r ->
                                r.name("made").roleArn(SERVING).definition(PASS).publish(true)),
                        "states:CreateStateMachine " + machine,
                        "states:PublishStateMachineVersion " + machine,
                        "iam:PassRole " + SERVING
                                + " iam:PassedToService=[states.amazonaws.com] iam:AssociatedResourceArn=[" + machine
                                + "]",
                        "states.amazonaws.com: sts:AssumeRole " + SERVING
                                + " sts:RoleSessionName=[validation] aws:SourceArn=[" + machine
                                + "] aws:SourceAccount=[000000000000]"),
                Row.of(
                        "CreateStateMachine that waits for another",
                        t -> t.states.createStateMachine(
                                r -> r.name("waiting").roleArn(SERVING).definition(waiting)),
                        "states:CreateStateMachine " + machine.replace("made", "waiting"),
                        "iam:PassRole " + SERVING
                                + " iam:PassedToService=[states.amazonaws.com] iam:AssociatedResourceArn=["
                                + machine.replace("made", "waiting") + "]",
                        "states.amazonaws.com: sts:AssumeRole " + SERVING
                                + " sts:RoleSessionName=[validation] aws:SourceArn=["
                                + machine.replace("made", "waiting") + "] aws:SourceAccount=[000000000000]",
                        session + "events:PutTargets " + rule,
                        session + "events:PutRule " + rule,
                        session + "events:DescribeRule " + rule),
                Row.of(
                        "UpdateStateMachine with another role",
                        t -> t.states.updateStateMachine(
                                r -> r.stateMachineArn(machine).roleArn(SERVING)),
                        "states:UpdateStateMachine " + machine,
                        "iam:PassRole " + SERVING
                                + " iam:PassedToService=[states.amazonaws.com] iam:AssociatedResourceArn=[" + machine
                                + "]",
                        "states.amazonaws.com: sts:AssumeRole " + SERVING
                                + " sts:RoleSessionName=[validation] aws:SourceArn=[" + machine
                                + "] aws:SourceAccount=[000000000000]"),
                Row.of(
                        "DescribeStateMachine of a version",
                        t -> t.states.describeStateMachine(r -> r.stateMachineArn(THERE + ":1")),
                        "states:DescribeStateMachine " + THERE + " states:StateMachineQualifier=[1]"),
                Row.of(
                        "CreateStateMachineAlias",
                        t -> t.states.createStateMachineAlias(r -> r.name("live")
                                .routingConfiguration(c ->
                                        c.stateMachineVersionArn(THERE + ":1").weight(100))),
                        "states:CreateStateMachineAlias " + THERE + " states:StateMachineQualifier=[live]"),
                Row.of("ListStateMachines", t -> t.states.listStateMachines(), "states:ListStateMachines *"),
                Row.of(
                        "StartExecution",
                        t -> t.states.startExecution(
                                r -> r.stateMachineArn(THERE).name("one")),
                        "states:StartExecution " + THERE),
                Row.of(
                        "StartExecution through an alias",
                        t -> t.states.startExecution(
                                r -> r.stateMachineArn(THERE + ":live").name("two")),
                        "states:StartExecution " + THERE + " states:StateMachineQualifier=[live]"),
                Row.of(
                        "DescribeExecution",
                        t -> t.states.describeExecution(r -> r.executionArn(execution)),
                        "states:DescribeExecution " + execution),
                Row.of(
                        "GetExecutionHistory",
                        t -> t.states.getExecutionHistory(r -> r.executionArn(execution)),
                        "states:GetExecutionHistory " + execution),
                Row.of(
                        "ListExecutions",
                        t -> t.states.listExecutions(r -> r.stateMachineArn(THERE)),
                        "states:ListExecutions " + THERE),
                Row.of(
                        "StopExecution",
                        t -> t.states.stopExecution(r -> r.executionArn(execution + "x")),
                        "states:StopExecution " + execution + "x"),
                Row.of(
                        "RedriveExecution",
                        t -> t.states.redriveExecution(r -> r.executionArn(execution + "x")),
                        "states:RedriveExecution " + execution + "x"),
                Row.of(
                        "SendTaskSuccess",
                        t -> t.states.sendTaskSuccess(r -> r.taskToken("none").output("{}")),
                        "states:SendTaskSuccess *"),
                Row.of(
                        "SendTaskFailure",
                        t -> t.states.sendTaskFailure(r -> r.taskToken("none")),
                        "states:SendTaskFailure *"),
                Row.of(
                        "ValidateStateMachineDefinition",
                        t -> t.states.validateStateMachineDefinition(r -> r.definition(PASS)),
                        "states:ValidateStateMachineDefinition *"),
                Row.of(
                        "DeleteStateMachine",
                        t -> t.states.deleteStateMachine(r -> r.stateMachineArn(machine)),
                        "states:DeleteStateMachine " + machine));
    }

    static List<Row> eventsRows() {
        var rule = "arn:aws:events:us-east-1:000000000000:rule/";
        var bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
        return List.of(
                Row.of(
                        "PutEvents",
                        t -> t.events.putEvents(r -> r.entries(
                                e -> e.source("baton.weather")
                                        .detailType("Task Completed")
                                        .detail("{}"),
                                e -> e.source("baton.sales")
                                        .detailType("Task Completed")
                                        .detail("{}"))),
                        "events:PutEvents " + bus
                                + " events:source=[baton.weather] events:detail-type=[Task Completed]",
                        "events:PutEvents " + bus + " events:source=[baton.sales] events:detail-type=[Task Completed]"),
                Row.of(
                        "PutRule",
                        t -> t.events.putRule(r -> r.name("made").eventPattern("{\"source\":[\"x\"]}")),
                        "events:PutRule " + rule + "made"),
                Row.of(
                        "PutTargets to a function",
                        t -> t.events.putTargets(
                                r -> r.rule("there").targets(g -> g.id("1").arn(ECHO))),
                        "events:PutTargets " + rule + "there events:TargetArn=[" + ECHO + "]"),
                Row.of(
                        "PutTargets to a machine",
                        t -> t.events.putTargets(r -> r.rule("there")
                                .targets(g -> g.id("2").arn(THERE).roleArn(SERVING))),
                        "events:PutTargets " + rule + "there events:TargetArn=[" + THERE + "]",
                        "iam:PassRole " + SERVING + " iam:PassedToService=[events.amazonaws.com]"),
                Row.of(
                        "RemoveTargets",
                        t -> t.events.removeTargets(r -> r.rule("there").ids("1", "2")),
                        "events:RemoveTargets " + rule + "there"),
                Row.of(
                        "DescribeRule",
                        t -> t.events.describeRule(r -> r.name("there")),
                        "events:DescribeRule " + rule + "there"),
                Row.of("ListRules", t -> t.events.listRules(r -> {}), "events:ListRules *"),
                Row.of(
                        "DeleteRule",
                        t -> t.events.deleteRule(r -> r.name("made")),
                        "events:DeleteRule " + rule + "made"),
                Row.of(
                        "CreateEventBus",
                        t -> t.events.createEventBus(r -> r.name("baton")),
                        "events:CreateEventBus arn:aws:events:us-east-1:000000000000:event-bus/baton"));
    }

    static List<Row> lambdaRows() {
        return List.of(
                Row.of(
                        "Invoke",
                        t -> t.lambda.invoke(r -> r.functionName("echo").qualifier("1")),
                        "lambda:InvokeFunction " + ECHO + ":1",
                        "lambda.amazonaws.com: sts:AssumeRole " + SERVING
                                + " sts:RoleSessionName=[echo] aws:SourceArn=[" + ECHO
                                + "] aws:SourceAccount=[000000000000]",
                        // The log of the function is written by its role.
                        "arn:aws:sts::000000000000:assumed-role/serving/echo: logs:CreateLogStream " + ECHO_LOG,
                        "arn:aws:sts::000000000000:assumed-role/serving/echo: logs:PutLogEvents " + ECHO_LOG),
                Row.of(
                        "Invoke without a version",
                        t -> t.lambda.invoke(r -> r.functionName("echo").invocationType(InvocationType.DRY_RUN)),
                        "lambda:InvokeFunction " + ECHO),
                Row.of(
                        "GetFunction",
                        t -> t.lambda.getFunction(r -> r.functionName("echo")),
                        "lambda:GetFunction " + ECHO),
                Row.of(
                        "GetFunctionConfiguration",
                        t -> t.lambda.getFunctionConfiguration(r -> r.functionName("echo")),
                        "lambda:GetFunctionConfiguration " + ECHO),
                Row.of(
                        "AddPermission",
                        t -> t.lambda.addPermission(r -> r.functionName("echo")
                                .statementId("s")
                                .action("lambda:InvokeFunction")
                                .principal("events.amazonaws.com")),
                        "lambda:AddPermission " + ECHO + " lambda:Principal=[events.amazonaws.com]"),
                Row.of("GetPolicy", t -> t.lambda.getPolicy(r -> r.functionName("echo")), "lambda:GetPolicy " + ECHO),
                Row.of(
                        "RemovePermission",
                        t -> t.lambda.removePermission(
                                r -> r.functionName("echo").statementId("s")),
                        "lambda:RemovePermission " + ECHO + " lambda:Principal=[events.amazonaws.com]"),
                Row.of("ListFunctions", t -> t.lambda.listFunctions(), "lambda:ListFunctions *"));
    }
}
