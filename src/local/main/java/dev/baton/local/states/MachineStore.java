package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps state machines with their versions and aliases, and activities, over restarts.
record MachineStore(StoredFile file) {
    void load(Machines machines, Activities activities) {
        file.load(state -> load(new ApiInput(state), machines, activities));
    }

    private static void load(ApiInput state, Machines machines, Activities activities) {
        for (var machine : state.objects("machines")) {
            machines.add(machine(machine));
        }
        for (var activity : state.objects("activities")) {
            activities.create(activity.require("name"));
        }
    }

    synchronized void save(Machines machines, Activities activities) {
        file.write(new JsonAnswer()
                .put("machines", machines.all().stream().map(MachineStore::json).toList())
                .put(
                        "activities",
                        activities.all().stream()
                                .map(activity -> Map.of("name", activity.name()))
                                .toList())
                .map());
    }

    private static Map<String, @Nullable Object> json(Machine machine) {
        // Versions share revisions with each other and with the machine, and have to share them again.
        var revisions = new ArrayList<MachineRevision>();
        revisions.add(machine.current());
        var versions = new ArrayList<Map<String, @Nullable Object>>();
        for (var version : machine.versions()) {
            if (!revisions.contains(version.revision())) {
                revisions.add(version.revision());
            }
            versions.add(new JsonAnswer()
                    .put("number", (long) version.number())
                    .put("revision", (long) revisions.indexOf(version.revision()))
                    .putIf("description", version.description())
                    .put("created", version.created().toEpochMilli())
                    .map());
        }
        return new JsonAnswer()
                .put("arn", machine.arn())
                .put("name", machine.name())
                .put("type", machine.type().name())
                .put("created", machine.created().toEpochMilli())
                .put("revisions", revisions.stream().map(MachineStore::json).toList())
                .put("versions", versions)
                .put("lastVersion", (long) machine.lastVersion())
                .put("deleting", machine.isDeleting())
                .put(
                        "aliases",
                        machine.aliases().stream().map(MachineStore::json).toList())
                .put("tags", machine.tags())
                .map();
    }

    private static Map<String, @Nullable Object> json(MachineRevision revision) {
        return new JsonAnswer()
                .putIf("id", revision.id())
                .put("definition", revision.definition())
                .put("roleArn", revision.roleArn())
                .put("logging", revision.logging())
                .put("tracing", revision.tracing())
                .put("updated", revision.updated().toEpochMilli())
                .map();
    }

    private static Map<String, @Nullable Object> json(Alias alias) {
        return new JsonAnswer()
                .put("name", alias.name())
                .put("arn", alias.arn())
                .putIf("description", alias.description())
                .put(
                        "routes",
                        alias.routes().stream()
                                .map(route -> Map.of("versionArn", route.versionArn(), "weight", (long) route.weight()))
                                .toList())
                .put("created", alias.created().toEpochMilli())
                .put("updated", alias.updated().toEpochMilli())
                .map();
    }

    private static Machine machine(ApiInput json) {
        var type = StateMachineType.valueOf(json.require("type"));
        var revisions = json.objects("revisions").stream()
                .map(revision -> revision(revision, type))
                .toList();
        var arn = json.require("arn");
        var versions = json.objects("versions").stream()
                .map(version -> new MachineVersion(
                        number(version, "number"),
                        arn + ":" + number(version, "number"),
                        revisions.get(number(version, "revision")),
                        version.text("description"),
                        time(version, "created")))
                .toList();
        var machine = new Machine(arn, json.require("name"), type, time(json, "created"), revisions.getFirst());
        machine.restore(versions, number(json, "lastVersion"));
        if (Boolean.TRUE.equals(json.value("deleting"))) {
            machine.delete();
        }
        json.objects("aliases").forEach(alias -> machine.put(alias(alias)));
        var tags = new LinkedHashMap<String, String>();
        json.object("tags").json().forEach((key, value) -> tags.put(key, String.valueOf(value)));
        machine.tag(tags);
        return machine;
    }

    private static MachineRevision revision(ApiInput json, StateMachineType type) {
        var definition = json.require("definition");
        return new MachineRevision(
                json.text("id"),
                definition,
                PreparedMachine.of(Asl.parse("definition", definition, type).orThrow()),
                json.require("roleArn"),
                json.object("logging").json(),
                json.object("tracing").json(),
                time(json, "updated"));
    }

    private static Alias alias(ApiInput json) {
        List<Alias.Route> routes = json.objects("routes").stream()
                .map(route -> new Alias.Route(route.require("versionArn"), number(route, "weight")))
                .toList();
        return new Alias(
                json.require("name"),
                json.require("arn"),
                json.text("description"),
                routes,
                time(json, "created"),
                time(json, "updated"));
    }

    private static int number(ApiInput json, String name) {
        return json.value(name) instanceof Number number ? number.intValue() : 0;
    }

    private static Instant time(ApiInput json, String name) {
        return Instant.ofEpochMilli(json.value(name) instanceof Number number ? number.longValue() : 0);
    }
}
