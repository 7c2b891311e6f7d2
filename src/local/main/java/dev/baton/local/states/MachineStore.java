package dev.baton.local.states;

import dev.baton.asl.Asl;
import dev.baton.asl.StateMachineType;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.local.internal.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps state machines with their versions and aliases, and activities, over restarts.
final class MachineStore {
    private final StoredFile file;

    MachineStore(StoredFile file) {
        this.file = file;
    }

    void load(Machines machines, Activities activities) {
        file.load(state -> load(state, machines, activities));
    }

    private static void load(Map<String, @Nullable Object> state, Machines machines, Activities activities) {
        for (var machine : StatesMembers.list(state, "machines")) {
            machines.add(machine((Map<?, ?>) machine));
        }
        for (var activity : StatesMembers.list(state, "activities")) {
            activities.create(StatesMembers.required((Map<?, ?>) activity, "name"));
        }
    }

    synchronized void save(Machines machines, Activities activities) {
        file.write(new StatesMembers()
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
            versions.add(new StatesMembers()
                    .put("number", (long) version.number())
                    .put("revision", (long) revisions.indexOf(version.revision()))
                    .putIf("description", version.description())
                    .put("created", version.created().toEpochMilli())
                    .map());
        }
        return new StatesMembers()
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
        return new StatesMembers()
                .putIf("id", revision.id())
                .put("definition", revision.definition())
                .put("roleArn", revision.roleArn())
                .put("logging", revision.logging())
                .put("tracing", revision.tracing())
                .put("updated", revision.updated().toEpochMilli())
                .map();
    }

    private static Map<String, @Nullable Object> json(Alias alias) {
        return new StatesMembers()
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

    private static Machine machine(Map<?, ?> json) {
        var type = StateMachineType.valueOf(StatesMembers.required(json, "type"));
        var revisions = StatesMembers.list(json, "revisions").stream()
                .map(revision -> revision((Map<?, ?>) revision, type))
                .toList();
        var arn = StatesMembers.required(json, "arn");
        var versions = StatesMembers.list(json, "versions").stream()
                .map(version -> (Map<?, ?>) version)
                .map(version -> new MachineVersion(
                        number(version, "number"),
                        arn + ":" + number(version, "number"),
                        revisions.get(number(version, "revision")),
                        StatesMembers.text(version, "description"),
                        time(version, "created")))
                .toList();
        var machine = new Machine(
                arn, StatesMembers.required(json, "name"), type, time(json, "created"), revisions.getFirst());
        machine.restore(versions, number(json, "lastVersion"));
        if (Boolean.TRUE.equals(json.get("deleting"))) {
            machine.delete();
        }
        StatesMembers.list(json, "aliases").forEach(alias -> machine.put(alias((Map<?, ?>) alias)));
        var tags = new LinkedHashMap<String, String>();
        Objects.requireNonNull(StatesMembers.object(json, "tags"))
                .forEach((key, value) -> tags.put(key, String.valueOf(value)));
        machine.tag(tags);
        return machine;
    }

    private static MachineRevision revision(Map<?, ?> json, StateMachineType type) {
        var definition = StatesMembers.required(json, "definition");
        return new MachineRevision(
                StatesMembers.text(json, "id"),
                definition,
                PreparedMachine.of(Asl.parse("definition", definition, type).orThrow()),
                StatesMembers.required(json, "roleArn"),
                Objects.requireNonNull(StatesMembers.object(json, "logging")),
                Objects.requireNonNull(StatesMembers.object(json, "tracing")),
                time(json, "updated"));
    }

    private static Alias alias(Map<?, ?> json) {
        List<Alias.Route> routes = StatesMembers.list(json, "routes").stream()
                .map(route -> (Map<?, ?>) route)
                .map(route -> new Alias.Route(StatesMembers.required(route, "versionArn"), number(route, "weight")))
                .toList();
        return new Alias(
                StatesMembers.required(json, "name"),
                StatesMembers.required(json, "arn"),
                StatesMembers.text(json, "description"),
                routes,
                time(json, "created"),
                time(json, "updated"));
    }

    private static int number(Map<?, ?> json, String name) {
        return json.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static Instant time(Map<?, ?> json, String name) {
        return Instant.ofEpochMilli(json.get(name) instanceof Number number ? number.longValue() : 0);
    }
}
