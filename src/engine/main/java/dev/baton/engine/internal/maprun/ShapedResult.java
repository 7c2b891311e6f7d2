package dev.baton.engine.internal.maprun;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.internal.query.Timestamps;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that a ResultWriter gives to a child execution.
final class ShapedResult {
    private ShapedResult() {}

    /// An execution that failed is described whatever the transformation.
    ///
    /// See the developer guide, *Contents of the ResultWriter field*.
    static List<@Nullable Object> of(Execution execution, PreparedResultWriter writing) {
        var one = new ArrayList<@Nullable Object>();
        switch (execution.status() == ExecutionStatus.SUCCEEDED ? writing.transformation() : "NONE") {
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
