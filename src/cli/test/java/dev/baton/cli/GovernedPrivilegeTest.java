package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Orchard;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.identity.AccessRequest;
import dev.baton.run.ExecutionInput;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The roles of the start function and of the pin function may do, where policies about people hold, what these do, and
/// nothing else: each statement that is taken away is missed.
class GovernedPrivilegeTest {
    /// What is needed only where checks are demanded, and where an upload is gone again: other tests show these.
    private static final List<String> UNASKED =
            List.of("stage-cider-start/SeeChecks", "stage-cider-pin/SeeChecks", "stage-cider-pin/ListInputs");

    private final ConcurrentLinkedQueue<AccessRequest> granted = new ConcurrentLinkedQueue<>();

    @Test
    void no_statement_of_the_start_and_pin_roles_can_be_taken_away_unnoticed() throws Exception {
        var aws = EmbeddedAws.builder()
                .audit((access, decision) -> {
                    if (decision.allowed()) {
                        granted.add(access);
                    }
                })
                .start();
        try (var orchards = new GovernedOrchards(new LocalCloud(aws, LaptopFunctions.JVM), LaptopFunctions.JVM)) {
            assertThat(orchards.cloud
                            .endpoint()
                            .states()
                            .describeStateMachine(r -> r.stateMachineArn(
                                    "arn:aws:states:us-east-1:000000000000:stateMachine:stage-cider"))
                            .encryptionConfiguration()
                            .kmsDataKeyReusePeriodSeconds())
                    .as("it is under a key, which the start function needs")
                    .isEqualTo(300);
            play(orchards);
            var superfluous = new ArrayList<String>();
            for (var kind : List.of(Kind.START, Kind.PIN)) {
                var name =
                        orchards.compiled("stage", Orchard.CIDER).function(kind).role();
                superfluous.addAll(superfluous(orchards, aws, name));
            }
            assertThat(superfluous).containsExactlyInAnyOrderElementsOf(UNASKED);
        }
    }

    private static StartInvocation start(String year) {
        return new StartInvocation.Start(new ExecutionInput(Optional.empty(), Map.of("year", year), Map.of()));
    }

    /// A start, one that comes twice, a redrive, a look, a sweep and a stop.
    private static void play(GovernedOrchards orchards) throws IOException, InterruptedException {
        var ada = orchards.okta("ada@example.com", "00g1");
        orchards.upload("stage", "apples/2012.txt", "hard");
        Orchard.BROKEN.set(true);
        try {
            var failed = ((StartResult.Started) orchards.ask("stage", "cider", start("2012"), ada)).execution();
            end(orchards, failed);
            orchards.ask("stage", "cider", start("2012"), ada);
            Orchard.BROKEN.set(false);
            orchards.ask("stage", "cider", new StartInvocation.Redrive(failed), ada);
            orchards.ask("stage", "cider", new StartInvocation.Stop(failed, "enough"), ada);
            end(orchards, failed);
            orchards.ask(
                    "stage",
                    "cider",
                    new StartInvocation.See(new ExecutionInput(Optional.empty(), Map.of("year", "2012"), Map.of())),
                    ada);
            orchards.invoke("stage", "cider", Map.of("sweep", true));
        } finally {
            Orchard.BROKEN.set(false);
        }
    }

    private static void end(GovernedOrchards orchards, String execution) throws InterruptedException {
        for (var look = 0; look < 600; look++) {
            if (orchards.cloud
                            .endpoint()
                            .states()
                            .describeExecution(r -> r.executionArn(execution))
                            .status()
                    != ExecutionStatus.RUNNING) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it never ended");
    }

    private List<String> superfluous(GovernedOrchards orchards, EmbeddedAws aws, String role) {
        var iam = orchards.cloud.endpoint().iam();
        var document = URLDecoder.decode(
                iam.getRolePolicy(r -> r.roleName(role).policyName("baton")).policyDocument(), StandardCharsets.UTF_8);
        var statements = (List<?>) Json.parseObject(document).get("Statement");
        var own = granted.stream()
                .filter(access -> access.caller().principal() instanceof Principal.RoleSession session
                        && session.roleArn().endsWith("/" + role))
                .toList();
        assertThat(own).isNotEmpty();
        var found = new ArrayList<String>();
        for (var left = 0; left < statements.size(); left++) {
            var rest = new ArrayList<Object>(statements);
            var statement = (Map<?, ?>) rest.remove(left);
            var policy = new LinkedHashMap<String, Object>();
            policy.put("Version", "2012-10-17");
            policy.put("Statement", rest);
            iam.putRolePolicy(r -> r.roleName(role).policyName("baton").policyDocument(Json.print(policy)));
            if (own.stream()
                    .allMatch(access ->
                            aws.foundation().authorizer().decide(access).allowed())) {
                found.add(role + "/" + statement.get("Sid"));
            }
        }
        iam.putRolePolicy(r -> r.roleName(role).policyName("baton").policyDocument(document));
        return found;
    }
}
