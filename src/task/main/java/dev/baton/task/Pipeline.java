package dev.baton.task;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A named root task: what it requires, directly or not, becomes one state machine.
public final class Pipeline {
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final String name;
    private final Class<? extends Record> root;
    private final List<Task> samples;
    private final Map<Class<? extends Record>, Function<Task, List<? extends Task>>> startedBy;
    private final Map<Schedule, Optional<Function<ZonedDateTime, List<? extends Task>>>> scheduled;
    private final Optional<Recovery> recovery;
    private final boolean logsData;

    private Pipeline(
            String name,
            Class<? extends Record> root,
            List<Task> samples,
            Map<Class<? extends Record>, Function<Task, List<? extends Task>>> startedBy,
            Map<Schedule, Optional<Function<ZonedDateTime, List<? extends Task>>>> scheduled,
            Optional<Recovery> recovery,
            boolean logsData) {
        this.recovery = recovery;
        this.logsData = logsData;
        this.name = name;
        this.root = root;
        this.samples = List.copyOf(samples);
        this.startedBy = new LinkedHashMap<>(startedBy);
        this.scheduled = new LinkedHashMap<>(scheduled);
    }

    /// A pipeline.
    ///
    /// @param name lower-case letters, digits and `-`, 1 to 40 characters, beginning with a letter; part of the
    ///     names of everything deployed
    /// @param root the task that a run completes; its components are the parameters of a run
    public static <R extends Record & Task> Pipeline of(String name, Class<R> root) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a pipeline is 1 to 40 lower-case letters, digits and -,"
                    + " beginning with a letter, but was \"" + name + "\"");
        }
        var declared = new LinkedHashMap<Schedule, Optional<Function<ZonedDateTime, List<? extends Task>>>>();
        for (var cron : root.getAnnotationsByType(Cron.class)) {
            declared.put(Schedule.of(cron), Optional.empty());
        }
        var rate = root.getAnnotation(Rate.class);
        if (rate != null) {
            declared.put(Schedule.of(rate), Optional.empty());
        }
        var recovery = Optional.ofNullable(root.getAnnotation(Recover.class)).map(Recovery::of);
        return new Pipeline(name, root, List.of(), Map.of(), declared, recovery, true);
    }

    /// This pipeline with further values to try the graph with: the values of the given roots, crossed per
    /// component. Needed where a type has no values of its own (a `String` without [Pattern#samples]) or where the
    /// root's constructor refuses most of them.
    @SafeVarargs
    public final <R extends Record & Task> Pipeline samples(R... roots) {
        var more = new ArrayList<Task>(samples);
        for (var sample : roots) {
            if (sample.getClass() != root) {
                throw new IllegalArgumentException(
                        "a sample of " + name + " is a " + root.getSimpleName() + ", but was " + sample);
            }
            more.add(sample);
        }
        return new Pipeline(name, root, more, startedBy, scheduled, recovery, logsData);
    }

    /// This pipeline with a way back from an external task to the roots that it may make ready, where Baton cannot
    /// find it (TSK040). The answer is verified: a root that does not require the external task is not started.
    public <E extends Record & ExternalTask, R extends Record & Task> Pipeline startedBy(
            Class<E> external, Function<E, List<R>> roots) {
        var more = new LinkedHashMap<>(startedBy);
        more.put(external, task -> roots.apply(external.cast(task)));
        return new Pipeline(name, root, samples, more, scheduled, recovery, logsData);
    }

    /// This pipeline with a schedule, besides those of [Cron] and [Rate] on the root: each tick proposes the roots that
    /// have the day, month or year for which it stands.
    public Pipeline scheduled(Schedule schedule) {
        return scheduled(schedule, Optional.empty());
    }

    /// This pipeline with a schedule, and what a tick of it proposes, where its root has parameters that are no days,
    /// months or years.
    ///
    /// @param roots told the time for which a tick stands, on the clocks of the schedule's zone; equal times must give
    ///     equal roots, which is tried out when the pipeline is compiled (TSK083)
    public <R extends Record & Task> Pipeline scheduled(Schedule schedule, Function<ZonedDateTime, List<R>> roots) {
        return scheduled(schedule, Optional.of(roots::apply));
    }

    private Pipeline scheduled(Schedule schedule, Optional<Function<ZonedDateTime, List<? extends Task>>> roots) {
        var more = new LinkedHashMap<>(scheduled);
        more.put(schedule, roots);
        return new Pipeline(name, root, samples, startedBy, more, recovery, logsData);
    }

    /// This pipeline with a policy by which runs that failed are redriven by themselves, in the place of [Recover] on
    /// the root.
    public Pipeline recovered(Recovery policy) {
        return new Pipeline(name, root, samples, startedBy, scheduled, Optional.of(policy), logsData);
    }

    /// This pipeline with its executions logged without their data: inputs, outputs, parameters and task tokens stand in
    /// the executions' histories alone, and not in the log groups of its state machines.
    public Pipeline loggedWithoutData() {
        return new Pipeline(name, root, samples, startedBy, scheduled, recovery, false);
    }

    /// As given to [#of].
    public String name() {
        return name;
    }

    /// The class of the root task, a record that implements [Task].
    public Class<? extends Record> root() {
        return root;
    }

    /// The roots given to [#samples].
    public List<Task> samples() {
        return samples;
    }

    /// The way back given to [#startedBy] for an external task, if any.
    public Optional<Function<Task, List<? extends Task>>> rootsOf(Class<?> external) {
        return Optional.ofNullable(startedBy.get(external));
    }

    /// The external tasks for which [#startedBy] was said.
    public List<Class<? extends Record>> startingClasses() {
        return List.copyOf(startedBy.keySet());
    }

    /// Its schedules, those of the root's annotations first, each with what its ticks propose where [#scheduled] said
    /// so.
    public Map<Schedule, Optional<Function<ZonedDateTime, List<? extends Task>>>> schedules() {
        return Collections.unmodifiableMap(scheduled);
    }

    /// The policy by which runs that failed are redriven by themselves.
    public Optional<Recovery> recovery() {
        return recovery;
    }

    /// Whether executions are logged with their data.
    public boolean logsData() {
        return logsData;
    }

    @Override
    public String toString() {
        return name;
    }
}
