package dev.baton.lambda.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A generated pipeline in Java: one class that holds its records and provides it.
final class PipelineSource {
    static final String PACKAGE = "dev.baton.made";

    private PipelineSource() {}

    /// The name of its class, in [#PACKAGE].
    static String className(PipelineSpec spec) {
        return "Of" + spec.name().replace("-", "_");
    }

    static String of(PipelineSpec spec) {
        var text = new StringBuilder("package " + PACKAGE + ";\n");
        text.append("import dev.baton.lambda.generated.*;\nimport dev.baton.task.*;\nimport java.time.*;\n")
                .append("import java.util.List;\n");
        text.append("public final class ").append(className(spec)).append(" implements PipelineProvider {\n");
        text.append("  public List<Pipeline> pipelines() { return List.of(Pipeline.of(\"")
                .append(spec.name())
                .append("\", ")
                .append(spec.root().name())
                .append(".class)");
        if (spec.bounded()) {
            text.append(spec.focus().stream()
                    .map(values -> made(spec, values))
                    .collect(Collectors.joining(", ", ".samples(", ")")));
        }
        spec.given().ifPresent(given -> text.append(".startedBy(" + given + ".class, new Inverse<>(List.of("
                + spec.domain().stream().map(values -> made(spec, values)).collect(Collectors.joining(", "))
                + "))::roots)"));
        text.append("); }\n");
        spec.tasks().forEach(task -> text.append(record(spec, task)));
        return text.append("}\n").toString();
    }

    private static String made(PipelineSpec spec, List<Object> values) {
        return "new " + spec.root().name() + "(" + literals(values) + ")";
    }

    private static String literals(List<Object> values) {
        return values.stream().map(Kind::literal).collect(Collectors.joining(", "));
    }

    private static String record(PipelineSpec spec, TaskSpec task) {
        var components = task.components().stream()
                .map(component -> component.kind().java() + " " + component.name())
                .collect(Collectors.joining(", "));
        var text = new StringBuilder("  @Intent(\"the " + task.name() + "\")");
        task.retries().ifPresent(retries -> text.append(" @Retries(").append(retries).append(")"));
        text.append(" public record ")
                .append(task.name())
                .append("(")
                .append(components)
                .append(task.external() ? ") implements ExternalTask {\n" : ") implements Task {\n");
        if (spec.bounded() && task == spec.root() && !task.components().isEmpty()) {
            text.append(refusal(spec));
        }
        if (!task.external()) {
            text.append(task.requires().stream()
                    .map(requirement -> requirement(task, requirement))
                    .collect(Collectors.joining(
                            ",\n      ", "    public List<Task> requires() { return List.of(\n      ", "); }\n")));
            text.append("    public void run(TaskRun run) throws Exception { Work.run(this, run); }\n");
        }
        return text.append("    public Target output() { return S3Target.at(\"")
                .append(task.template())
                .append("\", this); }\n  }\n")
                .toString();
    }

    private static String requirement(TaskSpec by, TaskSpec.Requirement requirement) {
        var made = requirement.arguments().stream()
                .map(argument -> argument.java(by.components()))
                .collect(Collectors.joining(", ", "new " + requirement.task() + "(", ")"));
        return requirement.condition() instanceof Condition.Always
                ? made
                : made + ".onlyIf(" + requirement.condition().java(by.components()) + ")";
    }

    /// What a bounded root refuses: whatever its domain does not have in that component.
    private static String refusal(PipelineSpec spec) {
        var outside = new ArrayList<String>();
        for (var i = 0; i < spec.root().components().size(); i++) {
            var component = spec.root().components().get(i);
            var index = i;
            if (component.kind() != Kind.HUE) {
                outside.add(spec.domain().stream()
                        .map(values -> Kind.literal(values.get(index)))
                        .distinct()
                        .collect(Collectors.joining(", ", "!List.of(", ").contains(" + component.name() + ")")));
            }
        }
        return outside.isEmpty()
                ? ""
                : "    public " + spec.root().name() + " { if (" + String.join(" || ", outside)
                        + ") throw new IllegalArgumentException(\"outside\"); }\n";
    }
}
