package dev.baton.lambda.generated;

import dev.baton.lambda.generated.Compilation.MemoryLoader;
import dev.baton.lambda.generated.Compilation.SourceText;
import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;

/// Records that many generated pipelines share, which spares compiling and loading classes for each: tasks of the same
/// name and components are of one class, and what they require, where they write and what they refuse is looked up in
/// the pipeline that is being played, one at a time.
public final class SharedClasses {
    private static final String PACKAGE = PipelineSource.PACKAGE + ".shared";

    private final ClassLoader loader;

    private SharedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /// What the tasks of some pipelines need.
    public static SharedClasses of(List<PipelineSpec> specs) {
        var records = new TreeMap<String, Map<String, TaskSpec>>();
        for (var spec : specs) {
            for (var task : spec.tasks()) {
                records.computeIfAbsent(outer(task), name -> new TreeMap<>()).put(record(task), task);
            }
        }
        var sources = new ArrayList<JavaFileObject>();
        records.forEach((outer, tasks) -> sources.add(
                new SourceText(PACKAGE, outer, source(outer, new TreeSet<>(tasks.keySet()), tasks))));
        return new SharedClasses(new MemoryLoader(
                SharedClasses.class.getClassLoader(), PlayedProvider.class.getName(), Compilation.compiled(sources)));
    }

    /// The pipeline, which is played until another is asked for.
    public GeneratedPipeline played(PipelineSpec spec) {
        var classes = new LinkedHashMap<String, Class<? extends Record>>();
        for (var task : spec.tasks()) {
            try {
                classes.put(
                        task.name(),
                        loader.loadClass(PACKAGE + "." + outer(task) + "$" + record(task))
                                .asSubclass(Record.class));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(task + " was not among those that were compiled", e);
            }
        }
        var pipeline = Played.begin(spec, classes);
        return new GeneratedPipeline(
                spec, pipeline, new MemoryLoader(loader, PlayedProvider.class.getName(), Map.of()));
    }

    /// Provides the pipeline that is being played.
    public static final class PlayedProvider implements PipelineProvider {
        @Override
        public List<Pipeline> pipelines() {
            return List.of(Played.pipeline());
        }
    }

    /// Of the components: records of one name with others are in another class.
    private static String outer(TaskSpec task) {
        return task.components().stream()
                .map(component -> component.kind().java() + "_" + component.name())
                .collect(Collectors.joining("_", "With", ""));
    }

    private static String record(TaskSpec task) {
        return task.name();
    }

    private static String source(String outer, TreeSet<String> names, Map<String, TaskSpec> tasks) {
        var text = new StringBuilder("package " + PACKAGE + ";\n")
                .append("import dev.baton.lambda.generated.*;\nimport dev.baton.task.*;\nimport java.time.*;\n")
                .append("import java.util.List;\npublic final class " + outer + " {\n");
        for (var name : names) {
            var task = tasks.get(name);
            var components = task.components().stream()
                    .map(component -> component.kind().java() + " " + component.name())
                    .collect(Collectors.joining(", "));
            var values = task.components().stream().map(Component::name).collect(Collectors.joining(", "));
            text.append("  @Intent(\"the " + name + "\") public record " + name + "(" + components + ") implements ")
                    .append(task.external() ? "ExternalTask {\n" : "Task {\n");
            if (name.equals("Root")) {
                text.append("    public Root { Played.REFUSAL.accept(List.of(" + values + ")); }\n");
            }
            if (!task.external()) {
                text.append("    public List<Task> requires() { return Played.REQUIRED.apply(\"" + name + "\", List.of("
                                + values + ")); }\n")
                        .append("    public void run(TaskRun run) throws Exception { Work.run(this, run); }\n");
            }
            text.append("    public Target output() { return S3Target.at(Played.TEMPLATE.apply(\"" + name
                    + "\"), this); }\n  }\n");
        }
        return text.append("}\n").toString();
    }
}
