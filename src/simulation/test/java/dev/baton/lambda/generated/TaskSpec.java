package dev.baton.lambda.generated;

import java.util.List;
import java.util.OptionalInt;

/// A class of tasks, as plain data.
///
/// @param name of its record
/// @param external whether it is uploaded
/// @param template of its output, whose pieces are `{component}` and `{component:yyyy}`, `MM`, `dd`
/// @param requires in the order in which the record names them
/// @param retries what `@Retries` says, if it is there
public record TaskSpec(
        String name,
        boolean external,
        List<Component> components,
        String template,
        List<Requirement> requires,
        OptionalInt retries) {

    public TaskSpec {
        components = List.copyOf(components);
        requires = List.copyOf(requires);
    }

    /// By its name, which is its own in a pipeline: many values are looked up by it.
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /// One requirement.
    ///
    /// @param task the required class, by name
    /// @param arguments of its components, in their order
    public record Requirement(String task, List<Expression> arguments, Condition condition) {
        public Requirement {
            arguments = List.copyOf(arguments);
        }
    }
}
