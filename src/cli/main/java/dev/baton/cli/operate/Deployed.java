package dev.baton.cli.operate;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.task.run.Buckets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/// A pipeline as an endpoint has it. Its start function knows all that one needs to know, so a command needs neither
/// the pipeline's jar nor the environment's file.
///
/// @param alias the ARN of what executions are started through
/// @param machine the ARN of the state machine
/// @param startFunction the name of the function that starts executions
/// @param buckets the real bucket of each logical one
public record Deployed(
        String pipeline,
        String alias,
        String machine,
        String startFunction,
        String stateBucket,
        Map<String, String> buckets) {
    /// What is said where there is none.
    public static final String NOTHING = "nothing is deployed here";

    private static final String PREFIX = "baton-";
    private static final Pattern PART = Pattern.compile("(.+)-part-[0-9]+");
    private static final int MACHINE_PARTS = 7;

    public Deployed {
        buckets = Map.copyOf(buckets);
    }

    /// The names of all pipelines of an endpoint, sorted.
    public static List<String> names(Endpoint endpoint) {
        var machines = new TreeSet<String>();
        endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .map(StateMachineListItem::name)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .forEach(machines::add);
        return machines.stream()
                .filter(name -> {
                    var part = PART.matcher(name);
                    return !part.matches() || !machines.contains(part.group(1));
                })
                .toList();
    }

    /// @throws DiagnosticException CLI013 when the endpoint has no such pipeline
    public static Deployed of(Endpoint endpoint, String pipeline) {
        var function = PREFIX + pipeline + "-start";
        try {
            var variables = endpoint.lambda()
                    .getFunctionConfiguration(request -> request.functionName(function))
                    .environment()
                    .variables();
            var alias = variables.getOrDefault("BATON_STATE_MACHINE", "");
            var parts = alias.split(":");
            var buckets = new LinkedHashMap<String, String>();
            Json.parseObject(variables.getOrDefault("BATON_BUCKETS", "{}"))
                    .forEach((logical, real) -> buckets.put(logical, String.valueOf(real)));
            return new Deployed(
                    pipeline,
                    alias,
                    String.join(":", List.of(parts).subList(0, Math.min(MACHINE_PARTS, parts.length))),
                    function,
                    variables.getOrDefault("BATON_STATE_BUCKET", ""),
                    buckets);
        } catch (ResourceNotFoundException e) {
            var known = names(endpoint);
            throw new DiagnosticException(Diagnostic.error(
                    "CLI013",
                    Location.named(pipeline),
                    "no pipeline of this name is deployed here; deployed are "
                            + (known.isEmpty() ? "none" : String.join(", ", known)),
                    "name one of these, or deploy it: baton deploy ENV"));
        }
    }

    /// All pipelines of an endpoint, sorted by name.
    public static List<Deployed> all(Endpoint endpoint) {
        return names(endpoint).stream().map(name -> of(endpoint, name)).toList();
    }

    /// Where the objects are that the tasks of a state machine name, a child's too; null where it is no pipeline's.
    static @Nullable Buckets buckets(Endpoint endpoint, String machineArn) {
        var name = machineArn.substring(machineArn.lastIndexOf(':') + 1);
        var part = PART.matcher(name);
        var own = part.matches() ? part.group(1) : name;
        return own.startsWith(PREFIX) && names(endpoint).contains(own.substring(PREFIX.length()))
                ? of(endpoint, own.substring(PREFIX.length())).locations()
                : null;
    }

    /// Where the objects that tasks name are.
    public Buckets locations() {
        return new Buckets(buckets);
    }

    /// The ARN that an execution of a name has.
    public String execution(String name) {
        return machine.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
    }
}
