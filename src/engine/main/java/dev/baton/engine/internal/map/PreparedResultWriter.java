package dev.baton.engine.internal.map;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.ResultWriter;
import dev.baton.asl.ResultWriter.WriterConfig;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.engine.internal.query.TextField;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ResultWriter ready to run: the shape of a Map Run's results, and where they go.
public final class PreparedResultWriter {
    private final @Nullable Evaluable arguments;
    private final String transformation;
    private final @Nullable String outputType;

    public static PreparedResultWriter of(ResultWriter writer, QueryLanguage language) {
        return switch (writer) {
            case ResultWriter(var resource, var config, var parameters, var arguments, var unknown) -> {
                var template = language == QueryLanguage.JSONATA ? arguments : parameters;
                var written = resource == null
                        ? null
                        : TemplateCompiler.compileIf(language, template, "ResultWriter/Arguments");
                var otherwise = resource == null ? "COMPACT" : "NONE";
                yield switch (config) {
                    case null -> new PreparedResultWriter(written, otherwise, null);
                    case WriterConfig(var transformation, var outputType, var more) ->
                        new PreparedResultWriter(
                                written, transformation == null ? otherwise : transformation, outputType);
                };
            }
        };
    }

    private PreparedResultWriter(@Nullable Evaluable arguments, String transformation, @Nullable String outputType) {
        this.arguments = arguments;
        this.transformation = transformation;
        this.outputType = outputType;
    }

    /// The same with its words known.
    public PreparedResultWriter evaluated(FieldScope at) {
        var type = TextField.word(outputType, "ResultWriter/WriterConfig/OutputType", at);
        var shape = TextField.word(transformation, "ResultWriter/WriterConfig/Transformation", at);
        return new PreparedResultWriter(arguments, String.valueOf(shape), type);
    }

    /// Whether results go to S3 and not into the state's result.
    public boolean exports() {
        return arguments != null;
    }

    /// Whether each result is a line of a file, and not an element of an array.
    public boolean writesLines() {
        return "JSONL".equals(outputType);
    }

    /// COMPACT, FLATTEN or NONE.
    public String transformation() {
        return transformation;
    }

    /// The place to write to; known before the writing begins.
    public Destination destination(FieldScope at, @Nullable String roleArn) {
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
    public record Destination(
            String bucket,
            String prefix,
            Map<String, @Nullable Object> parameters,
            @Nullable String roleArn) {
        public ObjectRequest object(String key) {
            return new ObjectRequest(bucket, key, null, parameters, roleArn);
        }
    }
}
