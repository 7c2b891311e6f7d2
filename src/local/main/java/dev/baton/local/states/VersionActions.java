package dev.baton.local.states;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on versions and aliases of state machines.
final class VersionActions {
    private static final int MOST_ROUTES = 2;

    private final Machines machines;
    private final Authorizer authorizer;
    private final Scheduler scheduler;

    VersionActions(Machines machines, Authorizer authorizer, Scheduler scheduler) {
        this.machines = machines;
        this.authorizer = authorizer;
        this.scheduler = scheduler;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("PublishStateMachineVersion", this::publish);
        actions.put("ListStateMachineVersions", this::listVersions);
        actions.put("DeleteStateMachineVersion", this::deleteVersion);
        actions.put("CreateStateMachineAlias", this::createAlias);
        actions.put("UpdateStateMachineAlias", this::updateAlias);
        actions.put("DescribeStateMachineAlias", this::describeAlias);
        actions.put("ListStateMachineAliases", this::listAliases);
        actions.put("DeleteStateMachineAlias", this::deleteAlias);
        return actions;
    }

    private StatesArn arn(Map<String, @Nullable Object> input, String member, AwsRequest request, String action) {
        var arn = StatesArn.parse(StatesMembers.required(input, member), "stateMachine");
        new MachineAccess(authorizer).require(request.caller(), action, arn, request.context());
        return arn;
    }

    private Map<String, @Nullable Object> publish(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineArn", request, "PublishStateMachineVersion");
        var version = machines.lasting(arn)
                .publish(
                        StatesMembers.text(input, "description"),
                        StatesMembers.text(input, "revisionId"),
                        scheduler.now());
        return new StatesMembers()
                .put("stateMachineVersionArn", version.arn())
                .time("creationDate", version.created())
                .map();
    }

    private Map<String, @Nullable Object> listVersions(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineArn", request, "ListStateMachineVersions");
        return TokenPage.of(input)
                .answer(
                        "stateMachineVersions",
                        machines.get(arn).versions(),
                        version -> new StatesMembers()
                                .put("stateMachineVersionArn", version.arn())
                                .time("creationDate", version.created())
                                .map());
    }

    private Map<String, @Nullable Object> deleteVersion(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineVersionArn", request, "DeleteStateMachineVersion");
        if (arn.qualifier().isEmpty()) {
            throw StatesErrors.invalidArn("Resource type not valid in this context: stateMachine");
        }
        var machine = machines.find(arn.unqualified());
        if (machine != null) {
            machine.deleteVersion(arn.qualifier());
        }
        return Map.of();
    }

    /// The routes that a request gives, and the machine that they are of.
    private record Routing(Machine machine, List<Alias.Route> routes) {}

    private Routing routing(List<?> configuration) {
        if (configuration.isEmpty() || configuration.size() > MOST_ROUTES) {
            throw StatesErrors.constraint(
                    "'" + configuration + "'",
                    "routingConfiguration",
                    "have length less than or equal to 2, Member must have length greater than or equal to 1");
        }
        var routes = configuration.stream()
                .map(route -> (Map<?, ?>) route)
                .map(route -> new Alias.Route(StatesMembers.required(route, "stateMachineVersionArn"), weight(route)))
                .toList();
        var arns = routes.stream().map(Alias.Route::versionArn).toList();
        for (var arn : arns) {
            var parsed = StatesArn.parse(arn, "stateMachine");
            if (!parsed.qualifier().matches("[0-9]+")) {
                throw StatesErrors.validation(
                        "Routing configuration must contain state machine version ARNs. Received: " + arns);
            }
        }
        var machine = machines.find(StatesArn.parse(arns.getFirst()).unqualified());
        if (machine == null
                || arns.stream()
                        .map(StatesArn::parse)
                        .anyMatch(arn ->
                                !arn.unqualified().equals(machine.arn()) || machine.version(arn.qualifier()) == null)) {
            throw StatesErrors.noReferencedResource();
        }
        if (arns.size() != Set.copyOf(arns).size()) {
            throw StatesErrors.validation(
                    "Routing configuration must contain distinct state machine version ARNs. Received: " + arns);
        }
        if (routes.stream().mapToInt(Alias.Route::weight).sum() != 100) {
            throw StatesErrors.validation("The sum of the weights in the routing configuration must be 100");
        }
        return new Routing(machine, routes);
    }

    private static int weight(Map<?, ?> route) {
        var weight = StatesMembers.number(route, "weight", 0, 100);
        return weight == null ? 0 : weight.intValue();
    }

    private Map<String, @Nullable Object> createAlias(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = NameRules.checkAlias(StatesMembers.required(input, "name"));
        var routing = routing(StatesMembers.list(input, "routingConfiguration"));
        var machine = routing.machine();
        var arn = machine.arn() + ":" + name;
        new MachineAccess(authorizer)
                .require(request.caller(), "CreateStateMachineAlias", StatesArn.parse(arn), request.context());
        var now = scheduler.now();
        var alias = new Alias(name, arn, StatesMembers.text(input, "description"), routing.routes(), now, now);
        var before = machine.alias(name);
        if (before == null) {
            machine.put(alias);
        } else if (!before.routes().equals(alias.routes())
                || !java.util.Objects.equals(before.description(), alias.description())) {
            throw StatesErrors.conflict("Failed to create alias because an alias with the same name and a different"
                    + " routing configuration already exists.");
        } else {
            alias = before;
        }
        return new StatesMembers()
                .put("stateMachineAliasArn", arn)
                .time("creationDate", alias.created())
                .map();
    }

    private Alias alias(StatesArn arn) {
        var machine = machines.find(arn.unqualified());
        var alias = machine == null ? null : machine.alias(arn.qualifier());
        if (alias == null) {
            throw StatesErrors.noReferencedResource();
        }
        return alias;
    }

    private Map<String, @Nullable Object> updateAlias(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineAliasArn", request, "UpdateStateMachineAlias");
        var before = alias(arn);
        var description = StatesMembers.text(input, "description");
        var configuration = StatesMembers.list(input, "routingConfiguration");
        if (description == null && configuration.isEmpty()) {
            throw StatesErrors.validation(
                    "Either the description or the routing configuration of the state machine alias must be specified");
        }
        var now = scheduler.now();
        var machine = machines.get(arn);
        var routes = configuration.isEmpty() ? before.routes() : routing(configuration, machine);
        machine.put(new Alias(
                before.name(),
                before.arn(),
                description == null ? before.description() : description,
                routes,
                before.created(),
                now));
        return new StatesMembers().time("updateDate", now).map();
    }

    /// An alias stays with its machine.
    private List<Alias.Route> routing(List<?> configuration, Machine machine) {
        var routing = routing(configuration);
        if (routing.machine() != machine) {
            throw StatesErrors.noReferencedResource();
        }
        return routing.routes();
    }

    private Map<String, @Nullable Object> describeAlias(Map<String, @Nullable Object> input, AwsRequest request) {
        var alias = alias(arn(input, "stateMachineAliasArn", request, "DescribeStateMachineAlias"));
        return new StatesMembers()
                .put("stateMachineAliasArn", alias.arn())
                .put("name", alias.name())
                .putIf("description", alias.description())
                .put(
                        "routingConfiguration",
                        alias.routes().stream()
                                .map(route -> new StatesMembers()
                                        .put("stateMachineVersionArn", route.versionArn())
                                        .put("weight", (long) route.weight())
                                        .map())
                                .toList())
                .time("creationDate", alias.created())
                .time("updateDate", alias.updated())
                .map();
    }

    private Map<String, @Nullable Object> listAliases(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineArn", request, "ListStateMachineAliases");
        var aliases = machines.get(arn).aliases().stream()
                .filter(alias -> arn.qualifier().isEmpty()
                        || alias.routes().stream()
                                .anyMatch(route -> route.versionArn().equals(arn.text())))
                .toList();
        return TokenPage.of(input)
                .answer(
                        "stateMachineAliases",
                        aliases,
                        alias -> new StatesMembers()
                                .put("stateMachineAliasArn", alias.arn())
                                .time("creationDate", alias.created())
                                .map());
    }

    private Map<String, @Nullable Object> deleteAlias(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = arn(input, "stateMachineAliasArn", request, "DeleteStateMachineAlias");
        var machine = machines.find(arn.unqualified());
        if (machine == null || !machine.removeAlias(arn.qualifier())) {
            throw StatesErrors.noReferencedResource();
        }
        return Map.of();
    }
}
