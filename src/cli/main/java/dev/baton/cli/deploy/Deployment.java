package dev.baton.cli.deploy;

import dev.baton.compiler.CompiledBoundary;
import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledMachine;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.CompiledTrigger;
import dev.baton.compiler.Substitutions;
import dev.baton.json.Json;
import dev.baton.task.run.Revision;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;

/// A compiled pipeline, put on an endpoint: buckets, roles, functions, state machines, rules. Putting it there again
/// brings what is there up to date.
public final class Deployment {
    /// The alias through which executions are started.
    public static final String ALIAS = "live";

    private final Endpoint endpoint;
    private final FunctionHost functions;
    private final Environment environment;

    public Deployment(Endpoint endpoint, FunctionHost functions, Environment environment) {
        this.endpoint = endpoint;
        this.functions = functions;
        this.environment = environment;
    }

    /// @return the ARN of the alias through which the pipeline is started
    public String put(CompiledPipeline pipeline) {
        var key = new EncryptionKey(endpoint.kms()).arn();
        var substitutions = environment
                .substitutions(pipeline.buckets(), key)
                .and(
                        "StateMachineAlias",
                        environment.stateMachine(pipeline.machine().name()) + ":" + ALIAS);
        for (var bucket : pipeline.buckets()) {
            new PipelineBucket(endpoint.s3(), environment.bucket(bucket.logical()))
                    .put(key, substitutions.in(bucket.policy()));
        }
        boundary(pipeline.boundary(), substitutions);
        // A task's role names its runner's in its trust policy, and IAM refuses a principal that is not there.
        for (var tasks : List.of(false, true)) {
            for (var role : pipeline.roles()) {
                if (tasks == (role.kind() == CompiledRole.Kind.TASK)) {
                    role(role, substitutions);
                }
            }
        }
        for (var function : pipeline.functions()) {
            var role = substitutions.in(pipeline.role(function.role()).arn());
            var variables = new LinkedHashMap<>(function.environment(substitutions));
            variables.put("BATON_REVISION", Json.print(environment.revision().toJson()));
            var version = functions.publish(function, role, variables);
            substitutions = substitutions.and(function.versionPlaceholder(), version);
        }
        for (var function : pipeline.functions()) {
            results(function, substitutions);
        }
        for (var child : pipeline.machines().subList(1, pipeline.machines().size())) {
            machine(pipeline, child, substitutions);
        }
        var alias = machine(pipeline, pipeline.machine(), substitutions);
        for (var trigger : pipeline.triggers()) {
            rule(trigger, substitutions);
        }
        return alias;
    }

    private void boundary(CompiledBoundary boundary, Substitutions substitutions) {
        new BoundaryPolicy(endpoint.iam(), substitutions.in(boundary.arn()))
                .put(boundary.path(), boundary.name(), Json.print(substitutions.in(boundary.policy())));
    }

    private void role(CompiledRole role, Substitutions substitutions) {
        var iam = endpoint.iam();
        var trust = Json.print(substitutions.in(role.trust()));
        var boundary = role.boundary() == null ? null : substitutions.in(role.boundary());
        try {
            iam.createRole(request -> request.roleName(role.name())
                    .path(role.path())
                    .assumeRolePolicyDocument(trust)
                    .permissionsBoundary(boundary));
        } catch (EntityAlreadyExistsException e) {
            iam.updateAssumeRolePolicy(request -> request.roleName(role.name()).policyDocument(trust));
            if (boundary != null) {
                iam.putRolePermissionsBoundary(
                        request -> request.roleName(role.name()).permissionsBoundary(boundary));
            }
        }
        iam.putRolePolicy(request -> request.roleName(role.name())
                .policyName("baton")
                .policyDocument(Json.print(substitutions.in(role.policy()))));
    }

    /// Lets Lambda tell how asynchronous invocations of the function's new version ended.
    private void results(CompiledFunction function, Substitutions substitutions) {
        if (function.resultsTo().isEmpty()) {
            return;
        }
        var destination = substitutions.in(function.resultsTo().get());
        endpoint.lambda()
                .putFunctionEventInvokeConfig(request -> request.functionName(function.name())
                        .qualifier(substitutions.in("${" + function.versionPlaceholder() + "}"))
                        .maximumRetryAttempts(0)
                        .maximumEventAgeInSeconds(CompiledFunction.MAX_EVENT_AGE_SECONDS)
                        .destinationConfig(config -> config.onSuccess(to -> to.destination(destination))
                                .onFailure(to -> to.destination(destination))));
    }

    private String machine(CompiledPipeline pipeline, CompiledMachine machine, Substitutions substitutions) {
        var states = endpoint.states();
        var definition = substitutions.text(machine.definition());
        var role = substitutions.in(pipeline.role(machine.role()).arn());
        var arn = environment.stateMachine(machine.name());
        String version;
        try {
            version = states.createStateMachine(request -> request.name(machine.name())
                            .definition(definition)
                            .roleArn(role)
                            .publish(true))
                    .stateMachineVersionArn();
        } catch (StateMachineAlreadyExistsException e) {
            version = states.updateStateMachine(request -> request.stateMachineArn(arn)
                            .definition(definition)
                            .roleArn(role)
                            .publish(true))
                    .stateMachineVersionArn();
        }
        return alias(arn, version);
    }

    private String alias(String machine, String version) {
        var states = endpoint.states();
        var arn = machine + ":" + ALIAS;
        var aliases = states.listStateMachineAliases(request -> request.stateMachineArn(machine));
        if (aliases.stateMachineAliases().stream()
                .anyMatch(alias -> alias.stateMachineAliasArn().equals(arn))) {
            states.updateStateMachineAlias(request -> request.stateMachineAliasArn(arn)
                    .routingConfiguration(
                            route -> route.stateMachineVersionArn(version).weight(100)));
        } else {
            states.createStateMachineAlias(request -> request.name(ALIAS)
                    .routingConfiguration(
                            route -> route.stateMachineVersionArn(version).weight(100)));
        }
        return arn;
    }

    private void rule(CompiledTrigger trigger, Substitutions substitutions) {
        var events = endpoint.events();
        events.putRule(
                request -> request.name(trigger.name()).eventPattern(Json.print(substitutions.in(trigger.pattern()))));
        var arn = "arn:aws:events:" + environment.region() + ":" + environment.account() + ":rule/" + trigger.name();
        try {
            endpoint.lambda()
                    .addPermission(request -> request.functionName(trigger.function())
                            .statementId(trigger.name())
                            .action("lambda:InvokeFunction")
                            .principal("events.amazonaws.com")
                            .sourceArn(arn));
        } catch (ResourceConflictException e) {
            // It has the permission since an earlier deployment.
        }
        events.putTargets(request -> request.rule(trigger.name())
                .targets(target -> target.id(trigger.function()).arn(environment.function(trigger.function()))));
    }

    /// The names of the environment that a pipeline is put in.
    ///
    /// @param account 12 digits
    /// @param stateBucket the real bucket for runs and completions
    /// @param buckets the real bucket of each logical one; one that is missing has its logical name
    /// @param revision of the sources that the code was built from
    public record Environment(
            String account, String region, String stateBucket, Map<String, String> buckets, Revision revision) {
        public Environment {
            buckets = Map.copyOf(buckets);
        }

        String bucket(String logical) {
            return logical.equals(CompiledBucket.STATE) ? stateBucket : buckets.getOrDefault(logical, logical);
        }

        String function(String name) {
            return "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
        }

        /// The ARN of a state machine.
        public String stateMachine(String name) {
            return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
        }

        /// @param key the ARN of the key that all buckets are encrypted with
        Substitutions substitutions(Collection<CompiledBucket> compiled, String key) {
            var values = new LinkedHashMap<String, String>();
            values.put("AccountId", account);
            values.put("Region", region);
            values.put("Partition", "aws");
            values.put("EventBus", "default");
            compiled.forEach(bucket -> {
                values.put(bucket.placeholder(), bucket(bucket.logical()));
                values.put(bucket.keyPlaceholder(), key);
            });
            return new Substitutions(values);
        }
    }
}
