package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run of a Glue job, to its end. Glue knows no token for repeated calls: the job itself must be able to run twice.
///
/// @param job its name
/// @param parameters the job's arguments, with the leading `--`: `--input`
public record GlueJob(String job, Map<String, String> parameters) implements ServiceCall {
    public GlueJob {
        ServiceCall.requireName("a Glue job", job);
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String integration() {
        return "glue:startJobRun.sync";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("JobName", job);
        arguments.put("Arguments", parameters);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return List.of(ServiceRight.to(
                List.of("glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"),
                ServiceRight.arn("glue", "job/" + job)));
    }
}
