package dev.baton.lambda.simulation;

import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What has been seen of a simulation from outside: what ran, what died, what was read.
final class Ledger {
    /// A task's work that was begun.
    record Body(LiveInvocation by, String run, String task) {}

    /// A read of the lake by a task's function.
    record Read(
            LiveInvocation by,
            String method,
            String key,
            @Nullable String version) {}

    /// A write to the lake by a task's function.
    record Write(LiveInvocation by, String key, String version) {}

    private final World world;
    private final List<Body> bodies = new ArrayList<>();
    private final Set<LiveInvocation> failed = new HashSet<>();
    private final Map<String, Integer> deathsOfHelpers = new HashMap<>();
    private final Set<String> losses = new HashSet<>();
    private final List<Read> reads = new ArrayList<>();
    private final Map<LiveInvocation, Set<String>> written = new HashMap<>();
    private final List<Write> writes = new ArrayList<>();
    private final Set<String> superseded = new LinkedHashSet<>();

    Ledger(World world) {
        this.world = world;
    }

    void begun(LiveInvocation invocation, String run) {
        bodies.add(new Body(invocation, run, invocation.task()));
        world.invariants().begun(run, invocation.task());
        world.invariants().notDoneYet(run, invocation);
    }

    /// Its answer counts for nothing: it died, was lost, or is not waited for any more.
    void failed(LiveInvocation invocation, @Nullable String error) {
        failed.add(invocation);
        if ("dev.baton.task.Superseded".equals(error)) {
            superseded.add(invocation.run());
        }
        if (invocation.function().kind() != Kind.TASK) {
            deathOfHelper(invocation.run());
        }
    }

    /// Something happened in a run that may begin a task twice.
    void deathOfHelper(String run) {
        deathsOfHelpers.merge(run, 1, Integer::sum);
    }

    /// What was on its way in a run was lost.
    void lost(String run) {
        losses.add(run);
    }

    /// Whether something died or was lost in a run without which a state may wait for nothing.
    boolean isTroubled(String run) {
        return losses.contains(run) || deathsOfHelpers.containsKey(run);
    }

    Set<String> runs() {
        return bodies.stream().map(Body::run).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    void read(Read read) {
        reads.add(read);
    }

    void wrote(LiveInvocation invocation, String key, String version) {
        writes.add(new Write(invocation, key, version));
        written.computeIfAbsent(invocation, any -> new LinkedHashSet<>()).add(key);
    }

    boolean hasWritten(LiveInvocation invocation, String key) {
        return written.getOrDefault(invocation, Set.of()).contains(key);
    }

    List<Write> writes() {
        return writes;
    }

    List<Body> bodies() {
        return bodies;
    }

    /// Whether an attempt died, as far as those know who wait for it.
    boolean hasFailed(LiveInvocation invocation) {
        return failed.contains(invocation);
    }

    List<Read> reads() {
        return reads;
    }

    Set<String> superseded() {
        return superseded;
    }

    int deathsOfHelpers(String run) {
        return deathsOfHelpers.getOrDefault(run, 0);
    }
}
