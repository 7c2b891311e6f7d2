package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.task.Recovery;
import dev.baton.task.Schedule;
import dev.baton.weather.Weather;
import dev.baton.weather.WeatherReport;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What else calls a start function: schedules, the completions of others, the notifications of buckets that have no
/// EventBridge.
@ExtendWith(Stacks.class)
class ScheduledCallsTest {
    private static final CompiledPipeline PLANNED = Compiler.compile(Weather.PIPELINE
            .scheduled(
                    Schedule.cron("0 6 1 1 ? *").in("Europe/Berlin").shifted("-P1Y"),
                    time -> List.of(new WeatherReport(Year.from(time))))
            .recovered(new Recovery(List.of("States.Timeout"), 2, "PT10M")));

    private static final String ENVIRONMENTS = """
        {"planned": {
          "account": "444444444444", "region": "eu-central-1", "eventBus": "baton",
          "completions": {"to": ["arn:aws:events:eu-central-1:555555555555:event-bus/default"], "from": ["666666666666"]},
          "stateBucket": {"name": "their-state"},
          "buckets": {"lake": {"name": "their-lake", "imported": true, "notifications": "arn:aws:%s:eu-central-1:444444444444:uploads"}}
        }}\
        """;

    private static Synthesised by(String service) {
        var environment =
                Environments.parse("planned", ENVIRONMENTS.formatted(service)).named("planned");
        return Stacks.of(
                "planned-" + service,
                app -> BatonApp.add(app, environment, List.of(PLANNED), Example.code(), Example.REVISION));
    }

    private static String text(Object value) {
        return Json.print(value);
    }

    @Test
    void a_schedule_calls_the_start_function_to_the_minute_with_a_role_of_its_own() {
        var stacks = by("sns");
        var schedule = stacks.one("AWS::Scheduler::Schedule");
        var compiled = PLANNED.schedules().getFirst();
        assertThat(schedule.property("Name")).isEqualTo(compiled.name());
        assertThat(schedule.property("ScheduleExpression")).isEqualTo("cron(0 6 1 1 ? *)");
        assertThat(schedule.property("ScheduleExpressionTimezone")).isEqualTo("Europe/Berlin");
        assertThat(schedule.property("FlexibleTimeWindow")).isEqualTo(Map.of("Mode", "OFF"));
        assertThat(Json.parse((String) schedule.at("Target/Input"))).isEqualTo(Json.parse(text(compiled.input())));
        var start = stacks.one("AWS::Lambda::Function", "FunctionName", "baton-weather-start");
        assertThat(schedule.at("Target/Arn")).isEqualTo(Map.of("Fn::GetAtt", List.of(start.id(), "Arn")));
        var role = stacks.one("AWS::IAM::Role", "RoleName", "baton-weather-by-schedule");
        assertThat(schedule.at("Target/RoleArn")).isEqualTo(Map.of("Fn::GetAtt", List.of(role.id(), "Arn")));
        assertThat(text(role.property("AssumeRolePolicyDocument"))).contains("scheduler.amazonaws.com");
        var queue = stacks.one("AWS::SQS::Queue");
        assertThat(schedule.at("Target/DeadLetterConfig/Arn"))
                .isEqualTo(Map.of("Fn::GetAtt", List.of(queue.id(), "Arn")));
    }

    @Test
    void the_start_function_is_told_of_executions_that_failed_and_may_redrive_them() {
        var stacks = by("sns");
        var rule = stacks.one("AWS::Events::Rule", "Name", "baton-weather-failed");
        assertThat(text(rule.property("EventPattern")))
                .contains("Step Functions Execution Status Change", ":stateMachine:baton-weather", "TIMED_OUT");
        var start = stacks.one("AWS::Lambda::Function", "FunctionName", "baton-weather-start");
        assertThat(rule.at("Targets/0/Arn")).isEqualTo(Map.of("Fn::GetAtt", List.of(start.id(), "Arn")));
        assertThat(text(stacks.one("AWS::IAM::Role", "RoleName", "baton-weather-start")
                        .property("Policies")))
                .contains(
                        "states:RedriveExecution", ":execution:baton-weather:*", "baton-weather-re-*", "iam:PassRole");
        assertThat(text(start.property("Environment")))
                .contains("BATON_RECOVERY", "role/baton/weather/baton-weather-by-schedule");
        assertThat(text(stacks.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary")
                        .property("PolicyDocument")))
                .contains("PlanRedrives", "HandTheScheduleItsRole");
    }

    @Test
    void the_start_function_subscribes_to_a_topic_and_keeps_what_it_could_not_deliver() {
        var stacks = by("sns");
        var subscription = stacks.one("AWS::SNS::Subscription", "Protocol", "lambda");
        assertThat(subscription.property("TopicArn")).isEqualTo("arn:aws:sns:eu-central-1:444444444444:uploads");
        assertThat(text(subscription.property("RedrivePolicy"))).contains("deadLetterTargetArn");
        assertThat(stacks.one("AWS::Lambda::Permission", "Principal", "sns.amazonaws.com")
                        .property("SourceArn"))
                .isEqualTo("arn:aws:sns:eu-central-1:444444444444:uploads");
        assertThat(text(stacks.one("AWS::SQS::QueuePolicy").property("PolicyDocument")))
                .contains("KeepWhatTopicsCouldNotDeliver");
        assertThat(stacks.all("AWS::Lambda::EventSourceMapping")).isEmpty();
    }

    @Test
    void the_start_function_reads_a_queue_and_says_which_messages_failed() {
        var stacks = by("sqs");
        var mapping = stacks.one("AWS::Lambda::EventSourceMapping");
        assertThat(mapping.property("EventSourceArn")).isEqualTo("arn:aws:sqs:eu-central-1:444444444444:uploads");
        assertThat(mapping.property("FunctionResponseTypes")).isEqualTo(List.of("ReportBatchItemFailures"));
        var role = stacks.one("AWS::IAM::Role", "RoleName", "baton-weather-start");
        assertThat(text(role.property("Policies"))).contains("sqs:ReceiveMessage", "sqs:DeleteMessage");
        assertThat(text(stacks.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-weather-boundary")
                        .property("PolicyDocument")))
                .contains("ReadNotifications");
    }

    @Test
    void completions_are_heard_on_a_bus_of_ones_own_sent_on_and_admitted() {
        var stacks = by("sns");
        var heard = stacks.one("AWS::Events::Rule", "Name", "baton-weather-from-lake-completed");
        assertThat(heard.property("EventBusName")).isEqualTo("baton");
        assertThat(text(heard.property("EventPattern")))
                .contains("Task Completed")
                .doesNotContain("aws.s3");
        var sent = stacks.one("AWS::Events::Rule", "Name", "baton-completions");
        assertThat(text(sent.property("EventPattern"))).contains("account", "Task Completed");
        assertThat(sent.at("Targets/0/Arn")).isEqualTo("arn:aws:events:eu-central-1:555555555555:event-bus/default");
        assertThat(sent.at("Targets/0/RoleArn")).isNotNull();
        var admitted = stacks.one("AWS::Events::EventBusPolicy");
        assertThat(text(admitted.property("Statement"))).contains("666666666666", "events:source", "baton.*");
    }
}
