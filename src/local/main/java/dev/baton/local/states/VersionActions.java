package dev.baton.local.states;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The actions on versions and aliases of state machines.
record VersionActions(Machines machines, Scheduler scheduler) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("PublishStateMachineVersion", this::publish),
                ApiOperation.reading("ListStateMachineVersions", this::listVersions),
                ApiOperation.changing("DeleteStateMachineVersion", this::deleteVersion),
                ApiOperation.changing("CreateStateMachineAlias", this::createAlias),
                ApiOperation.changing("UpdateStateMachineAlias", this::updateAlias),
                ApiOperation.reading("DescribeStateMachineAlias", this::describeAlias),
                ApiOperation.reading("ListStateMachineAliases", this::listAliases),
                ApiOperation.changing("DeleteStateMachineAlias", this::deleteAlias));
    }

    private StatesArn arn(ApiInput input, String member, ApiCall call) {
        var arn = StatesArn.parse(input.require(member), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        return arn;
    }

    private Map<String, @Nullable Object> publish(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineArn", call);
        var version =
                machines.lasting(arn).publish(input.text("description"), input.text("revisionId"), scheduler.now());
        return new JsonAnswer()
                .put("stateMachineVersionArn", version.arn())
                .time("creationDate", version.created())
                .map();
    }

    private Map<String, @Nullable Object> listVersions(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineArn", call);
        return StatesErrors.PAGES.answer(
                input,
                "stateMachineVersions",
                machines.get(arn).versions(),
                version -> version.arn(),
                version -> new JsonAnswer()
                        .put("stateMachineVersionArn", version.arn())
                        .time("creationDate", version.created())
                        .map());
    }

    private Map<String, @Nullable Object> deleteVersion(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineVersionArn", call);
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

    private Routing routing(List<ApiInput> configuration) {
        var routes = configuration.stream()
                .map(route -> new Alias.Route(route.require("stateMachineVersionArn"), weight(route)))
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

    private static int weight(ApiInput route) {
        var weight = route.number("weight");
        return weight == null ? 0 : weight.intValue();
    }

    private Map<String, @Nullable Object> createAlias(ApiInput input, ApiCall call) {
        var name = input.require("name");
        var routing = routing(input.objects("routingConfiguration"));
        var machine = routing.machine();
        var arn = machine.arn() + ":" + name;
        call.require(machine.arn(), StatesArn.parse(arn).keys());
        var now = scheduler.now();
        var alias = new Alias(name, arn, input.text("description"), routing.routes(), now, now);
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
        return new JsonAnswer()
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

    private Map<String, @Nullable Object> updateAlias(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineAliasArn", call);
        var before = alias(arn);
        var description = input.text("description");
        var configuration = input.objects("routingConfiguration");
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
        return new JsonAnswer().time("updateDate", now).map();
    }

    /// An alias stays with its machine.
    private List<Alias.Route> routing(List<ApiInput> configuration, Machine machine) {
        var routing = routing(configuration);
        if (routing.machine() != machine) {
            throw StatesErrors.noReferencedResource();
        }
        return routing.routes();
    }

    private Map<String, @Nullable Object> describeAlias(ApiInput input, ApiCall call) {
        var alias = alias(arn(input, "stateMachineAliasArn", call));
        return new JsonAnswer()
                .put("stateMachineAliasArn", alias.arn())
                .put("name", alias.name())
                .putIf("description", alias.description())
                .put(
                        "routingConfiguration",
                        alias.routes().stream()
                                .map(route -> new JsonAnswer()
                                        .put("stateMachineVersionArn", route.versionArn())
                                        .put("weight", (long) route.weight())
                                        .map())
                                .toList())
                .time("creationDate", alias.created())
                .time("updateDate", alias.updated())
                .map();
    }

    private Map<String, @Nullable Object> listAliases(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineArn", call);
        var aliases = machines.get(arn).aliases().stream()
                .filter(alias -> arn.qualifier().isEmpty()
                        || alias.routes().stream()
                                .anyMatch(route -> route.versionArn().equals(arn.text())))
                .toList();
        return StatesErrors.PAGES.answer(
                input,
                "stateMachineAliases",
                aliases,
                alias -> alias.arn(),
                alias -> new JsonAnswer()
                        .put("stateMachineAliasArn", alias.arn())
                        .time("creationDate", alias.created())
                        .map());
    }

    private Map<String, @Nullable Object> deleteAlias(ApiInput input, ApiCall call) {
        var arn = arn(input, "stateMachineAliasArn", call);
        var machine = machines.find(arn.unqualified());
        if (machine == null || !machine.removeAlias(arn.qualifier())) {
            throw StatesErrors.noReferencedResource();
        }
        return Map.of();
    }
}
