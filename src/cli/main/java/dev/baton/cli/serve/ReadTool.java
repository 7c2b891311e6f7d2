package dev.baton.cli.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A tool that reads: a call of the command whose words follow from what it is asked.
///
/// @param name as callers give it
/// @param description for callers
/// @param inputs what it is asked with
/// @param schema the published schema of what it answers; null where that is text
/// @param lines whether it answers any number of these
/// @param words the words of the call
record ReadTool(
        String name,
        String description,
        List<ToolInput> inputs,
        @Nullable String schema,
        boolean lines,
        Function<Map<String, Object>, List<String>> words) {

    ReadTool {
        inputs = List.copyOf(inputs);
    }

    /// The JSON Schema of what it is asked with; nothing else is taken.
    Map<String, Object> inputSchema() {
        var properties = new LinkedHashMap<String, Object>();
        inputs.forEach(input -> properties.put(input.name(), input.schema()));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                inputs.stream().filter(ToolInput::required).map(ToolInput::name).toList());
        schema.put("additionalProperties", false);
        return schema;
    }
}
