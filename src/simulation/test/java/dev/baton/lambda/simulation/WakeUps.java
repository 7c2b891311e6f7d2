package dev.baton.lambda.simulation;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether a wake-up was lost: a state waits for nodes that are all complete, whoever completed one has ended, and
/// nobody is on his way who could tell the state. That something else wakes it by chance, or its timeout does, must not
/// be what it lives from.
final class WakeUps {
    private final World world;
    /// How many are on their way, or at work, by run, who look at what waits.
    private final Map<String, Integer> underWay = new HashMap<>();
    /// Who said last that a node is complete, by key.
    private final Map<String, LiveInvocation> completed = new HashMap<>();

    WakeUps(World world) {
        this.world = world;
    }

    /// Somebody who looks at what waits in a run is on his way.
    void sent(String run) {
        underWay.merge(run, 1, Integer::sum);
    }

    /// He has looked, and whatever he had to say is said.
    void ended(String run) {
        if (underWay.merge(run, -1, Integer::sum) == 0) {
            check(run);
        }
    }

    /// An object was written by whom its function says.
    void wrote(LiveInvocation by, String key) {
        if (key.contains("/done/")) {
            completed.put(key, by);
        }
    }

    private void check(String run) {
        var started = world.executions().started().stream()
                .filter(each -> run.startsWith(each.name()))
                .findFirst();
        if (started.isEmpty()
                || started.get().execution().status() != ExecutionStatus.RUNNING
                || world.ledger().isTroubled(run)) {
            return;
        }
        var prefix = "runs/" + world.deployable().shape().name() + "/" + run + "/awaits/";
        world.objects().list(Deployable.STATE, prefix).forEach((key, version) -> {
            var await = Json.parseObject(new String(version.content(), StandardCharsets.UTF_8));
            if (!await.containsKey("begun") && await.get("done") instanceof List<?> nodes && areComplete(nodes)) {
                world.violated("lost wake-up: " + await.get("awaiter") + " in " + run
                        + " waits for what is complete, and nobody is on his way to tell it");
            }
        });
    }

    private boolean areComplete(List<?> nodes) {
        return nodes.stream().map(String::valueOf).allMatch(key -> {
            var by = completed.get(key);
            return by != null && by.hasEnded();
        });
    }
}
