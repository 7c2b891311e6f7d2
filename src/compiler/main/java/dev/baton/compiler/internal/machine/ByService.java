package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Condition;
import dev.baton.asl.Credentials;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Template;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.machine.Work.Service;
import dev.baton.task.run.TaskInvocation.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a node whose work a service does as four states: the function of its class looks whether the work is due and
/// says with what the service is to be called; if it is, the service is called with a role of its own; then the function
/// completes the node from what was answered. The last state releases who waits, as every function's does.
final class ByService {
    private static final Set<String> CLIENT_TOKENS = Set.of("ClientToken", "ClientRequestToken");

    private final Work work;
    private final Service service;
    private final Object node;
    private final Scope scope;

    /// @param node how the states name the node
    ByService(Work work, Service service, Object node, Scope scope) {
        this.work = work;
        this.service = service;
        this.node = node;
        this.scope = scope;
    }

    /// What the first state wants to be called.
    static String firstName(String node) {
        return "Prepare " + node;
    }

    /// Appends the states.
    ///
    /// @param first the name that the first state got
    void write(String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        var named = scope.stateName(work);
        var question = names.take("Is it due? " + named);
        var call = names.take("Call for " + named);
        var last = names.take(named);
        into.put(first, prepare(Transition.next(question)));
        into.put(
                question,
                ChoiceState.builder()
                        .choices(List.of(ChoiceRule.of(new Condition.Expression("{% $states.input.due %}"), call)))
                        .defaultState(last)
                        .build());
        into.put(call, call(Transition.next(last)));
        into.put(last, record(after, tellsResult));
    }

    private State prepare(Transition next) {
        return invoke(
                "Looks whether it has to run at all, and with what the service is to be called",
                told(Part.PREPARE),
                new Template("{% $merge([$states.input, {'due': $states.result.Payload.due,"
                        + " 'call': $states.result.Payload.call}]) %}"),
                next);
    }

    private State call(Transition next) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        service.arguments()
                .forEach((name, fixed) ->
                        arguments.put(name, fixed.orElseGet(() -> expression(name))));
        return TaskState.builder(service.integration())
                .comment(work.comment())
                .credentials(Credentials.of(service.role()))
                .arguments(new Template(arguments))
                .timeoutSeconds(work.timeoutSeconds())
                .retry(Retries.of(work))
                .output(new Template("{% $merge([$states.input, {'answer': $states.result}]) %}"))
                .transition(next)
                .build();
    }

    /// A token that says the same again would get the failure of the attempt before.
    private static String expression(String argument) {
        var given = "$states.input.call." + argument;
        return CLIENT_TOKENS.contains(argument)
                ? "{% " + given + " & '.' & $string($states.context.Execution.RedriveCount) & '.'"
                        + " & $string($states.context.State.RetryCount) %}"
                : "{% " + given + " %}";
    }

    private State record(Transition next, boolean tellsResult) {
        var payload = told(Part.RECORD);
        payload.put("answer", "{% $exists($states.input.answer) ? $states.input.answer : null %}");
        return invoke(
                "Completes it from what the service answered",
                payload,
                new Template(tellsResult ? "{% $states.result.Payload %}" : handedOn(next)),
                next);
    }

    /// Neither call nor answer goes on.
    private Object handedOn(Transition next) {
        var output = scope.output(next);
        return output instanceof String
                ? "{% $sift($states.input, function($value, $name) { $not($name in ['due', 'call', 'answer']) }) %}"
                : output;
    }

    private SequencedMap<String, @Nullable Object> told(Part part) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("node", node);
        payload.put("run", scope.run());
        payload.put("execution", "{% $states.context.Execution.Id %}");
        payload.put("attempt", "{% $states.context.State.RetryCount %}");
        payload.put("part", part.name());
        return payload;
    }

    private State invoke(
            String comment, SequencedMap<String, @Nullable Object> payload, Template output, Transition next) {
        var answering = InContainer.answering(work);
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
