package dev.baton.compiler.internal.machine;

import dev.baton.asl.Credentials;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.compiler.internal.machine.DelegatedStates.Question;
import dev.baton.compiler.internal.machine.StateSpec.Service;
import dev.baton.run.TaskInvocation.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node whose work a service does, which is called with a role of its own if it can be: the function of its class
/// says with what, and completes the node from what was answered.
record ByService(StateSpec work, Service service, StateScope scope) implements DelegatedStates.Elsewhere {
    private static final Set<String> CLIENT_TOKENS = Set.of("ClientToken", "ClientRequestToken");
    /// What travels from state to state between the first and the last.
    private static final String CARRIED = "'due', 'call', 'answer'" + PollingStates.CARRIED;

    @Override
    public String beginning() {
        return "Prepare";
    }

    @Override
    public Question before() {
        return new Question(
                Part.PREPARE,
                "Looks whether it has to run at all, and with what the service is to be called",
                new PayloadTemplate("{% $merge([$states.input, {'due': $states.result.Payload.due,"
                        + " 'call': $states.result.Payload.call}]) %}"));
    }

    @Override
    public String doing() {
        return "Call for";
    }

    @Override
    public void write(String first, String named, String last, StateNames names, SequencedMap<String, State> into) {
        var polling = service.polling();
        if (polling == null) {
            into.put(
                    first,
                    call(
                            work.timeoutSeconds(),
                            "{% $merge([$states.input, {'answer': $states.result}]) %}",
                            Transition.next(last)));
        } else {
            var polled = new PollingStates(work, service.role(), polling);
            var wait = names.take("Wait for " + named);
            into.put(first, call(work.asking().timeoutSeconds(), polled.started(), Transition.next(wait)));
            polled.write(wait, named, first, last, names, into);
        }
    }

    private State call(long timeoutSeconds, String output, Transition next) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        service.arguments().forEach((name, fixed) -> arguments.put(name, fixed.orElseGet(() -> expression(name))));
        return TaskState.builder(service.integration())
                .comment(work.comment())
                .credentials(credentials(service.role()))
                .arguments(new PayloadTemplate(arguments))
                .timeoutSeconds(timeoutSeconds)
                .retry(StateRetriers.of(work))
                .output(new PayloadTemplate(output))
                .transition(next)
                .build();
    }

    static @Nullable Credentials credentials(@Nullable String role) {
        return role == null ? null : Credentials.of(role);
    }

    /// A token that says the same again would get the failure of the attempt before.
    private String expression(String argument) {
        var given = "$states.input.call." + argument;
        if (CLIENT_TOKENS.contains(argument) && service.polling() != null) {
            return PollingStates.token(given);
        }
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
                new PayloadTemplate(tellsResult ? MachineWriter.RESULT : handedOn(next)));
    }

    /// Neither call nor answer goes on.
    private Object handedOn(Transition next) {
        var output = scope.output(next);
        return output instanceof String
                ? "{% $sift($states.input, function($value, $name) { $not($name in [" + CARRIED + "]) }) %}"
                : output;
    }
}
