package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.execution.PreparedMachine;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The revision that an execution runs, as a journal has it: the machine may have changed since, or be gone.
///
/// @param number by which executions name it
record StoredRevision(int number, Machine machine, MachineRevision revision) {
    /// Journals that are older do not have it.
    private static final int ENCRYPTION = 10;

    static List<@Nullable Object> json(int number, Machine machine, MachineRevision revision) {
        return Arrays.asList(
                EntryJson.REVISION,
                (long) number,
                machine.arn(),
                machine.name(),
                revision.id(),
                revision.definition(),
                revision.roleArn(),
                revision.logging(),
                revision.tracing(),
                revision.updated().toEpochMilli(),
                revision.encryption());
    }

    /// Shares what is prepared already with the machine, where it has not changed.
    static StoredRevision of(List<?> json, Machines machines) {
        var arn = EntryJson.text(json, 2);
        var machine = machines.find(arn);
        var definition = EntryJson.text(json, 5);
        var prepared = machine == null
                ? null
                : machine.revisions().stream()
                        .filter(revision -> revision.definition().equals(definition))
                        .map(MachineRevision::machine)
                        .findFirst()
                        .orElse(null);
        var revision = new MachineRevision(
                json.get(4) instanceof String id ? id : null,
                definition,
                prepared == null ? PreparedMachine.of(machines.read(definition, StateMachineType.STANDARD)) : prepared,
                EntryJson.text(json, 6),
                map(json.get(7)),
                map(json.get(8)),
                json.size() > ENCRYPTION ? map(json.get(ENCRYPTION)) : MachineKeys.OWNED,
                Instant.ofEpochMilli(EntryJson.number(json, 9)));
        return new StoredRevision(
                (int) EntryJson.number(json, 1),
                machine == null
                        ? new Machine(
                                arn, EntryJson.text(json, 3), StateMachineType.STANDARD, revision.updated(), revision)
                        : machine,
                revision);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
