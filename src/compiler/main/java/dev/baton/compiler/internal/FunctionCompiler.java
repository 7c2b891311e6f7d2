package dev.baton.compiler.internal;

import dev.baton.compiler.internal.access.Schedules;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.graph.Declarations;
import dev.baton.graph.TaskGraph;
import dev.baton.json.Json;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Prefix;
import dev.baton.run.RecoveryPolicy;
import dev.baton.run.StartRecord;
import dev.baton.run.code.CodeHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Lambda functions of a pipeline and what they are told by their environment.
public final class FunctionCompiler {
    /// The time that a state waits longer than its function, so that the function's own error is what arrives.
    public static final int STATE_MARGIN_SECONDS = 30;

    /// The longest time that Baton's own work may take.
    public static final int OWN_SECONDS = 60;

    private static final int PIN_SECONDS = 240;
    private static final int OWN_MEGABYTES = 512;

    private final TaskGraph graph;
    private final ResourceNames names;
    private final List<TaskClass> classes;
    private final AwaitClasses awaiting;
    private final boolean governed;
    private final Map<String, String> approvals;
    private final Map<String, String> people;

    /// @param governed whether policies about people hold
    /// @param approvals the variables of the approval function alone; none where nothing is approved
    /// @param people the variables of the access function alone; none where nobody gets rights for a while
    public FunctionCompiler(
            TaskGraph graph,
            ResourceNames names,
            List<TaskClass> classes,
            AwaitClasses awaiting,
            boolean governed,
            Map<String, String> approvals,
            Map<String, String> people) {
        this.people = people;
        this.approvals = Map.copyOf(approvals);
        this.governed = governed;
        this.awaiting = awaiting;
        this.graph = graph;
        this.names = names;
        this.classes = classes;
    }

    /// The longest time that one attempt at a task may take.
    public static int timeoutSeconds(Declarations declarations) {
        return Math.toIntExact(Math.max(1, declarations.timeout().toSeconds()));
    }

    /// All functions, sorted by name.
    public List<CompiledFunction> all() {
        var functions = new ArrayList<CompiledFunction>();
        classes.forEach(type -> functions.add(task(type)));
        functions.add(own("pin", Kind.PIN, PIN_SECONDS));
        functions.add(own("start", Kind.START, OWN_SECONDS));
        if (awaiting.any()) {
            functions.add(own("await", Kind.AWAIT, OWN_SECONDS));
            functions.add(own("callback", Kind.CALLBACK, OWN_SECONDS));
        }
        if (!approvals.isEmpty()) {
            functions.add(own("approval", Kind.APPROVAL, OWN_SECONDS));
        }
        if (!people.isEmpty()) {
            functions.add(own("access", Kind.ACCESS, OWN_SECONDS));
        }
        functions.sort((a, b) -> a.name().compareTo(b.name()));
        return functions;
    }

    private CompiledFunction task(TaskClass type) {
        var taskClass = type.type();
        var environment = common();
        if (awaiting.isTold(taskClass)) {
            environment.put("BATON_CALLBACK_FUNCTION", ResourceNames.functionArn(names.own("callback")));
        }
        if (governed && type.declarations().approval().isPresent()) {
            environment.put("BATON_APPROVAL", "true");
        }
        environment.put("BATON_CODE", CodeHash.of(taskClass));
        environment.put("BATON_EVENT_BUS", "${EventBus}");
        environment.put("BATON_TASK_ROLE", names.roleArn(names.taskRole(taskClass)));
        return new CompiledFunction(
                names.function(taskClass),
                Kind.TASK,
                Optional.of(taskClass),
                names.runnerRole(taskClass),
                names.version(taskClass),
                sorted(environment),
                // Where a container or a service does the work, the function only tells what came of it.
                type.onFargate() || type.byService()
                        ? OWN_MEGABYTES
                        : type.declarations().compute().memoryMegabytes(),
                type.onFargate() || type.byService() ? OWN_SECONDS : timeoutSeconds(type.declarations()),
                awaiting.begun().contains(taskClass)
                        ? Optional.of(ResourceNames.functionVersionArn(names.own("callback"), "callback"))
                        : Optional.empty(),
                false);
    }

    private CompiledFunction own(String what, Kind kind, int seconds) {
        var environment = common();
        if (kind == Kind.START) {
            environment.put("BATON_STATE_MACHINE", "${StateMachineAlias}");
            graph.pipeline().recovery().map(RecoveryPolicy::of).ifPresent(policy -> {
                environment.put(RecoveryPolicy.VARIABLE, Json.print(policy.toJson()));
                if (policy.after().isPositive()) {
                    environment.put("BATON_SCHEDULE_ROLE", names.roleArn(names.own(Schedules.ROLE)));
                }
            });
        }
        if (governed && kind == Kind.PIN) {
            environment.put(StartRecord.VARIABLE, "true");
        }
        if (kind.isOfPeople() || governed && kind == Kind.START) {
            environment.put("BATON_ENVIRONMENT", "${Environment}");
            environment.put(IdentitySettings.VARIABLE, "${Identities}");
        }
        if (kind == Kind.APPROVAL) {
            environment.putAll(approvals);
            environment.put("BATON_EVENT_BUS", "${EventBus}");
            environment.put("BATON_STATE_MACHINE", ResourceNames.machineArn(names.machine()));
        }
        if (kind == Kind.ACCESS) {
            environment.putAll(people);
        }
        if (kind == Kind.AWAIT) {
            environment.put("BATON_CALLBACK_FUNCTION", ResourceNames.functionArn(names.own("callback")));
        }
        var name = names.own(what);
        return new CompiledFunction(
                name,
                kind,
                Optional.empty(),
                name,
                ResourceNames.version(what),
                sorted(environment),
                OWN_MEGABYTES,
                seconds,
                Optional.empty(),
                governed && (kind == Kind.START || kind.isOfPeople()));
    }

    private SortedMap<String, String> common() {
        var buckets = new LinkedHashMap<String, Object>();
        TaskClass.buckets(graph)
                .forEach(bucket -> buckets.put(bucket, "${" + ResourceNames.bucketPlaceholder(bucket) + "}"));
        var keys = new LinkedHashMap<String, Object>();
        buckets.keySet().forEach(bucket -> keys.put(bucket, "${" + ResourceNames.keyPlaceholder(bucket) + "}"));
        var environment = new TreeMap<String, String>();
        environment.put("BATON_KEYS", Json.print(keys));
        environment.put("BATON_ACCOUNT", "${AccountId}");
        environment.put("BATON_BUCKETS", Json.print(buckets));
        environment.put("BATON_PIPELINE", graph.pipeline().name());
        if (!names.prefix().isDefault()) {
            environment.put(Prefix.VARIABLE, names.prefix().word());
        }
        environment.put("BATON_REVISION", "${Revision}");
        environment.put("BATON_STATE_BUCKET", "${StateBucket}");
        return environment;
    }

    private static SequencedMap<String, String> sorted(SortedMap<String, String> environment) {
        return new LinkedHashMap<>(environment);
    }
}
