package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.compiler.reference.PolicyReview;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Who may make the calls of service tasks, and what else they may not.
class ServiceRightsTest {
    @Test
    void the_role_of_a_call_may_make_this_call_and_nothing_else() {
        assertThat(rights("Glue"))
                .isEqualTo(List.of("glue:BatchStopJobRun glue:GetJobRun glue:GetJobRuns glue:StartJobRun on"
                        + " arn:${Partition}:glue:${Region}:${AccountId}:job/count-boats"));
        assertThat(rights("Batch"))
                .containsExactly(
                        "batch:SubmitJob on arn:${Partition}:batch:${Region}:${AccountId}:job-definition/sail"
                                + " arn:${Partition}:batch:${Region}:${AccountId}:job-definition/sail:*"
                                + " arn:${Partition}:batch:${Region}:${AccountId}:job-queue/slow",
                        "batch:TerminateJob on arn:${Partition}:batch:${Region}:${AccountId}:job/*",
                        "batch:DescribeJobs on *",
                        "events:DescribeRule events:PutRule events:PutTargets on arn:${Partition}:events:${Region}:"
                                + "${AccountId}:rule/StepFunctionsGetEventsForBatchJobsRule");
        assertThat(rights("Athena"))
                .contains(
                        "athena:GetQueryExecution athena:StartQueryExecution athena:StopQueryExecution on"
                                + " arn:${Partition}:athena:${Region}:${AccountId}:workgroup/analysts",
                        "glue:GetDatabase glue:GetPartition glue:GetPartitions glue:GetTable on"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:catalog"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:database/sea"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:table/sea/*",
                        "s3:GetObject on arn:${Partition}:s3:::${CatalogBucket}/boats/*",
                        "s3:ListBucket on arn:${Partition}:s3:::${CatalogBucket}",
                        "kms:Decrypt on ${CatalogKey}")
                .noneMatch(right -> right.contains("s3:PutObject"));
        assertThat(rights("Put"))
                .containsExactly("dynamodb:PutItem on arn:${Partition}:dynamodb:${Region}:${AccountId}:table/boats");
        assertThat(rights("Get"))
                .containsExactly("dynamodb:GetItem on arn:${Partition}:dynamodb:${Region}:${AccountId}:table/boats");
        assertThat(Json.print(role("Emr").policy()))
                .contains("\"iam:PassedToService\":\"emr-serverless.amazonaws.com\"")
                .contains("\"Resource\":[\"arn:${Partition}:iam::${AccountId}:role/jobs/spark\"]");
        assertThat(Json.print(role("Event").policy()))
                .contains("\"events:source\":\"acme.fleet\"", "\"events:detail-type\":\"Boat In\"");
    }

    @Test
    void the_rights_of_ssm_name_the_parameter_or_the_runbook_and_its_role() {
        assertThat(rights("Port"))
                .containsExactly(
                        "ssm:GetParameter on arn:${Partition}:ssm:${Region}:${AccountId}:parameter/fleet/port");
        assertThat(rights("Mark"))
                .containsExactly("ssm:PutParameter on arn:${Partition}:ssm:${Region}:${AccountId}:parameter/last-year");
        assertThat(rights("Patch"))
                .containsExactly(
                        "ssm:StartAutomationExecution on"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:automation-definition/PatchFleet:*"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:document/PatchFleet",
                        "ssm:GetAutomationExecution ssm:StopAutomationExecution on"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:automation-execution/*",
                        "iam:PassRole on arn:${Partition}:iam::${AccountId}:role/jobs/patch");
        assertThat(Json.print(role("Patch").policy())).contains("\"iam:PassedToService\":\"ssm.amazonaws.com\"");
    }

    @Test
    void a_request_is_the_right_of_the_role_of_executions_to_this_host_by_this_method() {
        assertThat(Fleet.COMPILED.roles()).noneMatch(role -> role.name().equals("baton-fleet-Http-called"));
        assertThat(Json.print(Fleet.COMPILED.role("baton-fleet-states").policy()))
                .contains("\"states:HTTPMethod\":\"POST\"", "\"states:HTTPEndpoint\":\"https://api.example.com/*\"")
                .contains(
                        "[\"events:RetrieveConnectionCredentials\"],\"Resource\":"
                                + "[\"arn:${Partition}:events:${Region}:${AccountId}:connection/crews/6b0a-1\"]",
                        "arn:${Partition}:secretsmanager:${Region}:${AccountId}:secret:events!connection/crews/*");
        assertThat(Fleet.COMPILED.boundary().policy().toString()).contains("states:InvokeHTTPEndpoint");
    }

    @Test
    void only_step_functions_for_an_execution_of_this_pipeline_may_become_who_calls() {
        var trust = Json.print(role("Glue").trust());
        assertThat(trust)
                .contains(
                        "\"aws:PrincipalArn\":\"arn:${Partition}:iam::${AccountId}:role/baton/fleet/baton-fleet-states\"")
                .contains(
                        "\"sts:ExternalId\":\"arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-fleet\"")
                .doesNotContain("sts:TagSession", "Service\"");
        var states = Json.print(Fleet.COMPILED.role("baton-fleet-states").policy());
        assertThat(states)
                .contains("\"Sid\":\"BecomeWhoCalls\"", "baton-fleet-Glue-called")
                .doesNotContain("glue:");
        var deploy = Json.print(Fleet.COMPILED.deployRole().policy());
        assertThat(deploy).doesNotContain("-called");
        assertThat(Fleet.COMPILED.roles().stream().filter(role -> role.kind() == Kind.SERVICE))
                .hasSize(11)
                .allSatisfy(role -> assertThat(role.boundary()).isNotNull());
        // A task's own role and runner may call nothing.
        assertThat(Json.print(Fleet.COMPILED.role("baton-fleet-Glue").policy())).doesNotContain("glue:");
        assertThat(Json.print(Fleet.COMPILED.role("baton-fleet-Glue-runner").policy()))
                .doesNotContain("glue:");
    }

    @Test
    void every_policy_of_these_stands_up_to_the_reference() {
        assertThat(Fleet.COMPILED.roles())
                .allSatisfy(role -> assertThat(PolicyReview.of(role.name(), role.policy(), role.kind() == Kind.TASK))
                        .isEmpty());
    }

    private static CompiledRole role(String task) {
        return Fleet.COMPILED.role("baton-fleet-" + task + "-called");
    }

    private static List<String> rights(String task) {
        return ((List<?>) Objects.requireNonNull(role(task).policy().get("Statement")))
                .stream()
                        .map(Map.class::cast)
                        .map(statement -> String.join(" ", texts(statement.get("Action"))) + " on "
                                + String.join(" ", texts(statement.get("Resource"))))
                        .toList();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }
}
