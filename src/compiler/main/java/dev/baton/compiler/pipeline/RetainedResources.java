package dev.baton.compiler.pipeline;

import dev.baton.json.Json;
import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The resources that stay, what a pipeline has no more, and executions still need that began before, or may be
/// redriven: the functions of classes that are gone, and roles. It is kept as it was deployed, for as long as a
/// definition names it that is used.
///
/// @param functions by name
/// @param roles those of the functions, and others that definitions name
/// @param grants by the name of a role that stays, statements of policies that it has no more
public record RetainedResources(
        List<Function> functions, List<Role> roles, Map<String, List<Map<String, @Nullable Object>>> grants) {
    /// Nothing is kept.
    public static final RetainedResources NOTHING = new RetainedResources(List.of(), List.of(), Map.of());

    /// What the inline policies of a role may have together.
    private static final int LONGEST = 10_240;

    /// What a managed policy may have.
    private static final int LONGEST_MANAGED = 6_144;

    public RetainedResources {
        functions = List.copyOf(functions);
        roles = List.copyOf(roles);
        grants = Map.copyOf(grants);
    }

    /// A function whose versions are still invoked.
    ///
    /// @param role its ARN
    public record Function(
            String name,
            String role,
            String handler,
            int memoryMegabytes,
            int timeoutSeconds,
            Map<String, String> environment) {
        public Function {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }

        /// The ARN of the role that its task is run with; empty where it runs none.
        public String taskRole() {
            return environment.getOrDefault("BATON_TASK_ROLE", "");
        }

        /// The name of the function that it tells of what is done; nothing where nobody waits.
        public Optional<String> callback() {
            return Optional.ofNullable(environment.get("BATON_CALLBACK_FUNCTION"))
                    .map(Arn::last);
        }

        /// Whether it runs tasks of one class.
        public boolean runsTasks() {
            return !taskRole().isEmpty();
        }

        /// Step Functions invokes versions; only what releases awaits is called by its name.
        private Stream<String> invoked() {
            var arn = "arn:${Partition}:lambda:${Region}:${AccountId}:function:" + name;
            return runsTasks() ? Stream.of(arn + ":*") : Stream.of(arn, arn + ":*");
        }

        /// Whether a role is the function's or its task's.
        public boolean has(Role other) {
            return role.endsWith(other.tail()) || taskRole().endsWith(other.tail());
        }
    }

    /// A role.
    ///
    /// @param path from slash to slash
    /// @param policies the inline ones, by name
    /// @param boundary the ARN of its permissions boundary; null where it has none
    /// @param tags those by which buckets know it
    public record Role(
            String name,
            String path,
            Map<String, @Nullable Object> trust,
            SortedMap<String, Map<String, @Nullable Object>> policies,
            @Nullable String boundary,
            Map<String, String> tags) {
        public Role {
            policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }

        private String tail() {
            return ":role" + path + name;
        }
    }

    /// A pipeline whose executions may still invoke these functions and become these roles.
    public CompiledPipeline in(CompiledPipeline pipeline) {
        if (equals(NOTHING)) {
            return pipeline;
        }
        var boundary = pipeline.boundary();
        return new CompiledPipeline(
                pipeline.prefix(),
                pipeline.graph(),
                pipeline.machines(),
                pipeline.maps(),
                pipeline.functions(),
                pipeline.containers(),
                pipeline.roles().stream().map(this::withMore).toList(),
                new CompiledBoundary(boundary.name(), boundary.path(), bounding(boundary.policy())),
                pipeline.deployRole(),
                pipeline.triggers(),
                pipeline.schedules(),
                pipeline.rotations(),
                pipeline.buckets(),
                pipeline.findings());
    }

    /// A boundary within which the roles that are kept may still write: it names the classes and places of those that
    /// there are.
    private Map<String, @Nullable Object> bounding(Map<String, @Nullable Object> policy) {
        var more = new ArrayList<>(calls());
        for (var role : roles) {
            role.policies().values().forEach(kept -> {
                for (var statement : kept.get("Statement") instanceof List<?> list ? list : List.of()) {
                    if (statement instanceof Map<?, ?> written && writes(written)) {
                        var named = new LinkedHashMap<String, @Nullable Object>();
                        written.forEach((name, value) -> named.put((String) name, value));
                        named.put("Sid", "WriteWhatIsRetired" + (more.size() + 1));
                        more.add(named);
                    }
                }
            });
        }
        var wider = with(policy, more);
        return Json.print(wider).length() > LONGEST_MANAGED ? with(policy, calls()) : wider;
    }

    private static boolean writes(Map<?, ?> statement) {
        var actions = statement.get("Action") instanceof List<?> list ? list : List.of();
        return "Allow".equals(statement.get("Effect"))
                && (actions.contains("s3:PutObject") || "s3:PutObject".equals(statement.get("Action")));
    }

    private CompiledRole withMore(CompiledRole role) {
        var more = role.kind() == CompiledRole.Kind.STATES ? calls() : granted(role.name());
        var policy = with(role.policy(), more);
        // What would be refused as too long is not kept: a deployment goes before an execution that began before it.
        return more.isEmpty() || Json.print(policy).length() > LONGEST ? role : role.allowed(policy);
    }

    private List<Map<String, @Nullable Object>> granted(String role) {
        var statements = new ArrayList<Map<String, @Nullable Object>>();
        for (var statement : grants.getOrDefault(role, List.of())) {
            var named = new LinkedHashMap<String, @Nullable Object>();
            named.put("Sid", "KeptFromBefore" + (statements.size() + 1));
            named.putAll(statement);
            statements.add(named);
        }
        return statements;
    }

    private List<Map<String, @Nullable Object>> calls() {
        var statements = new ArrayList<Map<String, @Nullable Object>>();
        var called = roles.stream()
                .filter(role -> functions.stream().noneMatch(function -> function.has(role)))
                .map(role -> "arn:${Partition}:iam::${AccountId}" + role.tail())
                .toList();
        if (!functions.isEmpty()) {
            statements.add(allow(
                    "InvokeWhatIsRetired",
                    "lambda:InvokeFunction",
                    functions.stream().flatMap(Function::invoked).toList()));
        }
        if (!called.isEmpty()) {
            statements.add(allow("BecomeWhatIsRetired", "sts:AssumeRole", called));
        }
        return statements;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> policy, List<Map<String, @Nullable Object>> more) {
        var statements = new ArrayList<@Nullable Object>();
        if (policy.get("Statement") instanceof List<?> list) {
            statements.addAll(list);
        }
        statements.addAll(more);
        var both = new LinkedHashMap<String, @Nullable Object>(policy);
        both.put("Statement", statements);
        return both;
    }

    private static Map<String, @Nullable Object> allow(String sid, String action, List<String> resources) {
        var statement = new LinkedHashMap<String, @Nullable Object>();
        statement.put("Sid", sid);
        statement.put("Effect", "Allow");
        statement.put("Action", List.of(action));
        statement.put("Resource", resources);
        return statement;
    }

    /// Several pipelines' in one JSON object, as [#parse] reads it.
    public static String print(Map<String, RetainedResources> pipelines) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        new TreeMap<>(pipelines).forEach((pipeline, retired) -> json.put(pipeline, retired.toJson()));
        return Json.print(json);
    }

    private Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("functions", functions.stream().map(RetainedResources::toJson).toList());
        json.put("roles", roles.stream().map(RetainedResources::toJson).toList());
        json.put("grants", grants);
        return json;
    }

    private static Map<String, @Nullable Object> toJson(Function function) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", function.name());
        json.put("role", function.role());
        json.put("handler", function.handler());
        json.put("memoryMegabytes", function.memoryMegabytes());
        json.put("timeoutSeconds", function.timeoutSeconds());
        json.put("environment", function.environment());
        return json;
    }

    private static Map<String, @Nullable Object> toJson(Role role) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", role.name());
        json.put("path", role.path());
        json.put("trust", role.trust());
        json.put("policies", role.policies());
        json.put("boundary", role.boundary());
        json.put("tags", role.tags());
        return json;
    }

    /// The resources that are kept, by pipeline.
    ///
    /// @throws dev.baton.json.JsonException when it is not JSON
    public static Map<String, RetainedResources> parse(String json) {
        var pipelines = new TreeMap<String, RetainedResources>();
        Json.parseObject(json).forEach((pipeline, value) -> {
            var functions = new ArrayList<Function>();
            objects(object(value).get("functions")).forEach(each -> functions.add(function(each)));
            var roles = new ArrayList<Role>();
            objects(object(value).get("roles")).forEach(each -> roles.add(role(each)));
            var grants = new TreeMap<String, List<Map<String, @Nullable Object>>>();
            object(object(value).get("grants")).forEach((role, statements) -> grants.put(role, objects(statements)));
            pipelines.put(pipeline, new RetainedResources(functions, roles, grants));
        });
        return pipelines;
    }

    private static Function function(Map<String, @Nullable Object> json) {
        var environment = new TreeMap<String, String>();
        object(json.get("environment")).forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return new Function(
                String.valueOf(json.get("name")),
                String.valueOf(json.get("role")),
                String.valueOf(json.get("handler")),
                Integer.parseInt(String.valueOf(json.get("memoryMegabytes"))),
                Integer.parseInt(String.valueOf(json.get("timeoutSeconds"))),
                environment);
    }

    private static Role role(Map<String, @Nullable Object> json) {
        var policies = new TreeMap<String, Map<String, @Nullable Object>>();
        object(json.get("policies")).forEach((name, policy) -> policies.put(name, object(policy)));
        var tags = new TreeMap<String, String>();
        object(json.get("tags")).forEach((name, value) -> tags.put(name, String.valueOf(value)));
        return new Role(
                String.valueOf(json.get("name")),
                String.valueOf(json.get("path")),
                object(json.get("trust")),
                policies,
                (String) json.get("boundary"),
                tags);
    }

    private static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(RetainedResources::object).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
