package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job in AWS Batch, to its end. Batch knows no token for repeated calls: the job itself must be able to run twice.
///
/// @param name what the job is called
/// @param queue the name of its queue
/// @param definition the name of its definition, without revision
/// @param parameters what the definition's placeholders stand for
public record BatchJob(String name, String queue, String definition, Map<String, String> parameters)
        implements ServiceCall {
    public BatchJob {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")) {
            throw new IllegalArgumentException("a Batch job has 1 to 128 letters, digits, - and _, but was " + name);
        }
        ServiceCall.requireName("a job queue", queue);
        ServiceCall.requireName("a job definition", definition);
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String integration() {
        return "batch:submitJob.sync";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("JobName", name);
        arguments.put("JobQueue", queue);
        arguments.put("JobDefinition", definition);
        arguments.put("Parameters", parameters);
        return arguments;
    }

    /// Jobs get their ids when they are submitted; seeing them knows no resource.
    @Override
    public List<ServiceRight> rights() {
        return List.of(
                ServiceRight.to(
                        List.of("batch:SubmitJob"),
                        ServiceRight.arn("batch", "job-definition/" + definition),
                        ServiceRight.arn("batch", "job-definition/" + definition + ":*"),
                        ServiceRight.arn("batch", "job-queue/" + queue)),
                ServiceRight.to(List.of("batch:TerminateJob"), ServiceRight.arn("batch", "job/*")),
                ServiceRight.to(List.of("batch:DescribeJobs"), "*"));
    }

    @Override
    public Optional<String> managedRule() {
        return Optional.of("StepFunctionsGetEventsForBatchJobsRule");
    }
}
