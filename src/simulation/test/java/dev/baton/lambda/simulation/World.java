package dev.baton.lambda.simulation;

import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.json.Json;
import dev.baton.lambda.simulation.Ledger.Read;
import dev.baton.lambda.simulation.LiveInvocation.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account in which one pipeline is deployed: its services, its handlers, the uploads and the people around it,
/// all on one timeline.
final class World {
    private final Timeline timeline = new Timeline();
    private final ObjectStore objects = new ObjectStore();
    private final SimulatedS3 s3 = new SimulatedS3(objects, this::created);
    private final Decisions decisions;
    private final Faults faults;
    private final Deployable deployable;
    private final SimulatedLambda lambda;
    private final Executions executions;
    private final Ledger ledger;
    private final Invariants invariants;
    private final WakeUps wakeUps = new WakeUps(this);
    private final Counts counts = new Counts();
    private final boolean hasWire;
    private final @Nullable List<String> story;
    private final List<String> violations = new ArrayList<>();
    private int release = 1;
    private int sessions;

    /// What was there to be seen.
    static final class Counts {
        long requests;
        long invocations;
        long executions;
        /// Those of them that force tasks.
        long forcing;
        /// States that waited for several nodes at once.
        long awaitsOfSeveral;
        /// Of all requests and whose they were, in their order: two schedules that are told apart by it differ.
        long order;

        void add(Counts other) {
            requests += other.requests;
            invocations += other.invocations;
            executions += other.executions;
            forcing += other.forcing;
            awaitsOfSeveral += other.awaitsOfSeveral;
        }
    }

    /// @param hasWire whether functions use the SDK's clients, up to the wire, also for S3 and STS
    /// @param story where everything that happens is written down, or null
    World(Deployable deployable, Decisions decisions, long seed, boolean hasWire, @Nullable List<String> story) {
        this.hasWire = hasWire;
        this.deployable = deployable;
        this.decisions = decisions;
        this.faults = new Faults(decisions);
        this.story = story;
        this.lambda = new SimulatedLambda(this);
        this.executions = new Executions(this, seed);
        this.ledger = new Ledger(this);
        this.invariants = new Invariants(this);
    }

    boolean hasWire() {
        return hasWire;
    }

    Timeline timeline() {
        return timeline;
    }

    ObjectStore objects() {
        return objects;
    }

    Decisions decisions() {
        return decisions;
    }

    Faults faults() {
        return faults;
    }

    Deployable deployable() {
        return deployable;
    }

    SimulatedLambda lambda() {
        return lambda;
    }

    Executions executions() {
        return executions;
    }

    Ledger ledger() {
        return ledger;
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    Invariants invariants() {
        return invariants;
    }

    Counts counts() {
        return counts;
    }

    /// What must not have happened.
    List<String> violations() {
        return violations;
    }

    void violated(@Nullable String how) {
        if (story != null) {
            tell("VIOLATED: " + how);
        }
        violations.add(String.valueOf(how));
    }

    /// The newest release is deployed; functions without a version are its functions.
    void deploy() {
        release++;
        timeline.after(2_000, () -> executions.pointAliasTo(release));
    }

    int release() {
        return release;
    }

    /// A function by its name, ARN, or the ARN of a version.
    Deployable.Function function(String arn) {
        var parts = arn.split(":");
        var name = parts.length > 6 ? parts[6] : arn;
        var number = parts.length > 7 ? Integer.parseInt(parts[7]) : release;
        var function = deployable.published(number).functions().get(name);
        if (function == null) {
            throw new IllegalArgumentException(arn + " is not deployed");
        }
        return function;
    }

    /// Somebody outside of Baton writes an object.
    void put(String bucket, String key, byte[] content) {
        objects.put(bucket, key, content, Map.of());
        created(bucket, key);
    }

    private void created(String bucket, String key) {
        for (var rule : deployable.rules()) {
            if (rule.matches(bucket, key)) {
                var event = new LinkedHashMap<String, @Nullable Object>();
                event.put("version", "0");
                event.put("source", "aws.s3");
                event.put("detail-type", "Object Created");
                event.put("detail", Map.of("bucket", Map.of("name", bucket), "object", Map.of("key", key)));
                lambda.send(rule.function(), event, true);
            }
        }
    }

    /// A service does what a request says.
    Reply handle(Wire wire, LiveInvocation by) {
        counts.requests++;
        counts.order =
                (counts.order ^ by.label().hashCode() ^ (long) wire.subject().hashCode() << 32) * 0x100000001b3L;
        return switch (wire.service()) {
            case "s3" -> {
                var reply = s3.handle(wire);
                note(wire, by, reply);
                yield reply;
            }
            case "states" -> executions.handle(wire.subject(), Json.parseObject(wire.body()));
            case "sts" -> assume();
            case "lambda" -> {
                lambda.send(wire.subject(), Json.parseObject(wire.body()), false);
                yield new Reply(202, Map.of(), new byte[0]);
            }
            default -> Reply.json(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}");
        };
    }

    private void note(Wire wire, LiveInvocation by, Reply reply) {
        if (reply.status() == 200
                && wire.method().equals("PUT")
                && wire.subject().startsWith(Deployable.STATE + "/")) {
            wakeUps.wrote(by, wire.subject().substring(Deployable.STATE.length() + 1));
        }
        if (!wire.subject().startsWith(Deployable.LAKE + "/") || reply.status() != 200) {
            return;
        }
        var key = wire.subject().substring(Deployable.LAKE.length() + 1);
        if (wire.method().equals("PUT")) {
            ledger.wrote(by, key, String.valueOf(reply.headers().get("x-amz-version-id")));
        } else if (by.function().kind() == Kind.TASK) {
            ledger.read(new Read(by, wire.method(), key, wire.query("versionId")));
        }
    }

    private Reply assume() {
        var number = ++sessions;
        return Reply.xml(
                200,
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA" + number
                        + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>"
                        + "<Expiration>" + timeline.now().plusSeconds(900)
                        + "</Expiration></Credentials><AssumedRoleUser>"
                        + "<Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>A:1</AssumedRoleId>"
                        + "</AssumedRoleUser><PackedPolicySize>40</PackedPolicySize></AssumeRoleResult></AssumeRoleResponse>");
    }

    /// Somebody calls the start function, or EventBridge does for him.
    void call(Map<String, @Nullable Object> event) {
        lambda.send(deployable.compiled().function(Kind.START).name(), event, false);
    }

    void watch(Executions.Started started) {
        started.execution()
                .closed()
                .thenAccept(closed -> tell(started.name() + " is " + closed.status()
                        + (closed.status() == ExecutionStatus.SUCCEEDED
                                ? ""
                                : ": " + closed.error() + " " + closed.cause())));
    }

    void tell(String what) {
        if (story != null) {
            story.add("%9.3f s  %s".formatted(timeline.millis() / 1_000.0, what));
        }
    }

    void tell(String label, Ending ending) {
        if (story != null) {
            tell(label + (ending.error() == null ? " answers " : " fails: ") + Json.print(ending.payload()));
        }
    }

    void tell(LiveInvocation by, int number, Wire wire, Reply reply) {
        if (story != null) {
            var version = reply.headers().get("x-amz-version-id");
            tell("  " + by.label() + " request " + number + ": " + wire.told() + " -> " + reply.status()
                    + (version == null ? "" : " " + version));
        }
    }
}
