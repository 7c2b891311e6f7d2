package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.Condition;
import dev.baton.asl.Operand;
import dev.baton.asl.PassState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.WaitState;
import dev.baton.task.service.StatusPoll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes how the end is awaited of what a call only starts: wait, ask, and again, until it has ended or its time is
/// up. How often is bounded, so that the history has room for it; the longer it may take, the longer are the waits.
///
/// What fails is the last state, and it fails once: redriven it goes back to the call, as a state that waits for a
/// service by itself would call again.
final class PollingStates {
    /// The most questions that are asked.
    static final int MOST_ROUNDS = 100;

    /// What its states hand on besides, as the end of a list.
    static final String CARRIED = ", 'started', 'rounds', 'redrive', 'why'";

    private final StateSpec work;
    private final @Nullable String role;
    private final StatusPoll polling;
    private final long waitSeconds;
    private final long rounds;

    /// @param role the ARN of the role that asks; null for that of executions
    PollingStates(StateSpec work, @Nullable String role, StatusPoll polling) {
        this.work = work;
        this.role = role;
        this.polling = polling;
        this.waitSeconds = Math.ceilDiv(work.timeoutSeconds(), (long) MOST_ROUNDS);
        this.rounds = Math.ceilDiv(work.timeoutSeconds(), waitSeconds);
    }

    /// What the call hands on.
    String started() {
        return "{% $merge([$states.input, {'started': $states.result." + polling.id()
                + ", 'rounds': 0, 'redrive': $states.context.Execution.RedriveCount}]) %}";
    }

    /// A UUID that is another one for each redrive.
    static String token(String given) {
        return "{% $substring(" + given
                + ", 0, 33) & $pad($string($states.context.Execution.RedriveCount), -3, '0') %}";
    }

    /// Appends the states.
    ///
    /// @param wait the name that the first of them got
    /// @param named what the node is called
    /// @param call the state that starts it
    /// @param last the state that goes on with the answer
    void write(
            String wait, String named, String call, String last, StateNames names, SequencedMap<String, State> into) {
        var ask = names.take("Ask for " + named);
        var question = names.take("Has it ended? " + named);
        var stop = names.take("Stop " + named);
        var report = names.take("Tell why not " + named);
        into.put(
                wait,
                WaitState.builder(new WaitState.Until.Seconds(Operand.<Number>of(waitSeconds)))
                        .transition(Transition.next(ask))
                        .build());
        into.put(ask, ask(Transition.next(question)));
        into.put(
                question,
                ChoiceState.builder()
                        .choices(List.of(
                                when(
                                        "$states.input.answer." + polling.status() + " in " + list(polling.succeeded()),
                                        last),
                                when(isGoingOn() + " and $states.input.rounds < " + rounds, wait),
                                when(isGoingOn(), stop)))
                        .defaultState(report)
                        .build());
        into.put(stop, stop(Transition.next(report)));
        into.put(report, report(Transition.next(call)));
    }

    private static ChoiceRule when(String condition, String next) {
        return ChoiceRule.of(new Condition.Expression("{% " + condition + " %}"), next);
    }

    private String isGoingOn() {
        return "$states.input.answer." + polling.status() + " in " + list(polling.goingOn());
    }

    private static String list(List<String> texts) {
        return texts.stream().collect(Collectors.joining("', '", "['", "']"));
    }

    private State ask(Transition next) {
        var kept = polling.kept().stream()
                .map(member -> "'" + member + "': $states.result." + polling.subject() + "." + member)
                .collect(Collectors.joining(", ", "{", "}"));
        var reason = "$states.result." + polling.subject() + "." + polling.reason();
        var why = "$states.input.started & ' ended as ' & $states.result." + polling.subject() + "." + polling.status()
                + " & ($exists(" + reason + ") ? ': ' & " + reason + " : '')";
        return calling(polling.integration(), Map.of())
                .comment("Asks how far it has come")
                .output(new PayloadTemplate("{% $merge([$states.input, {'rounds': $states.input.rounds + 1, 'answer': "
                        + kept + ", 'why': " + why + "}]) %}"))
                .transition(next)
                .build();
    }

    private State stop(Transition next) {
        return calling(polling.stopping(), polling.stoppingWith())
                .comment("Stops it, since its time is up")
                .output(new PayloadTemplate(
                        "{% $merge([$states.input, {'why': $states.input.started & ' had not ended after "
                                + work.timeoutSeconds() + " seconds and was stopped'}]) %}"))
                .transition(next)
                .build();
    }

    private TaskState.Builder calling(String integration, Map<String, String> more) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put(polling.id(), "{% $states.input.started %}");
        arguments.putAll(more);
        return TaskState.builder("arn:${Partition}:states:::" + integration)
                .credentials(ByService.credentials(role))
                .arguments(new PayloadTemplate(arguments))
                .timeoutSeconds(work.asking().timeoutSeconds())
                .retry(StateRetriers.ofAsking());
    }

    private State report(Transition next) {
        return PassState.builder()
                .comment("Fails with what became of it; a redrive calls again")
                .output(new PayloadTemplate(
                        "{% $states.context.Execution.RedriveCount > $states.input.redrive ? $states.input"
                                + " : $error($states.input.why) %}"))
                .transition(next)
                .build();
    }
}
