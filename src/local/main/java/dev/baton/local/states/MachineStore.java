package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps state machines with their versions and aliases, and activities, over restarts.
record MachineStore(StoredFile file) {
    void load(Machines machines, Activities activities) {
        file.load(state -> load(state, machines, activities));
    }

    private static void load(StoredJson state, Machines machines, Activities activities) {
        for (var machine : state.objects("machines")) {
            machines.add(machine(machine));
        }
        for (var activity : state.objects("activities")) {
            activities.create(activity.text("name"));
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
                .put("encryption", revision.encryption())
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

    private static Machine machine(StoredJson json) {
        var type = StateMachineType.valueOf(json.text("type"));
        var revisions = json.objects("revisions").stream()
                .map(revision -> revision(revision, type))
                .toList();
        var arn = json.text("arn");
        var versions = json.objects("versions").stream()
                .map(version -> new MachineVersion(
                        version.integer("number"),
                        arn + ":" + version.integer("number"),
                        revisions.get(version.integer("revision")),
                        version.textIf("description"),
                        version.time("created")))
                .toList();
        var machine = new Machine(arn, json.text("name"), type, json.time("created"), revisions.getFirst());
        machine.restore(versions, json.integer("lastVersion"));
        if (json.flag("deleting")) {
            machine.delete();
        }
        json.objects("aliases").forEach(alias -> machine.put(alias(alias)));
        machine.tag(json.map("tags"));
        return machine;
    }

    private static MachineRevision revision(StoredJson json, StateMachineType type) {
        var definition = json.text("definition");
        return new MachineRevision(
                json.textIf("id"),
                definition,
                PreparedMachine.of(Asl.parse("definition", definition, type).orThrow()),
                json.text("roleArn"),
                json.json("logging"),
                json.json("tracing"),
                json.has("encryption") ? json.json("encryption") : MachineKeys.OWNED,
                json.time("updated"));
    }

    private static Alias alias(StoredJson json) {
        List<Alias.Route> routes = json.objects("routes").stream()
                .map(route -> new Alias.Route(route.text("versionArn"), route.integer("weight")))
                .toList();
        return new Alias(
                json.text("name"),
                json.text("arn"),
                json.textIf("description"),
                routes,
                json.time("created"),
                json.time("updated"));
    }
}
