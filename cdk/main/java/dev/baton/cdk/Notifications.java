package dev.baton.cdk;

import dev.baton.compiler.environment.Alarms;
import dev.baton.compiler.environment.Environment;
import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sns.CfnTopicPolicy;
import software.constructs.Construct;

/// The notifications of an account: who is told when something is wrong, and what it may cost.
final class Notifications {
    private final Construct scope;
    private final Prefix prefix;
    private final @Nullable String topic;
    private @Nullable CfnTopicPolicy policy;

    Notifications(Construct scope, Environment environment, String key) {
        this.scope = scope;
        this.prefix = environment.prefix();
        this.topic = topic(environment.alarms(), key);
        if (environment.monthlyBudget() != null) {
            budget(environment.monthlyBudget(), environment);
        }
    }

    @Nullable
    String topic() {
        return topic;
    }

    private @Nullable String topic(@Nullable Alarms alarms, String key) {
        if (alarms == null || alarms.topic() != null) {
            return alarms == null ? null : alarms.topic();
        }
        var made = CfnTopic.Builder.create(scope, "Alarms")
                .topicName(prefix.alarms())
                .kmsMasterKeyId(key)
                .build();
        policy = CfnTopicPolicy.Builder.create(scope, "AlarmsPolicy")
                .topics(List.of(made.getRef()))
                .policyDocument(Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(
                                Map.of(
                                        "Sid",
                                        "TellOfAlarms",
                                        "Effect",
                                        "Allow",
                                        "Principal",
                                        Map.of("Service", List.of("budgets.amazonaws.com", "cloudwatch.amazonaws.com")),
                                        "Action",
                                        "sns:Publish",
                                        "Resource",
                                        made.getRef(),
                                        "Condition",
                                        Map.of(
                                                "StringEquals",
                                                Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")))),
                                Map.of(
                                        "Sid", "OnlyByTls",
                                        "Effect", "Deny",
                                        "Principal", "*",
                                        "Action", "sns:Publish",
                                        "Resource", made.getRef(),
                                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))))))
                .build();
        CfnSubscription.Builder.create(scope, "AlarmsByMail")
                .topicArn(made.getRef())
                .protocol("email")
                .endpoint(alarms.email())
                .build();
        return made.getRef();
    }

    /// The account's cost of a month. Environments that share an account watch the same sum.
    private void budget(int dollars, Environment environment) {
        var subscribers = new ArrayList<CfnBudget.SubscriberProperty>();
        var alarms = environment.alarms();
        if (topic != null) {
            subscribers.add(CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("SNS")
                    .address(topic)
                    .build());
        }
        if (alarms != null && alarms.email() != null) {
            subscribers.add(CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("EMAIL")
                    .address(alarms.email())
                    .build());
        }
        var told = subscribers.isEmpty()
                ? null
                : List.of(notification("ACTUAL", 80, subscribers), notification("FORECASTED", 100, subscribers));
        var budget = CfnBudget.Builder.create(scope, "Budget")
                .budget(CfnBudget.BudgetDataProperty.builder()
                        .budgetName(Fn.sub(prefix.names() + "${AWS::Region}"))
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(CfnBudget.SpendProperty.builder()
                                .amount(dollars)
                                .unit("USD")
                                .build())
                        .build())
                .notificationsWithSubscribers(told)
                .build();
        if (policy != null) {
            // A budget is checked when it is made: whether its topic lets it tell.
            budget.addResourceDependency(policy);
        }
    }

    private static CfnBudget.NotificationWithSubscribersProperty notification(
            String type, int percent, List<CfnBudget.SubscriberProperty> subscribers) {
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType(type)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(subscribers)
                .build();
    }
}
