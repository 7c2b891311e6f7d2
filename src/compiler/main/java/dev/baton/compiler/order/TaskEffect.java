package dev.baton.compiler.order;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The effect of a Task state: what a Task state does for the order of nodes, by what it calls and with what.
sealed interface TaskEffect {

    /// It does a node's work, or a part of it, and is over when that is.
    record Work(int node, Stage part) implements TaskEffect {}

    /// It is over when other nodes have ended, and when the one is done that it then begins.
    ///
    /// @param begins the node, or [NodeVocabulary#NONE]
    record Wait(List<Integer> awaited, int begins) implements TaskEffect {
        public Wait {
            awaited = List.copyOf(awaited);
        }
    }

    /// It is over when people have approved what a node is to do.
    record Consent(int node) implements TaskEffect {}

    /// It runs another machine, and is over when that is.
    record Start(String machine) implements TaskEffect {}

    /// It names no node: the first state of a pipeline, or a service that does what a function was asked for.
    record Nameless() implements TaskEffect {}

    /// It cannot be told.
    record Unknown(String why) implements TaskEffect {}

    /// The part of its node's work that an invocation does.
    enum Stage {
        /// All of it.
        TASK,
        /// The first of several states.
        OPENING,
        /// The last of several states.
        CLOSING,
        /// One of the items into which the node expands.
        ITEM
    }

    String INVOKE = ":states:::lambda:invoke";
    String WAITING = ".waitForTaskToken";
    String EXECUTION = ":states:::states:startExecution";

    /// @throws IllegalArgumentException never: what it cannot tell is [Unknown]
    static TaskEffect of(TaskState task, NodeVocabulary names) {
        var resource = task.resource();
        var arguments = object(task.data().arguments() instanceof PayloadTemplate(var value) ? value : null);
        if (resource.endsWith(EXECUTION + ".sync:2") || resource.endsWith(EXECUTION + ".sync")) {
            return machine(arguments);
        }
        if (resource.contains(EXECUTION)) {
            return new Unknown("it starts an execution and does not wait for it");
        }
        if (resource.endsWith(INVOKE + WAITING)) {
            return wait(object(arguments.get("Payload")), names);
        }
        if (resource.endsWith(INVOKE)) {
            return work(object(arguments.get("Payload")), names);
        }
        return resource.contains(INVOKE) ? new Unknown("it invokes in another way: " + resource) : new Nameless();
    }

    private static TaskEffect machine(Map<?, ?> arguments) {
        // arn:partition:states:region:account:stateMachine:name:version
        var arn = String.valueOf(arguments.get("StateMachineArn")).split(":");
        return arn.length == 8 ? new Start(arn[6]) : new Unknown("it starts no version of a machine");
    }

    private static TaskEffect work(Map<?, ?> payload, NodeVocabulary names) {
        if (payload.containsKey("await")) {
            return new Unknown("it registers an await and does not wait for it");
        }
        if (payload.containsKey("approval")) {
            return new Unknown("it asks for an approval and does not wait for it");
        }
        if (!payload.containsKey("node")) {
            return new Nameless();
        }
        var node = names.node(payload.get("node"));
        if (node == NodeVocabulary.NONE) {
            return new Unknown("it names no node of the graph: " + payload.get("node"));
        }
        var item = payload.containsKey("item");
        if (!payload.containsKey("part")) {
            return item ? new Unknown("an item is not a whole node") : new Work(node, Stage.TASK);
        }
        return switch (String.valueOf(payload.get("part"))) {
            case "ITEM" -> item ? new Work(node, Stage.ITEM) : new Unknown("it names no item");
            case "EXPAND", "LOOK", "PREPARE" -> new Work(node, item ? Stage.ITEM : Stage.OPENING);
            case "CLOSE", "ANSWER", "RECORD" -> new Work(node, item ? Stage.ITEM : Stage.CLOSING);
            default -> new Unknown("it does an unknown part of its node: " + payload.get("part"));
        };
    }

    private static TaskEffect wait(Map<?, ?> payload, NodeVocabulary names) {
        if (payload.get("approval") instanceof Map<?, ?> asked) {
            var node = names.node(asked.get("node"));
            return node == NodeVocabulary.NONE || payload.containsKey("await")
                    ? new Unknown("it waits for the approval of no node of the graph: " + asked.get("node"))
                    : new Consent(node);
        }
        if (!(object(payload.get("await")).get("nodes") instanceof List<?> list)) {
            return new Unknown("it waits for a token that nobody is given for a node");
        }
        var awaited = new ArrayList<Integer>();
        for (var name : list) {
            var node = names.node(name);
            if (node == NodeVocabulary.NONE) {
                return new Unknown("it awaits no node of the graph: " + name);
            }
            awaited.add(node);
        }
        if (!payload.containsKey("begin")) {
            return new Wait(awaited, NodeVocabulary.NONE);
        }
        var event = object(object(payload.get("begin")).get("event"));
        var begun = names.node(event.get("node"));
        return begun == NodeVocabulary.NONE || event.containsKey("part")
                ? new Unknown("it begins no node of the graph: " + event.get("node"))
                : new Wait(awaited, begun);
    }

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }
}
