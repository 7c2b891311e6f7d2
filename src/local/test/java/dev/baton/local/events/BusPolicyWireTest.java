package dev.baton.local.events;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.iam.policy.RequestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/// The policy of a bus, as it is put together and as it decides.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusPolicyWireTest {
    private static final String BUS = "arn:aws:events:us-east-1:" + ACCOUNT + ":event-bus/";

    private final ApplicationEndpoint aws = new ApplicationEndpoint();

    @AfterAll
    void stop() {
        aws.close();
    }

    @Test
    void statements_are_added_replaced_and_removed_by_their_ids() {
        var events = aws.events();
        events.createEventBus(r -> r.name("side"));
        events.putPermission(r -> r.eventBusName("side")
                .statementId("all")
                .action("events:PutEvents")
                .principal("*"));
        events.putPermission(r -> r.eventBusName("side")
                .statementId("all")
                .action("events:PutEvents")
                .principal("*")
                .condition(c -> c.type("StringEquals").key("aws:PrincipalOrgID").value("o-1")));
        events.putPermission(r -> r.eventBusName("side")
                .statementId("one")
                .action("events:PutEvents")
                .principal("111111111111"));
        assertThat(events.describeEventBus(r -> r.name("side")).policy())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Sid\":\"all\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"events:PutEvents\","
                        + "\"Resource\":\"" + BUS + "side\","
                        + "\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}},"
                        + "{\"Sid\":\"one\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                        + "\"Action\":\"events:PutEvents\",\"Resource\":\"" + BUS + "side\"}]}");
        events.removePermission(r -> r.eventBusName("side").statementId("all"));
        assertThatThrownBy(() ->
                        events.removePermission(r -> r.eventBusName("side").statementId("all")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Statement with the provided id does not exist.");
        events.removePermission(r -> r.eventBusName("side").removeAllPermissions(true));
        assertThat(events.describeEventBus(r -> r.name("side")).policy()).isNull();
        assertThatThrownBy(() ->
                        events.removePermission(r -> r.eventBusName("side").statementId("one")))
                .hasMessageContaining("EventBus does not have a policy.");
        assertThatThrownBy(
                        () -> events.putPermission(r -> r.eventBusName("side").policy("{}")))
                .hasMessageContaining("Parameter Policy is not valid.");
    }

    @Test
    void a_policy_lets_a_role_in_that_has_no_right_of_its_own_and_keeps_another_out() {
        aws.events().createEventBus(r -> r.name("guarded"));
        var role = aws.role("guest", "lambda.amazonaws.com", "");
        try (var guest = as(role)) {
            assertThatThrownBy(() -> put(guest)).hasMessageContaining("is not authorized to perform: events:PutEvents");
            policy("Allow", role);
            put(guest);
        }
        try (var member =
                as(aws.role("member", "lambda.amazonaws.com", ApplicationEndpoint.allow("events:PutEvents", "*")))) {
            put(member);
            policy("Deny", "arn:aws:iam::" + ACCOUNT + ":role/member");
            assertThatThrownBy(() -> put(member)).hasMessageContaining("with an explicit deny");
        }
    }

    private void policy(String effect, String role) {
        aws.events().putPermission(r -> r.eventBusName("guarded").policy("""
                {"Version":"2012-10-17","Statement":{"Effect":"%s","Principal":{"AWS":"%s"},
                "Action":"events:PutEvents","Resource":"%s"}}""".formatted(effect, role, BUS + "guarded")));
    }

    private static void put(EventBridgeClient events) {
        events.putEvents(r -> r.entries(
                e -> e.eventBusName("guarded").source("rides").detailType("t").detail("{}")));
    }

    private EventBridgeClient as(String role) {
        var key = aws.aws()
                .foundation()
                .sessions()
                .assumeAsService("lambda.amazonaws.com", role, "test", RequestContext.EMPTY);
        return EventBridgeClient.builder()
                .endpointOverride(aws.aws().endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), key.sessionToken())))
                .httpClient(Apache5HttpClient.create())
                .build();
    }
}
