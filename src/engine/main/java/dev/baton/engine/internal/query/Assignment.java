package dev.baton.engine.internal.query;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An `Assign`: variables and what they become.
public final class Assignment {
    private final Evaluable template;

    private Assignment(Evaluable template) {
        this.template = template;
    }

    /// Null where nothing is assigned.
    ///
    /// @param field where it stands, for messages
    public static @Nullable Assignment of(QueryLanguage language, @Nullable PayloadTemplate template, String field) {
        return template == null ? null : new Assignment(TemplateCompiler.compile(language, template.value(), field));
    }

    /// All values are computed before the first is assigned.
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> evaluate(FieldScope at) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(template.evaluate(at));
    }
}
