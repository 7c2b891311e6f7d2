package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who is told, of what.
@ExtendWith(Stacks.class)
class PipelineAlarmsTest {
    @Test
    void somebody_is_told_when_something_fails_is_throttled_or_reaches_nobody() {
        var prod = Example.in("prod");
        var topic = prod.one("AWS::SNS::Topic");
        var alarms = prod.all("AWS::CloudWatch::Alarm");

        assertThat(alarms.stream()
                        .map(alarm -> alarm.property("AlarmName") + " " + alarm.property("Namespace") + " "
                                + alarm.property("MetricName")))
                .containsExactlyInAnyOrder(
                        "baton-weather-dead-letters AWS/SQS ApproximateNumberOfMessagesVisible",
                        "baton-weather-failed AWS/States ExecutionsFailed",
                        "baton-weather-timed-out AWS/States ExecutionsTimedOut",
                        "baton-weather-throttled AWS/States ExecutionThrottled",
                        "baton-weather-start-throttled AWS/Lambda Throttles",
                        "baton-weather-start-errors AWS/Lambda Errors");
        assertThat(alarms)
                .allSatisfy(alarm -> assertThat(prod.resolved(alarm.stack(), alarm.property("AlarmActions")))
                        .isEqualTo(List.of("<AWS::SNS::Topic." + topic.id() + ">")));
        assertThat(prod.one("AWS::SNS::Subscription").property("Endpoint")).isEqualTo("weather@example.org");
        assertThat(topic.property("KmsMasterKeyId")).isNotNull();
        assertThat(Example.in("dev").all("AWS::CloudWatch::Alarm"))
                .hasSameSizeAs(alarms)
                .allSatisfy(alarm -> assertThat(alarm.property("AlarmActions")).isNull());
    }

    @Test
    void the_budget_is_that_of_the_environment() {
        var budget = Example.in("prod").one("AWS::Budgets::Budget");
        assertThat(budget.at("Budget/BudgetLimit")).isEqualTo(Map.of("Amount", 50L, "Unit", "USD"));
        assertThat((List<?>) budget.property("NotificationsWithSubscribers")).hasSize(2);
        assertThat(Example.in("dev").all("AWS::Budgets::Budget")).isEmpty();
    }
}
