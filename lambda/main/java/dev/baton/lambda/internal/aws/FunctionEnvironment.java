package dev.baton.lambda.internal.aws;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import dev.baton.task.InvalidInput;
import dev.baton.task.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that a function was deployed with. In Lambda they are the process's own; functions that run inside
/// one JVM each have theirs.
public final class FunctionEnvironment {
    /// Whether endpoints are those that are validated for FIPS 140.
    static final String FIPS = "AWS_USE_FIPS_ENDPOINT";
    /// Whether endpoints also have an address in IPv6.
    static final String DUAL_STACK = "AWS_USE_DUALSTACK_ENDPOINT";

    private final Map<String, String> variables;
    private final Map<String, String> buckets;
    private final Map<String, String> keys;

    public FunctionEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        this.buckets = strings("BATON_BUCKETS");
        this.keys = strings("BATON_KEYS");
    }

    public String region() {
        return need("AWS_REGION");
    }

    /// The address at which all services answer when it is not AWS itself.
    public @Nullable URI endpoint() {
        var url = find("AWS_ENDPOINT_URL");
        return url == null ? null : URI.create(url);
    }

    public String pipeline() {
        return need("BATON_PIPELINE");
    }

    /// The prefix of the names of everything that is deployed beside the function.
    public Prefix prefix() {
        var word = find(Prefix.VARIABLE);
        return word == null ? Prefix.BATON : new Prefix(word);
    }

    public String stateBucket() {
        return need("BATON_STATE_BUCKET");
    }

    /// The state machine that the start function starts, mostly through its alias.
    public String stateMachine() {
        return need("BATON_STATE_MACHINE");
    }

    public String taskRole() {
        return need("BATON_TASK_ROLE");
    }

    /// The surroundings of the function's tasks.
    public Surroundings surroundings() {
        return Surroundings.of(taskRole(), region());
    }

    /// The hash of the code of the function's tasks, or null where the deployment did not tell.
    public @Nullable String code() {
        return find("BATON_CODE");
    }

    /// Whether the function's tasks run only when they were approved.
    public boolean approved() {
        return isSet("BATON_APPROVAL");
    }

    public @Nullable String callbackFunction() {
        return find("BATON_CALLBACK_FUNCTION");
    }

    public @Nullable String eventBus() {
        return find("BATON_EVENT_BUS");
    }

    /// Which revision of the sources the function was built from, as JSON: what the deployment told, else the stamp of
    /// the code; empty where neither says it.
    public Map<String, @Nullable Object> revision() {
        var text = find("BATON_REVISION");
        return text == null || !text.startsWith("{")
                ? stamp(FunctionEnvironment.class.getClassLoader())
                : Json.parseObject(text);
    }

    /// What the one stamp on a class path says. Where several jars are stamped, nobody knows which is the pipeline's.
    static Map<String, @Nullable Object> stamp(ClassLoader classPath) {
        try {
            var stamps = Collections.list(classPath.getResources(SourceRevision.STAMP));
            if (stamps.size() == 1) {
                try (var in = stamps.getFirst().openStream()) {
                    return SourceRevision.of(Json.parse(in.readAllBytes())).toJson();
                }
            }
            return Map.of();
        } catch (IOException | JsonException | InvalidInput e) {
            // A task that may run does not fail for what it cannot say of itself.
            return Map.of();
        }
    }

    /// [#revision] as a log shows it.
    public String shownRevision() {
        var id = revision().get("id");
        return id instanceof String text && !text.isEmpty() ? text : "none";
    }

    /// The real buckets by logical name.
    public Map<String, String> buckets() {
        return buckets;
    }

    /// The ARNs of the KMS keys by the real names of the buckets that are encrypted with them.
    public Map<String, String> keys() {
        var byBucket = new LinkedHashMap<String, String>();
        keys.forEach((logical, key) -> {
            var real = buckets.get(logical);
            if (real != null) {
                byBucket.put(real, key);
            }
        });
        return byBucket;
    }

    /// The value of a variable, or null where it is not set or empty.
    public @Nullable String find(String name) {
        var value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// Whether a variable is `true`.
    public boolean isSet(String name) {
        return "true".equalsIgnoreCase(find(name));
    }

    /// The value of a variable that Baton's deployment always sets.
    ///
    /// @throws IllegalStateException when it is not set
    public String need(String name) {
        var value = find(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the function's environment has no " + name + "; deploy the function with Baton, which sets it");
        }
        return value;
    }

    /// Names only: the values include credentials.
    @Override
    public String toString() {
        return "Environment" + variables.keySet().stream().sorted().toList();
    }

    private Map<String, String> strings(String variable) {
        try {
            var strings = new LinkedHashMap<String, String>();
            Json.parseObject(variables.getOrDefault(variable, "{}"))
                    .forEach((name, value) -> strings.put(name, String.valueOf(value)));
            return Map.copyOf(strings);
        } catch (JsonException e) {
            throw new IllegalStateException(
                    "the function's environment has a " + variable + " that is not a JSON object: " + e.getMessage(),
                    e);
        }
    }
}
