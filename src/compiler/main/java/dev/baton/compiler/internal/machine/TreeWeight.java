package dev.baton.compiler.internal.machine;

import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.structure.Tree;
import java.util.List;

/// The weight of a tree, what a tree adds to a state machine, estimated from above: by this machines are split before
/// they are written.
///
/// @param bytes of the definition
/// @param events of an execution's history at worst
/// @param tasks how many states do work
/// @param payload bytes of the longest list of items that a Map in it is given
/// @param nesting how deep Parallels and Maps stand in each other
record TreeWeight(long bytes, long events, int tasks, long payload, int nesting) {
    private static final TreeWeight NOTHING = new TreeWeight(0, 0, 0);

    private static final int TASK_BYTES = 1_200;
    private static final int AWAITING_BYTES = 900;
    private static final int FORK_BYTES = 200;
    private static final int FORK_EVENTS = 4;
    private static final int FOLD_BYTES = 700;
    private static final int SECONDS_BYTES = 11;
    private static final TreeWeight EXPANSION = new TreeWeight(1_200, 6, 0);
    /// What having work done elsewhere says more than invoking a function, and its waiting.
    private static final TreeWeight ELSEWHERE = new TreeWeight(700, 100, 0);
    /// Asking a service, time and again, whether it has ended: each time a wait, a call and a question.
    private static final TreeWeight POLLING = new TreeWeight(4_500, 40L + 20L * PollingStates.MOST_ROUNDS, 0);
    /// What waits for an approval, and what fails where it does not come.
    private static final TreeWeight APPROVAL =
            new TreeWeight(2_600, 2 + 4 * StateRetriers.attempts(StateRetriers.ofApproval()), 1);

    private static final int CHILD_BYTES = 700;
    private static final int CHILD_EVENTS = 8;

    private TreeWeight(long bytes, long events, int tasks) {
        this(bytes, events, tasks, 0, 0);
    }

    private static TreeWeight of(StateSpec work) {
        return new TreeWeight(
                TASK_BYTES
                        + 4L
                                * (work.id().length()
                                        + work.comment().length()
                                        + work.function().length()),
                2 + 3 * StateRetriers.attempts(StateRetriers.of(work)),
                1);
    }

    /// Of the one state that does the work, or of those that have it done elsewhere.
    private static TreeWeight withPlace(StateSpec work) {
        if (work.place() == null) {
            return of(work);
        }
        var asking = of(work.asking());
        var polled = work.place() instanceof StateSpec.Service service && service.polling() != null;
        return of(work).plus(ELSEWHERE)
                .plus(polled ? POLLING : NOTHING)
                .plus(asking)
                .plus(asking);
    }

    boolean fits(MachineLimits room) {
        return bytes <= room.bytes()
                && events <= room.events()
                && tasks <= room.tasks()
                && payload <= room.payloadBytes()
                && nesting <= room.nesting();
    }

    TreeWeight plus(TreeWeight other) {
        return new TreeWeight(
                bytes + other.bytes,
                events + other.events,
                tasks + other.tasks,
                Math.max(payload, other.payload),
                Math.max(nesting, other.nesting));
    }

    private TreeWeight inside() {
        return new TreeWeight(bytes, events, tasks, payload, nesting + 1);
    }

    static TreeWeight of(Tree tree, MachinePlan plan) {
        return switch (tree) {
            case Tree.Leaf leaf -> {
                var work = plan.work(leaf.node());
                var expansion = work.expansion();
                var own = expansion == null
                        ? withPlace(work).plus(waiting(leaf, plan))
                        : of(work).plus(EXPANSION)
                                .plus(new TreeWeight(withPlace(expansion.item()).bytes, 0, 1))
                                .plus(of(work));
                yield work.approval() == null ? own : own.plus(APPROVAL);
            }
            case Tree.Await await -> {
                var names = names(await.nodes(), plan);
                var attempts = plan.patience(await.nodes()).attempts();
                yield new TreeWeight(
                        TASK_BYTES + 400 + names, 2 + 4 * StateRetriers.attempts(StateRetriers.ofAwait(attempts)), 1);
            }
            case Tree.Sequence sequence ->
                sequence.parts().stream().map(part -> of(part, plan)).reduce(NOTHING, TreeWeight::plus);
            case Tree.Fork fork ->
                fork.branches().stream()
                        .map(branch -> of(branch, plan).plus(new TreeWeight(40, 0, 0)))
                        .reduce(new TreeWeight(FORK_BYTES, FORK_EVENTS, 0), TreeWeight::plus)
                        .inside();
            case Tree.Fold fold -> {
                var names = new long[1];
                var timed = plan.differInTime(fold) ? SECONDS_BYTES : 0;
                fold.forEachLeaf(node ->
                        names[0] += 4L + timed + 2L * plan.work(node).id().length());
                var body = of(fold.body(), plan);
                var inline = fold.items().size() <= MachineWriter.MOST_INLINE;
                yield new TreeWeight(
                        FOLD_BYTES + names[0] + body.bytes,
                        inline ? 4 + fold.items().size() * (2 + body.events) : 6,
                        inline ? body.tasks * fold.items().size() : body.tasks,
                        // A list in the list for each item, or two in an object.
                        names[0] + (timed > 0 ? 32L : 3L) * fold.items().size(),
                        body.nesting + 1);
            }
            case Tree.Child child -> new TreeWeight(CHILD_BYTES, CHILD_EVENTS, 0);
        };
    }

    /// What it adds to a task that it waits.
    private static TreeWeight waiting(Tree.Leaf leaf, MachinePlan plan) {
        if (leaf.awaited().isEmpty()) {
            return NOTHING;
        }
        var work = plan.work(leaf.node());
        var direct = StateRetriers.attempts(StateRetriers.of(work));
        var awaiting = StateRetriers.attempts(StateRetriers.ofAwaiting(
                work, plan.patience(leaf.awaited(), List.of(work)).attempts()));
        return new TreeWeight(AWAITING_BYTES + names(leaf.awaited(), plan), 4 * awaiting - 3 * direct, 0);
    }

    private static long names(List<Integer> nodes, MachinePlan plan) {
        return nodes.stream()
                .mapToLong(node -> 4L + 2L * plan.work(node).id().length())
                .sum();
    }
}
