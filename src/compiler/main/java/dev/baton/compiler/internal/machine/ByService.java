package dev.baton.compiler.internal.machine;

import dev.baton.asl.Credentials;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Template;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.machine.Asking.Question;
import dev.baton.compiler.internal.machine.Work.Service;
import dev.baton.task.run.TaskInvocation.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node whose work a service does, which is called with a role of its own: the function of its class says with what,
/// and completes the node from what was answered.
final class ByService implements Asking.Elsewhere {
    private static final Set<String> CLIENT_TOKENS = Set.of("ClientToken", "ClientRequestToken");

    private final Work work;
    private final Service service;
    private final Scope scope;

    ByService(Work work, Service service, Scope scope) {
        this.work = work;
        this.service = service;
        this.scope = scope;
    }

    @Override
    public String beginning() {
        return "Prepare";
    }

    @Override
    public Question before() {
        return new Question(
                Part.PREPARE,
                "Looks whether it has to run at all, and with what the service is to be called",
                new Template("{% $merge([$states.input, {'due': $states.result.Payload.due,"
                        + " 'call': $states.result.Payload.call}]) %}"));
    }

    @Override
    public String doing() {
        return "Call for";
    }

    @Override
    public State state(Transition next) {
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

    @Override
    public Question after(Transition next, boolean tellsResult) {
        return new Question(
                Part.RECORD,
                "Completes it from what the service answered",
                Map.of("answer", "{% $exists($states.input.answer) ? $states.input.answer : null %}"),
                new Template(tellsResult ? MachineWriter.RESULT : handedOn(next)));
    }

    /// Neither call nor answer goes on.
    private Object handedOn(Transition next) {
        var output = scope.output(next);
        return output instanceof String
                ? "{% $sift($states.input, function($value, $name) { $not($name in ['due', 'call', 'answer']) }) %}"
                : output;
    }
}
