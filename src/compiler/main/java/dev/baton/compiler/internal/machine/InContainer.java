package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Condition;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Template;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.Functions;
import dev.baton.compiler.internal.machine.Work.Container;
import dev.baton.task.run.TaskInvocation.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes a node whose work a container does as four states: the function of its class looks whether the work is due, and
/// if it is, the container runs; then the function tells what was answered. A container takes a minute to start and costs
/// what it lasts, so none is started to find that there is nothing to do.
///
/// To Step Functions a container that ends with any code but 0 has failed with one and the same error, and is tried
/// again. A container that must not be tried again therefore ends with 0, and the last state fails as a function would
/// have failed: with the error's own name and sentence.
final class InContainer {
    private final Work work;
    private final Container container;
    private final Object node;
    private final Scope scope;

    /// @param node how the states name the node
    InContainer(Work work, Container container, Object node, Scope scope) {
        this.work = work;
        this.container = container;
        this.node = node;
        this.scope = scope;
    }

    /// What the first state wants to be called.
    static String firstName(String node) {
        return "Look for " + node;
    }

    /// The work of the first and of the last state, which the function does.
    static Work answering(Work work) {
        return new Work(
                work.id(),
                work.kind(),
                work.comment(),
                work.function(),
                Functions.OWN_SECONDS + Functions.STATE_MARGIN_SECONDS,
                work.retrying());
    }

    /// Appends the states.
    ///
    /// @param first the name that the first state got
    void write(String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        var named = scope.stateName(work);
        var question = names.take("Is it due? " + named);
        var run = names.take("Run " + named);
        var last = names.take(named);
        into.put(first, look(Transition.next(question)));
        into.put(
                question,
                ChoiceState.builder()
                        .choices(List.of(ChoiceRule.of(new Condition.Expression("{% $states.input.due %}"), run)))
                        .defaultState(last)
                        .build());
        into.put(run, run(Transition.next(last)));
        into.put(last, answer(after, tellsResult));
    }

    private State look(Transition next) {
        return invoke(
                "Looks whether it has to run at all",
                Part.LOOK,
                new Template("{% $merge([$states.input, {'due': $states.result.Payload.due}]) %}"),
                next);
    }

    private State run(Transition next) {
        var network = new LinkedHashMap<String, @Nullable Object>();
        network.put("AssignPublicIp", "${ContainerPublicIp}");
        network.put("SecurityGroups", "{% $split('${ContainerSecurityGroups}', ',') %}");
        network.put("Subnets", "{% $split('${ContainerSubnets}', ',') %}");
        var override = new LinkedHashMap<String, @Nullable Object>();
        override.put("Name", container.name());
        override.put(
                "Environment",
                List.of(
                        variable("BATON_ATTEMPT", "{% $string($states.context.State.RetryCount) %}"),
                        variable("BATON_EXECUTION", "{% $states.context.Execution.Id %}"),
                        variable("BATON_NODE", node),
                        variable("BATON_RUN", asText(scope.run()))));
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("Cluster", container.cluster());
        arguments.put("TaskDefinition", container.taskDefinition());
        arguments.put("LaunchType", "FARGATE");
        arguments.put("PropagateTags", "TASK_DEFINITION");
        arguments.put("NetworkConfiguration", Map.of("AwsvpcConfiguration", network));
        arguments.put("Overrides", Map.of("ContainerOverrides", List.of(override)));
        return TaskState.builder("arn:${Partition}:states:::ecs:runTask.sync")
                .comment(work.comment())
                .arguments(new Template(arguments))
                .timeoutSeconds(work.timeoutSeconds())
                .retry(Retries.of(work))
                .output(new Template(scope.output(next)))
                .transition(next)
                .build();
    }

    private static Map<String, @Nullable Object> variable(String name, Object value) {
        var variable = new LinkedHashMap<String, @Nullable Object>();
        variable.put("Name", name);
        variable.put("Value", value);
        return variable;
    }

    /// `{% $run %}` as `{% $string($run) %}`: variables of containers are texts.
    private static String asText(Object expression) {
        var text = String.valueOf(expression);
        return "{% $string(" + text.substring("{% ".length(), text.length() - " %}".length()) + ") %}";
    }

    private State answer(Transition next, boolean tellsResult) {
        return invoke(
                "Tells what the container answered",
                Part.ANSWER,
                new Template(tellsResult ? "{% $states.result.Payload %}" : scope.output(next)),
                next);
    }

    private State invoke(String comment, Part part, Template output, Transition next) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("node", node);
        payload.put("run", scope.run());
        payload.put("execution", "{% $states.context.Execution.Id %}");
        payload.put("attempt", "{% $states.context.State.RetryCount %}");
        payload.put("part", part.name());
        var answering = answering(work);
        return TaskState.builder(MachineWriter.INVOKE)
                .comment(comment)
                .arguments(MachineWriter.invocation(work.function(), payload))
                .timeoutSeconds(answering.timeoutSeconds())
                .retry(Retries.of(answering))
                .output(output)
                .transition(next)
                .build();
    }
}
