package dev.baton.policy;

import dev.baton.run.Requester;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What policies may name: the environments, the pipelines with their tasks, and the teams that are known.
///
/// @param environments the team that owns each, by name
/// @param pipelines as they are anywhere
/// @param teams that are known besides the owners and approvers, such as those that roles are mapped to
public record PolicyVocabulary(
        SortedMap<String, Optional<String>> environments, List<GovernedPipeline> pipelines, SortedSet<String> teams) {
    public PolicyVocabulary {
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        pipelines = List.copyOf(pipelines);
        var all = new TreeSet<>(teams);
        environments.values().forEach(owner -> owner.ifPresent(all::add));
        for (var pipeline : pipelines) {
            pipeline.owner().ifPresent(all::add);
            all.addAll(pipeline.approvers());
            for (var task : pipeline.tasks().values()) {
                task.owner().ifPresent(all::add);
                all.addAll(task.approvers());
            }
        }
        teams = Collections.unmodifiableSortedSet(all);
    }

    /// The names of a type that there are; nothing where a policy may name any.
    ///
    /// @param type as policies write it, `Baton::Pipeline`
    Optional<Collection<String>> known(String type) {
        return switch (type) {
            case "Baton::Environment" -> Optional.of(environments.keySet());
            case "Baton::Pipeline" ->
                Optional.of(pipelines.stream().map(GovernedPipeline::pipeline).toList());
            case "Baton::Task" ->
                Optional.of(pipelines.stream()
                        .flatMap(pipeline ->
                                pipeline.tasks().keySet().stream().map(task -> pipeline.pipeline() + "/" + task))
                        .toList());
            case "Baton::Event" -> Optional.of(events());
            default -> Optional.empty();
        };
    }

    private List<String> events() {
        var events = new TreeSet<String>();
        for (var kind : Requester.EventKind.values()) {
            events.add(kind.name().toLowerCase(Locale.ROOT));
        }
        pipelines.forEach(pipeline -> events.add(Requester.event(Requester.EventKind.COMPLETION, pipeline.pipeline())
                .id()));
        return List.copyOf(events);
    }

    /// What a question is about that is not there, with its type.
    Optional<String> missing(PolicyQuestion question) {
        if (!environments.containsKey(question.environment())) {
            return Optional.of("environment " + question.environment());
        }
        return switch (question.resource()) {
            case PolicyResource.OfEnvironment any -> Optional.empty();
            case PolicyResource.OfPipeline any -> missing("pipeline", "Baton::Pipeline", any.id());
            case PolicyResource.OfTask any -> missing("task", "Baton::Task", any.id());
        };
    }

    private Optional<String> missing(String word, String type, String id) {
        return known(type).filter(names -> !names.contains(id)).map(names -> word + " " + id);
    }

    /// The schema, with what policies may name as comments before it.
    public String schema() {
        var text = new StringBuilder();
        environments.keySet().forEach(name -> text.append(comment("Environment", name)));
        pipelines.forEach(pipeline -> {
            text.append(comment("Pipeline", pipeline.pipeline()));
            pipeline.tasks().keySet().forEach(task -> text.append(comment("Task", pipeline.pipeline() + "/" + task)));
        });
        events().forEach(name -> text.append(comment("Event", name)));
        teams.forEach(name -> text.append(comment("Team", name)));
        return text.append(CedarSource.SCHEMA.text()).toString();
    }

    private static String comment(String type, String name) {
        return "// Baton::" + type + "::\"" + name + "\"\n";
    }

    /// The pipelines as they would be in an environment.
    List<GovernedPipeline> in(String environment) {
        return pipelines.stream()
                .map(pipeline -> new GovernedPipeline(
                        environment,
                        environments.getOrDefault(environment, Optional.empty()),
                        pipeline.pipeline(),
                        pipeline.owner(),
                        pipeline.approvers(),
                        pipeline.tasks()))
                .toList();
    }
}
