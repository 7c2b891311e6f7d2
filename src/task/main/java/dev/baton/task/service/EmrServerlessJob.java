package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Spark job on EMR Serverless, to its end. Asked again for the same attempt, EMR Serverless answers with the job
/// that it has; another attempt of the state, or a redrive, is another job.
///
/// @param application the application's id
/// @param role the name of the role that the job runs with, with its path but without the leading `/`
/// @param script the real address of what is run, see [References#real]
/// @param scriptArguments of the script
/// @param identity of the work, by which a repeated call is known: [References#token]
public record EmrServerlessJob(
        String application, String role, String script, List<String> scriptArguments, String identity)
        implements ServiceCall {
    public EmrServerlessJob {
        ServiceCall.requireName("an application's id", application);
        ServiceCall.requireName("a role", role);
        scriptArguments = List.copyOf(scriptArguments);
    }

    @Override
    public String integration() {
        return "emr-serverless:startJobRun.sync";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var submit = new LinkedHashMap<String, @Nullable Object>();
        submit.put("EntryPoint", script);
        submit.put("EntryPointArguments", scriptArguments);
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("ApplicationId", application);
        arguments.put("ClientToken", identity);
        arguments.put("JobDriver", Map.of("SparkSubmit", submit));
        return arguments;
    }

    @Override
    public Map<String, @Nullable Object> deployed() {
        return new LinkedHashMap<>(Map.of("ExecutionRoleArn", roleArn()));
    }

    private String roleArn() {
        return "arn:${Partition}:iam::${AccountId}:role/" + role;
    }

    @Override
    public List<ServiceRight> rights() {
        var there = "/applications/" + application;
        return List.of(
                ServiceRight.to(List.of("emr-serverless:StartJobRun"), ServiceRight.arn("emr-serverless", there)),
                ServiceRight.to(
                        List.of("emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"),
                        ServiceRight.arn("emr-serverless", there + "/jobruns/*")),
                ServiceRight.to(List.of("iam:PassRole"), roleArn())
                        .when("StringEquals", "iam:PassedToService", "emr-serverless.amazonaws.com"));
    }

    @Override
    public Optional<String> managedRule() {
        return Optional.of("StepFunctionsGetEventsForEMRServerlessJobRule");
    }
}
