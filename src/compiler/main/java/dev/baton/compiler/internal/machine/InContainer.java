package dev.baton.compiler.internal.machine;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.machine.DelegatedStates.Question;
import dev.baton.compiler.internal.machine.StateSpec.Container;
import dev.baton.run.TaskInvocation.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A node whose work a container does, if the function of its class finds it due: a container takes a minute to start
/// and costs what it lasts, so none is started to find that there is nothing to do.
///
/// To Step Functions a container that ends with any code but 0 has failed with one and the same error, and is tried
/// again. A container that must not be tried again therefore ends with 0, and the last state fails as a function would
/// have failed: with the error's own name and sentence.
///
/// @param node how the states name the node
record InContainer(StateSpec work, Container container, Object node, StateScope scope)
        implements DelegatedStates.Elsewhere {
    @Override
    public String beginning() {
        return "Look for";
    }

    @Override
    public Question before() {
        return new Question(
                Part.LOOK,
                "Looks whether it has to run at all",
                new PayloadTemplate("{% $merge([$states.input, {'due': $states.result.Payload.due}]) %}"));
    }

    @Override
    public String doing() {
        return "Run";
    }

    @Override
    public void write(String first, String named, String last, StateNames names, SequencedMap<String, State> into) {
        into.put(first, state(Transition.next(last)));
    }

    private State state(Transition next) {
        var network = new LinkedHashMap<String, @Nullable Object>();
        network.put("AssignPublicIp", "${ContainerPublicIp}");
        network.put("SecurityGroups", "{% $split('${ContainerSecurityGroups}', ',') %}");
        network.put("Subnets", "{% $split('${ContainerSubnets}', ',') %}");
        var override = new LinkedHashMap<String, @Nullable Object>();
        override.put("Name", container.name());
        override.put("Environment", variables());
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("Cluster", container.cluster());
        arguments.put("TaskDefinition", container.taskDefinition());
        arguments.put("LaunchType", "FARGATE");
        arguments.put("PropagateTags", "TASK_DEFINITION");
        arguments.put("NetworkConfiguration", Map.of("AwsvpcConfiguration", network));
        arguments.put("Overrides", Map.of("ContainerOverrides", List.of(override)));
        return TaskState.builder("arn:${Partition}:states:::ecs:runTask.sync")
                .comment(work.comment())
                .arguments(new PayloadTemplate(arguments))
                .timeoutSeconds(work.timeoutSeconds())
                .retry(StateRetriers.of(work))
                .output(new PayloadTemplate(scope.output(next)))
                .transition(next)
                .build();
    }

    private List<Map<String, @Nullable Object>> variables() {
        var variables = new ArrayList<Map<String, @Nullable Object>>();
        variables.add(variable("BATON_ATTEMPT", "{% $string($states.context.State.RetryCount) %}"));
        variables.add(variable("BATON_EXECUTION", "{% $states.context.Execution.Id %}"));
        scope.item().ifPresent(item -> variables.add(variable("BATON_ITEM", asText(item))));
        variables.add(variable("BATON_NODE", node));
        variables.add(variable("BATON_RUN", asText(scope.run())));
        return variables;
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

    @Override
    public Question after(Transition next, boolean tellsResult) {
        return new Question(
                Part.ANSWER,
                "Tells what the container answered",
                new PayloadTemplate(tellsResult ? MachineWriter.RESULT : scope.output(next)));
    }
}
