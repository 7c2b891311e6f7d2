package dev.baton.engine.internal.query;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.path.IntrinsicCall;
import dev.baton.asl.path.JsonPath;
import dev.baton.asl.path.PathExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes payload templates executable; what is constant in them is made once.
public final class TemplateCompiler {
    private TemplateCompiler() {}

    /// A template made ready to run, or null where there is none.
    ///
    /// @param field the field that holds it, for messages
    public static @Nullable Evaluable compileIf(
            QueryLanguage language, @Nullable PayloadTemplate template, String field) {
        return template == null ? null : compile(language, template.value(), field);
    }

    /// @param value the template as it stands in the definition
    /// @param field the field that holds it, for messages
    public static Evaluable compile(QueryLanguage language, @Nullable Object value, String field) {
        return switch (language) {
            case JSONPATH -> jsonPath(value);
            case JSONATA -> jsonata(value, field);
        };
    }

    /// The value of a field that ends in `Path` or `.$`.
    public static Evaluable path(String text, String field) {
        return switch (PathExpression.parse(text)) {
            case JsonPath path -> new PathValue(PathSource.of(path), field);
            case IntrinsicCall call -> CompiledCall.of(call);
        };
    }

    private static Evaluable jsonPath(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                var names = new ArrayList<String>();
                var members = new ArrayList<Evaluable>();
                object.forEach((key, member) -> {
                    var name = (String) key;
                    var computed = name.endsWith(".$");
                    names.add(computed ? name.substring(0, name.length() - 2) : name);
                    members.add(computed && member instanceof String text ? path(text, name) : jsonPath(member));
                });
                yield folded(names, members);
            }
            case List<?> array ->
                folded(array.stream().map(TemplateCompiler::jsonPath).toList());
            case null -> new ConstantValue(null);
            default -> new ConstantValue(value);
        };
    }

    private static Evaluable jsonata(@Nullable Object value, String field) {
        return switch (value) {
            case String text ->
                JsonataValue.isExpression(text) ? JsonataValue.of(text, field) : new ConstantValue(text);
            case Map<?, ?> object -> {
                var names = new ArrayList<String>();
                var members = new ArrayList<Evaluable>();
                object.forEach((key, member) -> {
                    names.add((String) key);
                    members.add(jsonata(member, field + "/" + key));
                });
                yield folded(names, members);
            }
            case List<?> array -> {
                var elements = new ArrayList<Evaluable>();
                for (var i = 0; i < array.size(); i++) {
                    elements.add(jsonata(array.get(i), field + "[" + i + "]"));
                }
                yield folded(elements);
            }
            case null -> new ConstantValue(null);
            default -> new ConstantValue(value);
        };
    }

    private static Evaluable folded(List<String> names, List<Evaluable> members) {
        if (!members.stream().allMatch(Evaluable::isConstant)) {
            return new ObjectTemplate(names, members);
        }
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < names.size(); i++) {
            object.put(names.get(i), ((ConstantValue) members.get(i)).value());
        }
        return new ConstantValue(object);
    }

    private static Evaluable folded(List<Evaluable> elements) {
        if (!elements.stream().allMatch(Evaluable::isConstant)) {
            return new ArrayTemplate(elements);
        }
        var array = new ArrayList<@Nullable Object>();
        elements.forEach(element -> array.add(((ConstantValue) element).value()));
        return new ConstantValue(array);
    }
}
