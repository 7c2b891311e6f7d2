package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of topics that can be set, with what each may be.
///
/// See [SetTopicAttributes](https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html).
final class TopicAttributes {
    private static final int MAX_POLICY = 30 << 10;
    private static final Set<String> PASSED_OVER = Set.of(
            "KmsMasterKeyId",
            "ArchivePolicy",
            "BeginningArchiveTime",
            "HTTPSuccessFeedbackRoleArn",
            "HTTPFailureFeedbackRoleArn",
            "HTTPSuccessFeedbackSampleRate",
            "SQSSuccessFeedbackRoleArn",
            "SQSFailureFeedbackRoleArn",
            "SQSSuccessFeedbackSampleRate",
            "LambdaSuccessFeedbackRoleArn",
            "LambdaFailureFeedbackRoleArn",
            "LambdaSuccessFeedbackSampleRate",
            "FirehoseSuccessFeedbackRoleArn",
            "FirehoseFailureFeedbackRoleArn",
            "FirehoseSuccessFeedbackSampleRate",
            "ApplicationSuccessFeedbackRoleArn",
            "ApplicationFailureFeedbackRoleArn",
            "ApplicationSuccessFeedbackSampleRate",
            "DataProtectionPolicy");

    private TopicAttributes() {}

    /// @param created whether the topic is being made, when it may still become one of FIFO
    /// @throws AwsError `InvalidParameter`, or 501 for what would be passed over
    static void check(String topicArn, boolean fifo, String name, String value, boolean created) {
        switch (name) {
            case "DisplayName" -> require(value.length() <= 100, "DisplayName");
            case "Policy" -> policy(topicArn, value);
            case "DeliveryPolicy" -> RetryPolicy.ofTopic(value);
            case "TracingConfig" -> require(value.equals("PassThrough"), "TracingConfig");
            case "SignatureVersion" -> require(value.equals("1") || value.equals("2"), "SignatureVersion");
            case "FifoTopic" -> require(created && isFlag(value), name);
            case "ContentBasedDeduplication" -> {
                require(fifo, "AttributeName");
                require(isFlag(value), "Attributes Reason: ContentBasedDeduplication");
            }
            case "FifoThroughputScope" -> {
                require(fifo, "AttributeName");
                require(value.equals("Topic") || value.equals("MessageGroup"), "FifoThroughputScope");
            }
            default -> {
                if (PASSED_OVER.contains(name)) {
                    // Nothing is how templates say that they want none.
                    if (!value.isEmpty()) {
                        throw SnsErrors.absent(name + " of topics");
                    }
                } else {
                    throw SnsErrors.invalid("AttributeName");
                }
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw SnsErrors.invalid(what);
        }
    }

    private static boolean isFlag(String value) {
        return value.equals("true") || value.equals("false");
    }

    /// @throws AwsError `InvalidParameter`
    static Policy policy(String topicArn, String text) {
        if (text.length() > MAX_POLICY) {
            throw SnsErrors.invalid("Policy is too long");
        }
        try {
            var policy = Policy.parse(PolicyKind.RESOURCE, "policy of " + topicArn, text);
            if (!policy.actions().stream().allMatch(TopicAttributes::isOfSns)) {
                throw SnsErrors.invalid("Policy statement action out of service scope!");
            }
            if (!policy.resourcesBeyond(topicArn).isEmpty()) {
                throw SnsErrors.invalid("Policy Error: null");
            }
            return policy;
        } catch (MalformedPolicy e) {
            throw SnsErrors.invalid("Policy Error: " + e.getMessage());
        }
    }

    private static boolean isOfSns(String action) {
        return action.equals("*") || action.regionMatches(true, 0, "sns:", 0, 4);
    }

    /// The policy that a topic has at first. It grants nothing: who asks for a service has no such key.
    static String defaultPolicy(String topicArn, String account) {
        return """
                {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",\
                "Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes",\
                "SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe",\
                "SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"%s",\
                "Condition":{"StringEquals":{"AWS:SourceOwner":"%s"}}}]}""".formatted(topicArn, account);
    }

    /// @throws AwsError `InvalidParameter` where it is not a JSON object
    static Map<String, ? extends @Nullable Object> object(String name, String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw SnsErrors.invalid(name + ": failed to parse JSON. " + e.getMessage());
        }
    }
}
