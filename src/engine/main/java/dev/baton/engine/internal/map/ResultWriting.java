package dev.baton.engine.internal.map;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.ResultWriter;
import dev.baton.engine.Execution;
import dev.baton.engine.ExecutionStatus;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.Evaluation;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.query.Timestamps;
import dev.baton.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A ResultWriter ready to run: the shape of a Map Run's results, and where they go.
public final class ResultWriting {
    private final @Nullable Evaluable arguments;
    private final String transformation;
    private final @Nullable String outputType;

    public ResultWriting(ResultWriter writer, QueryLanguage language) {
        var template = language == QueryLanguage.JSONATA ? writer.arguments() : writer.parameters();
        this.arguments = writer.resource() == null || template == null
                ? null
                : TemplateCompiler.compile(language, template.value(), "ResultWriter/Arguments");
        var config = writer.writerConfig();
        var otherwise = writer.resource() == null ? "COMPACT" : "NONE";
        this.transformation = config == null || config.transformation() == null ? otherwise : config.transformation();
        this.outputType = config == null ? null : config.outputType();
    }

    private ResultWriting(@Nullable Evaluable arguments, String transformation, @Nullable String outputType) {
        this.arguments = arguments;
        this.transformation = transformation;
        this.outputType = outputType;
    }

    /// The same with its words known.
    ResultWriting evaluated(Evaluation at) {
        var type = TextField.word(outputType, "ResultWriter/WriterConfig/OutputType", at);
        var shape = TextField.word(transformation, "ResultWriter/WriterConfig/Transformation", at);
        return new ResultWriting(arguments, String.valueOf(shape), type);
    }

    /// Whether results go to S3 and not into the state's result.
    boolean exports() {
        return arguments != null;
    }

    /// The results, in the order of the executions.
    List<?> results(List<? extends Execution> executions) {
        return executions.stream()
                .flatMap(execution -> shaped(execution).stream())
                .toList();
    }

    /// An execution that failed is described whatever the transformation.
    ///
    /// See the developer guide, *Contents of the ResultWriter field*.
    private List<@Nullable Object> shaped(Execution execution) {
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
    Destination destination(Evaluation at, @Nullable String roleArn) {
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

    /// Writes the result files and then the manifest that names them; it may block.
    ///
    /// @return the state's result, which tells where the manifest is
    Map<String, @Nullable Object> write(
            ObjectWriter writer, Destination to, String mapRunArn, List<? extends Execution> executions)
            throws ObjectAccessException {
        var folder = to.prefix() + mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1) + "/";
        var files = new LinkedHashMap<String, @Nullable Object>();
        for (var status : List.of("FAILED", "PENDING", "SUCCEEDED")) {
            var ofStatus =
                    executions.stream().filter(one -> group(one).equals(status)).toList();
            files.put(status, file(writer, to, folder + status + "_0.json", ofStatus));
        }
        var manifest = new LinkedHashMap<String, @Nullable Object>();
        manifest.put("DestinationBucket", to.bucket());
        manifest.put("MapRunArn", mapRunArn);
        manifest.put("ResultFiles", files);
        var key = folder + "manifest.json";
        writer.write(to.object(key), Json.bytes(manifest));
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("Bucket", to.bucket());
        details.put("Key", key);
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("MapRunArn", mapRunArn);
        result.put("ResultWriterDetails", details);
        return result;
    }

    private static String group(Execution execution) {
        return switch (execution.status()) {
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED, TIMED_OUT, ABORTED -> "FAILED";
            case RUNNING, PENDING_REDRIVE -> "PENDING";
        };
    }

    private List<@Nullable Object> file(
            ObjectWriter writer, Destination to, String key, List<? extends Execution> executions)
            throws ObjectAccessException {
        if (executions.isEmpty()) {
            return List.of();
        }
        var entries = results(executions);
        var content = "JSONL".equals(outputType)
                ? entries.stream()
                        .map(Json::print)
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8)
                : Json.bytes(entries);
        writer.write(to.object(key), content);
        var file = new LinkedHashMap<String, @Nullable Object>();
        file.put("Key", key);
        file.put("Size", (long) content.length);
        var list = new ArrayList<@Nullable Object>();
        list.add(file);
        return list;
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
