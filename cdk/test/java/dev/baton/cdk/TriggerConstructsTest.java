package dev.baton.cdk;

import static dev.baton.cdk.Example.GOVERNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What calls a pipeline, and where it goes when nobody can be called.
@ExtendWith(Stacks.class)
class TriggerConstructsTest {
    @Test
    void rules_call_functions_and_what_they_cannot_deliver_goes_to_one_encrypted_queue() {
        var prod = Example.in("prod");
        var queue = prod.one("AWS::SQS::Queue");
        var substitutions = Example.substitutions("prod");

        assertThat(queue.property("SqsManagedSseEnabled")).isEqualTo(true);
        assertThat(prod.all("AWS::Events::Rule")).hasSize(GOVERNED.triggers().size());
        var allowed =
                prod.one("AWS::SQS::QueuePolicy").property("PolicyDocument").toString();
        for (var trigger : GOVERNED.triggers()) {
            var rule = prod.one("AWS::Events::Rule", "Name", trigger.name());
            assertThat(Json.pretty(prod.resolved(rule.stack(), rule.property("EventPattern"))))
                    .isEqualTo(Json.pretty(substitutions.in(trigger.pattern())));
            var function = prod.one("AWS::Lambda::Function", "FunctionName", trigger.function());
            assertThat(rule.at("Targets/0/Arn")).isEqualTo(Map.of("Fn::GetAtt", List.of(function.id(), "Arn")));
            assertThat(rule.at("Targets/0/DeadLetterConfig/Arn"))
                    .isEqualTo(Map.of("Fn::GetAtt", List.of(queue.id(), "Arn")));
            assertThat(allowed).contains(rule.id());
            assertThat(prod.all("AWS::Lambda::Permission"))
                    .filteredOn(permission ->
                            Map.of("Fn::GetAtt", List.of(rule.id(), "Arn")).equals(permission.property("SourceArn")))
                    .singleElement()
                    .satisfies(permission -> {
                        assertThat(permission.property("Principal")).isEqualTo("events.amazonaws.com");
                        assertThat(permission.property("FunctionName")).isEqualTo(Map.of("Ref", function.id()));
                    });
        }
    }
}
