package dev.baton.graph;

import static dev.baton.graph.GraphFindings.at;
import static dev.baton.graph.GraphFindings.error;
import static dev.baton.graph.GraphFindings.name;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.task.Pipeline;
import dev.baton.task.Schedule;
import dev.baton.task.Task;
import dev.baton.task.template.Template;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The wording of findings about pipelines: what starts their runs, when they tick, and what they are to each other.
final class PipelineFindings {
    private PipelineFindings() {}

    static Diagnostic notFoundAgain(Pipeline pipeline, Task external) {
        return error(
                "TSK040",
                external.getClass(),
                "from " + name(external) + " the parameters of "
                        + pipeline.root().getSimpleName() + " cannot be found again",
                "give the pipeline startedBy(" + external.getClass().getSimpleName() + ".class, …)");
    }

    static Diagnostic leftOpen(Pipeline pipeline, String parameter) {
        return error(
                "TSK041",
                pipeline.root(),
                "all external tasks together leave the parameter " + parameter + " open: no upload can start a run",
                "let an external task have it, or give the pipeline startedBy(…)");
    }

    /// @param needed what the root needs, at least one
    /// @param open the parameters that none of them tells
    static Diagnostic leftOpen(Task root, List<Task> needed, List<String> open) {
        return error(
                "TSK060",
                root.getClass(),
                name(root) + " needs only "
                        + needed.stream().map(GraphFindings::name).collect(Collectors.joining(", ")) + ", from which "
                        + String.join(" and ", open) + " cannot be told: no upload would start it",
                "let it need an external task that has " + String.join(" and ", open)
                        + ", whatever the condition says");
    }

    static Diagnostic startedByNothing(Task root) {
        return Diagnostic.warning(
                "TSK061",
                at(root.getClass()),
                name(root) + " needs no external task: no upload and no sweep starts it",
                "start it by hand, or let it require what it waits for whatever the condition says");
    }

    static Diagnostic silentlyLeftOut(Task root, Task external) {
        return error(
                "TSK062",
                external.getClass(),
                name(root) + " does not need " + name(external) + ", and nothing says that this may be",
                "say required.onlyIf(condition) for all parameters, also for those for which the condition holds");
    }

    /// @param problem why the root has no graph
    static Diagnostic misshapen(Task root, Diagnostic problem) {
        return Diagnostic.warning(
                "TSK063",
                at(root.getClass()),
                name(root) + " cannot run, and what would start it passes it over: " + problem.message() + " ("
                        + problem.code() + ")",
                problem.remedy());
    }

    static Diagnostic startsNothing(Pipeline pipeline, Class<?> external) {
        return error(
                "TSK042",
                pipeline.root(),
                "startedBy names " + external.getSimpleName() + ", which is not an external task of the pipeline",
                "let a task require it, or leave startedBy out");
    }

    static Diagnostic schedule(Schedule schedule, String problem) {
        return Diagnostic.error(
                "TSK080",
                tick(schedule),
                problem,
                "write it as EventBridge Scheduler does: @Cron(\"0 6 * * ? *\"), @Rate(\"15 minutes\")");
    }

    static Diagnostic scheduleZone(Schedule schedule, String problem) {
        return Diagnostic.error(
                "TSK081",
                tick(schedule),
                "the zone \"" + schedule.zone() + "\" or the shift \"" + schedule.shift() + "\" cannot be read: "
                        + problem,
                "name the zone as the time zone database does (Europe/Berlin), and the shift as ISO 8601 does (-P1D)");
    }

    static Diagnostic scheduleTellsNot(Schedule schedule, String parameter, Pipeline pipeline) {
        return Diagnostic.error(
                "TSK082",
                tick(schedule),
                "no tick tells the parameter " + parameter + " of "
                        + pipeline.root().getSimpleName() + ": only days, months, years, enums and booleans follow",
                "say scheduled(schedule, time -> roots) at the pipeline, or make it no parameter");
    }

    static Diagnostic scheduleRoots(Schedule schedule, Instant tick, String problem) {
        return Diagnostic.error(
                "TSK083",
                tick(schedule),
                "the tick of " + tick + " " + problem,
                "let a tick propose roots that can run, the same for the same time");
    }

    static Diagnostic scheduleNever(Schedule schedule) {
        return Diagnostic.error(
                "TSK084",
                tick(schedule),
                "does not tick after 2026",
                "write a day that comes, or take the schedule away");
    }

    static Diagnostic twoOwners(
            Pipeline one, Class<?> type, Template output, Pipeline other, Class<?> otherType, Template otherOutput) {
        return Diagnostic.error(
                "TSK050",
                Location.named(one.name() + "/" + type.getSimpleName()),
                "output " + output + " is also made by the pipeline " + other + ", as " + otherType.getSimpleName()
                        + " " + otherOutput
                        + (type.getName().equals(otherType.getName())
                                ? ", a class of this name with other code (" + ArtefactFindings.jar(type) + " and "
                                        + ArtefactFindings.jar(otherType) + ")"
                                : ""),
                "let one pipeline make it, and let the other require it as an ExternalTask; or let both require the"
                        + " same class from the same jar");
    }

    static Diagnostic circle(List<String> pipelines, String example) {
        return Diagnostic.error(
                "TSK051",
                Location.named(pipelines.getFirst()),
                "the pipelines start each other for ever: " + String.join(" -> ", pipelines) + "; " + example,
                "let one of them not require what follows from its own output, or write under another prefix");
    }

    private static Location tick(Schedule schedule) {
        return Location.named(schedule.toString());
    }
}
