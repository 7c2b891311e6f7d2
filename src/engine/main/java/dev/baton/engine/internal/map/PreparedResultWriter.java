package dev.baton.engine.internal.map;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.ResultWriter;
import dev.baton.engine.Execution;
import dev.baton.engine.ExecutionStatus;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.query.Timestamps;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ResultWriter ready to run: the shape of a Map Run's results, and where they go.
public final class PreparedResultWriter {
    private final @Nullable Evaluable arguments;
    private final String transformation;
    private final @Nullable String outputType;

    public PreparedResultWriter(ResultWriter writer, QueryLanguage language) {
        var template = language == QueryLanguage.JSONATA ? writer.arguments() : writer.parameters();
        this.arguments = writer.resource() == null || template == null
                ? null
                : TemplateCompiler.compile(language, template.value(), "ResultWriter/Arguments");
        var config = writer.writerConfig();
        var otherwise = writer.resource() == null ? "COMPACT" : "NONE";
        this.transformation = config == null || config.transformation() == null ? otherwise : config.transformation();
        this.outputType = config == null ? null : config.outputType();
    }

    private PreparedResultWriter(@Nullable Evaluable arguments, String transformation, @Nullable String outputType) {
        this.arguments = arguments;
        this.transformation = transformation;
        this.outputType = outputType;
    }

    /// The same with its words known.
    PreparedResultWriter evaluated(FieldScope at) {
        var type = TextField.word(outputType, "ResultWriter/WriterConfig/OutputType", at);
        var shape = TextField.word(transformation, "ResultWriter/WriterConfig/Transformation", at);
        return new PreparedResultWriter(arguments, String.valueOf(shape), type);
    }

    /// Whether results go to S3 and not into the state's result.
    boolean exports() {
        return arguments != null;
    }

    /// The content of a file to be written.
    ResultText text() {
        return new ResultText("JSONL".equals(outputType));
    }

    /// An execution that failed is described whatever the transformation.
    ///
    /// See the developer guide, *Contents of the ResultWriter field*.
    List<@Nullable Object> shaped(Execution execution) {
        var one = new ArrayList<@Nullable Object>();
        switch (execution.status() == ExecutionStatus.SUCCEEDED ? transformation : "NONE") {
            case "COMPACT" -> one.add(execution.output());
            case "FLATTEN" -> {
                if (execution.output() instanceof List<?> array) {
                    one.addAll(array);
                } else {
                    one.add(execution.output());
                }
            }
            default -> one.add(description(execution));
        }
        return one;
    }

    /// What is to be written where; known before the writing begins.
    Destination destination(FieldScope at, @Nullable String roleArn) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (arguments != null && arguments.evaluate(at) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> values.put((String) key, value));
        }
        var prefix = String.valueOf(values.getOrDefault("Prefix", ""));
        return new Destination(
                String.valueOf(values.get("Bucket")),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                values,
                roleArn);
    }

    /// A bucket and a prefix that is empty or ends in a slash.
    record Destination(
            String bucket,
            String prefix,
            Map<String, @Nullable Object> parameters,
            @Nullable String roleArn) {
        ObjectRequest object(String key) {
            return new ObjectRequest(bucket, key, null, parameters, roleArn);
        }
    }

    /// An execution as result files describe it.
    private static Object description(Execution execution) {
        var description = new LinkedHashMap<String, @Nullable Object>();
        description.put("ExecutionArn", execution.arn());
        description.put("Input", Json.print(execution.request().input()));
        description.put("InputDetails", Map.of("Included", true));
        description.put("Name", execution.request().name());
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            description.put("Output", Json.print(execution.output()));
            description.put("OutputDetails", Map.of("Included", true));
        } else {
            description.put("Error", execution.error());
            description.put("Cause", execution.cause());
        }
        description.put("RedriveCount", (long) execution.redriveCount());
        var redrivable = execution.status().isClosed() && execution.status() != ExecutionStatus.SUCCEEDED;
        description.put("RedriveStatus", redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE");
        if (!redrivable) {
            description.put("RedriveStatusReason", "Execution is " + execution.status() + " and cannot be redriven");
        }
        description.put("StartDate", Timestamps.text(execution.startDate().toEpochMilli()));
        description.put("StateMachineArn", execution.request().stateMachineArn());
        description.put("Status", execution.status().name());
        var stopDate = execution.stopDate();
        if (stopDate != null) {
            description.put("StopDate", Timestamps.text(stopDate.toEpochMilli()));
        }
        return description;
    }
}
