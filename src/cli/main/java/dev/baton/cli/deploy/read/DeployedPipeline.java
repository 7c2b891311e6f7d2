package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.name.Arn;
import dev.baton.run.BucketNames;
import dev.baton.run.IdentitySettings;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// @param identities by which its functions tell who asks; absent where policies about people do not hold
public record DeployedPipeline(
        String pipeline,
        String alias,
        String machine,
        String startFunction,
        String stateBucket,
        Map<String, String> buckets,
        Optional<IdentitySettings> identities) {
    /// The message where there is none.
    public static final String NOTHING = "nothing is deployed here";

    private static final Pattern PART = Pattern.compile("(.+)-part-[0-9]+");
    /// Lambda refuses to be asked for longer names; a state machine's may have 80 characters.
    private static final int LONGEST_FUNCTION = 64;

    public DeployedPipeline {
        buckets = Map.copyOf(buckets);
    }

    /// One where policies about people do not hold.
    public DeployedPipeline(
            String pipeline,
            String alias,
            String machine,
            String startFunction,
            String stateBucket,
            Map<String, String> buckets) {
        this(pipeline, alias, machine, startFunction, stateBucket, buckets, Optional.empty());
    }

    /// The names of all state machines of an endpoint that are called like a pipeline's, sorted by it: perhaps not all
    /// are pipelines.
    public static List<String> names(Endpoint endpoint) {
        var prefix = endpoint.prefix().names();
        var machines = new TreeSet<String>();
        endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .map(StateMachineListItem::name)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .forEach(machines::add);
        return machines.stream()
                .filter(name -> {
                    var part = PART.matcher(name);
                    return !part.matches() || !machines.contains(part.group(1));
                })
                .toList();
    }

    /// The pipeline of a name; nothing where the endpoint has none, or where what is called like one's start function
    /// is somebody else's.
    public static Optional<DeployedPipeline> find(Endpoint endpoint, String pipeline) {
        var function = endpoint.prefix().of(pipeline) + "-start";
        if (function.length() > LONGEST_FUNCTION) {
            return Optional.empty();
        }
        try {
            var environment = endpoint.lambda()
                    .getFunctionConfiguration(request -> request.functionName(function))
                    .environment();
            return environment == null ? Optional.empty() : read(pipeline, function, environment.variables());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<DeployedPipeline> read(String pipeline, String function, Map<String, String> variables) {
        var alias = variables.get("BATON_STATE_MACHINE");
        var stateBucket = variables.get("BATON_STATE_BUCKET");
        var arn = alias == null ? null : Arn.find(alias);
        if (alias == null || arn == null || stateBucket == null) {
            return Optional.empty();
        }
        var buckets = new LinkedHashMap<String, String>();
        try {
            Json.parseObject(variables.getOrDefault("BATON_BUCKETS", "{}"))
                    .forEach((logical, real) -> buckets.put(logical, String.valueOf(real)));
            return Optional.of(new DeployedPipeline(
                    pipeline,
                    alias,
                    arn.unqualified().toString(),
                    function,
                    stateBucket,
                    buckets,
                    Optional.ofNullable(variables.get(IdentitySettings.VARIABLE))
                            .map(IdentitySettings::parse)));
        } catch (JsonException | InvalidInput e) {
            return Optional.empty();
        }
    }

    /// @throws DiagnosticException CLI013 when the endpoint has no such pipeline
    public static DeployedPipeline of(Endpoint endpoint, String pipeline) {
        return find(endpoint, pipeline).orElseThrow(() -> {
            var known = DeployedPipelines.of(endpoint).names();
            return new DiagnosticException(Diagnostic.error(
                    "CLI013",
                    Location.named(pipeline),
                    "no pipeline of this name is deployed here; deployed are "
                            + (known.isEmpty() ? "none" : String.join(", ", known)),
                    "name one of these, or deploy it: baton deploy ENV"));
        });
    }

    /// The buckets that the tasks of a state machine name, a child's too; null where it is not a pipeline's.
    public static @Nullable BucketNames buckets(Endpoint endpoint, String machineArn) {
        return ofMachine(endpoint, machineArn).map(DeployedPipeline::locations).orElse(null);
    }

    /// The pipeline that a state machine is of, or a child; nothing where it is not a pipeline's.
    public static Optional<DeployedPipeline> ofMachine(Endpoint endpoint, String machineArn) {
        var name = Arn.last(machineArn);
        var part = PART.matcher(name);
        var own = part.matches() ? part.group(1) : name;
        var prefix = endpoint.prefix().names();
        return own.startsWith(prefix) ? find(endpoint, own.substring(prefix.length())) : Optional.empty();
    }

    /// Whether policies about people hold: who asks its functions for something has to prove who that is.
    public boolean governed() {
        return identities.isPresent();
    }

    /// The buckets that the tasks name.
    public BucketNames locations() {
        return new BucketNames(buckets);
    }

    /// The ARN that an execution of a name has.
    public String execution(String name) {
        return machine.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
    }
}
