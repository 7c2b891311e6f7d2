package dev.baton.compiler.gate;

import dev.baton.asl.StateType;
import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a definition in the Amazon States Language against the rules of a team. It wants nothing of whoever wrote it
/// but that it is JSON; what the language itself has against it is found elsewhere.
public final class Gate {
    private static final String PLACEHOLDER = "\\$\\{[^}]*}";
    /// The ARN of a function, whole or as it stands in `FunctionName`, and what qualifies it.
    private static final Pattern FUNCTION =
            Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:(?<name>[^:]+)(?::(?<qualifier>.+))?");
    private static final Pattern INVOKE =
            Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?lambda:invoke(\\..*)?");

    private final String source;
    private final GatePolicy policy;
    private final List<Diagnostic> findings = new ArrayList<>();

    private Gate(String source, GatePolicy policy) {
        this.source = source;
        this.policy = policy;
    }

    /// The findings about a definition, in the order of its text.
    ///
    /// @param source what findings call the text
    public static List<Diagnostic> check(String source, String definition, GatePolicy policy) {
        return check(source, machine(definition), policy);
    }

    /// The findings about a definition that stands in another text.
    ///
    /// @param source what findings call the text
    public static List<Diagnostic> check(String source, Node definition, GatePolicy policy) {
        return check(source, GraphText.of(definition), policy);
    }

    private static List<Diagnostic> check(String source, @Nullable GraphText machine, GatePolicy policy) {
        var gate = new Gate(source, policy);
        if (machine != null && machine.first() != null) {
            gate.check(machine);
        }
        return gate.findings.stream()
                .sorted((a, b) -> line(a) == line(b) ? a.code().compareTo(b.code()) : Integer.compare(line(a), line(b)))
                .toList();
    }

    /// The cost that an execution of a definition may come to, or null where it is not a definition.
    public static @Nullable ExecutionCost cost(String definition) {
        var machine = machine(definition);
        return machine == null || machine.first() == null ? null : ExecutionCost.of(machine);
    }

    private static @Nullable GraphText machine(String definition) {
        try {
            return GraphText.of(Node.parse(definition));
        } catch (JsonException e) {
            return null;
        }
    }

    private void check(GraphText machine) {
        var all = machine.allStates();
        for (var state : all) {
            if (isTask(state)) {
                task(state);
            }
        }
        if (all.stream().anyMatch(Gate::isTask) && !hasComment(machine.fields())) {
            report(
                    GateRule.INTENT,
                    1,
                    1,
                    "",
                    "the machine does not say what it is for",
                    "give it a Comment at the top");
        }
        new ProposalRules(policy, this::report).check(machine);
        for (var approval : policy.approvals()) {
            new Approvals(approval)
                    .missing(machine)
                    .forEach(missing -> report(
                            GateRule.APPROVAL,
                            missing.state(),
                            "",
                            missing.state().name() + " touches " + missing.what()
                                    + ", but can be reached without an approval by "
                                    + String.join(" or ", approval.by()),
                            "lead every way to it through a state that waits for the approval"));
        }
        cost(machine);
    }

    private static boolean hasComment(ObjectNode node) {
        var text = text(node, "Comment");
        return text != null && !text.isBlank();
    }

    static boolean isTask(StateText state) {
        return state.type() == StateType.TASK;
    }

    /// What a task is called with: `Arguments` or `Parameters`.
    static @Nullable ObjectNode arguments(StateText state) {
        var arguments = state.fields().get("Arguments");
        return (arguments == null ? state.fields().get("Parameters") : arguments) instanceof ObjectNode object
                ? object
                : null;
    }

    private static @Nullable String text(ObjectNode node, String field) {
        var text = node.get(field);
        return text == null ? null : text.text();
    }

    private void task(StateText state) {
        var node = state.fields();
        if (!node.has("TimeoutSeconds") && !node.has("TimeoutSecondsPath")) {
            report(
                    GateRule.TIMEOUT,
                    state,
                    "",
                    state.name() + " waits as long as it takes, up to a year",
                    "give it TimeoutSeconds");
        }
        if (awaitsToken(state)
                && !node.has("HeartbeatSeconds")
                && !node.has("HeartbeatSecondsPath")
                && !isShort(node)
                // Whom people keep waiting gives no signs of life; its timeout is its end.
                && policy.approvals().stream().noneMatch(approval -> Approvals.isBy(state, approval))) {
            report(
                    GateRule.HEARTBEAT,
                    state,
                    "",
                    state.name() + " waits for a task token and does not notice when its holder is gone",
                    "give it HeartbeatSeconds, or TimeoutSeconds of at most " + policy.heartbeatBeyondSeconds());
        }
        credentials(state);
        function(state);
        if (!hasComment(node)) {
            report(GateRule.INTENT, state, "", state.name() + " does not say what it is for", "give it a Comment");
        }
    }

    private static boolean awaitsToken(StateText state) {
        return state.text("Resource").endsWith(".waitForTaskToken")
                || state.text("Resource").contains(":activity:");
    }

    private boolean isShort(ObjectNode node) {
        return node.get("TimeoutSeconds") instanceof ScalarNode scalar
                && scalar.value() instanceof Number seconds
                && seconds.doubleValue() <= policy.heartbeatBeyondSeconds();
    }

    private void credentials(StateText state) {
        var credentials = state.fields().get("Credentials");
        if (credentials == null) {
            return;
        }
        var role = credentials instanceof ObjectNode object ? text(object, "RoleArn") : null;
        if (role != null && !isComputed(role)) {
            return;
        }
        report(
                GateRule.CREDENTIALS,
                state,
                "/Credentials",
                state.name() + " takes its role from its input: anyone who starts an execution chooses what it may do",
                "write the role's ARN into the definition");
    }

    /// What is known only when the state runs. `${…}` is replaced before.
    static boolean isComputed(String text) {
        return text.startsWith("{%") || text.startsWith("$.") || text.startsWith("$$.") || text.startsWith("States.");
    }

    private void function(StateText state) {
        if (FUNCTION.matcher(state.text("Resource")).matches()) {
            function(state, "/Resource", state.text("Resource"));
            return;
        }
        if (!INVOKE.matcher(state.text("Resource").replaceAll(PLACEHOLDER, "x")).matches()) {
            return;
        }
        var arguments = arguments(state);
        var at = state.fields().has("Arguments") ? "/Arguments" : "/Parameters";
        if (arguments == null || arguments.has("FunctionName.$")) {
            dynamic(state, at);
            return;
        }
        var name = text(arguments, "FunctionName");
        if (name == null || isComputed(name)) {
            dynamic(state, at);
            return;
        }
        // The version may also be said beside the name.
        var qualifier = text(arguments, "Qualifier");
        function(state, at + "/FunctionName", qualifier == null ? name : name + ":" + qualifier);
    }

    private void dynamic(StateText state, String at) {
        report(
                GateRule.FUNCTION,
                state,
                at,
                state.name() + " takes the function from its input: anyone who starts an execution chooses what runs",
                "write the function's ARN with its version into the definition");
    }

    private void function(StateText state, String at, String name) {
        var plain = name.replaceAll(PLACEHOLDER, "x");
        var arn = FUNCTION.matcher(plain);
        var qualifier = arn.matches() ? arn.group("qualifier") : afterColon(plain);
        if (plain.contains("*") || plain.contains("?")) {
            report(
                    GateRule.FUNCTION,
                    state,
                    at,
                    state.name() + " names no function in particular: " + name,
                    "write the function's ARN with its version into the definition");
        } else if ((qualifier == null || qualifier.equals("$LATEST")) && !name.matches(PLACEHOLDER)) {
            report(
                    GateRule.UNQUALIFIED,
                    state,
                    at,
                    state.name() + " invokes " + name + " without a version: a deployment changes executions"
                            + " that run",
                    "name a version or an alias");
        }
    }

    private static @Nullable String afterColon(String name) {
        var colon = name.indexOf(':');
        return colon < 0 ? null : name.substring(colon + 1);
    }

    private void cost(GraphText machine) {
        var cost = ExecutionCost.of(machine);
        var ceiling = policy.ceiling();
        if (ceiling != null) {
            if (cost.loop() != null) {
                report(
                        GateRule.COST,
                        1,
                        1,
                        "",
                        "what an execution costs has no bound: it may go round " + cost.loop() + " for ever",
                        "end the loop in a state machine of its own, or take the ceiling off");
            } else if (cost.dollars(policy.perThousand()).compareTo(ceiling) > 0) {
                report(
                        GateRule.COST,
                        1,
                        1,
                        "",
                        "an execution costs up to $" + ExecutionCost.shown(cost.dollars(policy.perThousand())) + " ("
                                + cost.transitions() + " transitions with all retries), more than $"
                                + ceiling.toPlainString(),
                        "retry less, split the machine, or raise the ceiling in the policy file");
            }
        }
        var perItem = policy.ceilingPerItem();
        if (perItem != null) {
            for (var map : cost.perItem()) {
                if (map.dollars(policy.perThousand()).compareTo(perItem) > 0) {
                    report(
                            GateRule.COST,
                            map.line(),
                            map.column(),
                            map.pointer(),
                            "each item of " + map.map() + " costs up to $"
                                    + ExecutionCost.shown(map.dollars(policy.perThousand())) + " (" + map.transitions()
                                    + " transitions with all retries), more than $" + perItem.toPlainString(),
                            "retry less, batch the items, or raise the ceiling in the policy file");
                }
            }
        }
    }

    /// @param at what of the state it is about, as a pointer
    private void report(GateRule rule, StateText state, String at, String message, String remedy) {
        var member = at.isEmpty() ? null : state.fields().member(at.substring(1).split("/", 2)[0]);
        // Where what it is about is not there, the state itself.
        var place = state.place().fieldOrHere(member);
        report(
                rule,
                place.line(),
                place.column(),
                member == null ? place.pointer() : state.place().pointer() + at,
                message,
                remedy);
    }

    private void report(GateRule rule, int line, int column, String pointer, String message, String remedy) {
        var location = new Location.InText(source, line, column, pointer);
        switch (policy.level(rule)) {
            case ERROR -> findings.add(Diagnostic.error(rule.code(), location, message, remedy));
            case WARNING -> findings.add(Diagnostic.warning(rule.code(), location, message, remedy));
            case OFF -> {}
        }
    }

    private static int line(Diagnostic finding) {
        return finding.location() instanceof Location.InText text ? text.line() : 0;
    }
}
