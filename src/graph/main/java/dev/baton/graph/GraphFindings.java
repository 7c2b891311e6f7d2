package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.name.NearestName;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameter;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.TemplateProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The wording of findings about tasks and graphs, each code once; [PipelineFindings] has those about pipelines.
final class GraphFindings {
    private GraphFindings() {}

    static Diagnostic noIntent(Class<?> type) {
        return error(
                "TSK001",
                type,
                "no intent is given",
                "add @Intent(\"what the task is for\") to " + type.getSimpleName());
    }

    static Diagnostic oneTarget(Task one, Task other, String uri) {
        return error(
                "TSK002",
                one.getClass(),
                name(one) + " and " + name(other) + " both write " + uri,
                "give every task a target of its own, with each component that differs in the template");
    }

    static Diagnostic cycle(List<NodeDraft> cycle) {
        var names = cycle.stream().map(place -> place.type().getSimpleName()).collect(Collectors.joining(" -> "));
        return error(
                "TSK003",
                cycle.getFirst().type(),
                "requires itself: " + names,
                "let one of these tasks not require the next");
    }

    static Diagnostic endless(NodeDraft last, int limit) {
        var chain = new ArrayList<String>();
        for (var place = last; place != null && chain.size() < 4; place = place.parent()) {
            chain.addFirst(name(place.task(0)));
        }
        return error(
                "TSK004",
                last.type(),
                "more than " + limit + " tasks: requires() seems to go on for ever: … -> " + String.join(" -> ", chain),
                "end the chain of requires(), or make it an external task's business");
    }

    static Diagnostic noRecord(Task parent, Task required) {
        return error(
                "TSK005",
                parent.getClass(),
                "requires a " + required.getClass().getName() + ", which is not a record",
                "make every task a record: its components are its parameters and its identity");
    }

    static Diagnostic externalRequires(Task external, Collection<Task> required) {
        return error(
                "TSK005",
                external.getClass(),
                "is completed by somebody else, but requires "
                        + name(required.iterator().next()),
                "let it implement Task, or require nothing");
    }

    static Diagnostic externalRoot(Class<?> root) {
        return error(
                "TSK005", root, "is the root, but somebody else completes it", "make the root a task of the pipeline");
    }

    static Diagnostic failed(Task task, String method, Throwable failure) {
        if (failure instanceof LinkageError) {
            return ArtefactFindings.thrown(task.getClass(), method, failure);
        }
        return error(
                "TSK006",
                task.getClass(),
                method + " of " + name(task) + " failed: "
                        + (failure instanceof Error ? ArtefactFindings.told(failure) : failure),
                "let " + method + " answer for every parameter that the constructor accepts");
    }

    static Diagnostic nothing(Task task, String method) {
        return error(
                "TSK006",
                task.getClass(),
                method + " of " + name(task) + " answered null",
                "let " + method + " answer for every parameter that the constructor accepts");
    }

    static Diagnostic triggersItself(Class<?> task, String output, Class<?> external, String trigger) {
        return error(
                "TSK007",
                task,
                "output " + output + " can match the trigger of " + external.getSimpleName() + " " + trigger
                        + ": the pipeline would start itself for ever",
                "write outputs under a prefix that no external task of this pipeline reads");
    }

    static Diagnostic overlap(Class<?> task, String output, Class<?> other, String otherOutput) {
        return error(
                "TSK008",
                task,
                "output " + output + " can be the output of " + other.getSimpleName() + " " + otherOutput,
                "give each class of tasks a prefix of its own");
    }

    static Diagnostic reach(Class<?> task, String output, Class<?> other, String otherOutput) {
        return Diagnostic.warning(
                "TSK008",
                at(task),
                "the role that may write " + output + " may also write the output of " + other.getSimpleName() + " "
                        + otherOutput,
                "give each class of tasks a prefix of its own");
    }

    static Diagnostic annotation(Class<?> type, String annotation, String expected, Object was) {
        return error(
                "TSK009",
                type,
                "@" + annotation + " must be " + expected + ", but was " + was,
                "correct the annotation");
    }

    static Diagnostic template(Class<?> type, TemplateProblem problem) {
        return error(problem.code(), type, problem.message(), problem.remedy());
    }

    static Diagnostic concatenated(Class<?> type, String one, String other) {
        return error(
                "TSK013",
                type,
                "the text of its template differs between parameters: \"" + one + "\" and \"" + other + "\"",
                "write {component} in the template instead of putting the value into its text");
    }

    static Diagnostic missing(Class<?> type, String template, String component) {
        return error(
                "TSK014",
                type,
                "the template \"" + template + "\" lacks {" + component
                        + "}, which is not the same in all tasks of this class",
                "add {" + component + "} to the template, a date with all of its pieces");
    }

    static Diagnostic unbound(Task task, Task bound) {
        return error(
                "TSK016",
                task.getClass(),
                "output() of " + name(task) + " is bound to " + name(bound),
                "bind the template to this: S3Target.at(\"…\", this)");
    }

    static Diagnostic unprintable(Task task, String problem) {
        return error(
                "TSK017",
                task.getClass(),
                "the target of " + name(task) + " has no key: " + problem,
                "let requires() make only tasks whose parameters print, or widen the pattern");
    }

    static Diagnostic noSamples(Class<?> root, Parameter parameter) {
        return error(
                "TSK020",
                root,
                parameter.type().javaType().getSimpleName() + " " + parameter.name() + " has no sample values",
                "give it @Pattern(samples = {…}), or give the pipeline samples(…)");
    }

    static Diagnostic acceptsOne(Class<?> root, Parameter parameter, Record only) {
        return error(
                "TSK021",
                root,
                "its constructor accepts only one of the sample values of " + parameter.name() + ", as in "
                        + name((Task) only) + ": whatever depends on it would seem constant",
                "give the pipeline samples(…) with at least two values of " + parameter.name());
    }

    static Diagnostic acceptsNone(Class<?> root) {
        return error(
                "TSK021",
                root,
                "its constructor accepts none of the sample values",
                "give the pipeline samples(…) with roots that can be");
    }

    static Diagnostic secret(Class<?> type, String component) {
        return error(
                "TSK022",
                type,
                "the component " + component + " seems to be a secret, and records print themselves",
                "leave it out and declare uses(): Access.secret(\"name\")");
    }

    static Diagnostic refused(Class<?> type, String problem) {
        return error(
                "TSK023", type, problem, "fan out over tasks instead, or give the component a type that has a text");
    }

    static Diagnostic targetComponent(Class<?> type, String component) {
        return error(
                "TSK023",
                type,
                "the component " + component + " is a Target, whose accessor would stand for output()",
                "leave it out and make the target in output()");
    }

    static Diagnostic twoAnswers(Task task) {
        return error(
                "TSK030",
                task.getClass(),
                "requires() of " + name(task) + " gave two different answers for the same record",
                "let requires() depend on the record's components only");
    }

    static Diagnostic shapeChanges(
            List<String> culprits,
            Task base,
            Map<String, Integer> baseCounts,
            Task other,
            Map<String, Integer> counts) {
        var subject = culprits.size() == 1
                ? "the parameter " + culprits.getFirst() + " changes"
                : "the parameters " + String.join(", ", culprits) + " change";
        return error(
                "TSK031",
                base.getClass(),
                subject + " the shape: " + name(base) + " requires " + shown(baseCounts) + ", but " + name(other)
                        + " requires " + shown(counts),
                "require the same tasks for all parameters (onlyIf where one is not needed), or fan out at run time");
    }

    static Diagnostic onePlace(String one, String other, Task task) {
        return error(
                "TSK033",
                task.getClass(),
                "two places of the graph are one task: " + one + " and " + other + " are both " + name(task),
                "let them differ for all parameters, or require the task once");
    }

    static Diagnostic ambiguous(Task parent, Class<?> required) {
        return error(
                "TSK035",
                parent.getClass(),
                "which " + required.getSimpleName() + " of " + name(parent)
                        + " is which cannot be told from the parameters",
                "return requires() in a fixed order (no set), or derive their parameters from the root's by a"
                        + " constant or a constant shift");
    }

    static Diagnostic impure(Class<?> type, String method, String call) {
        return error(
                "TSK034",
                type,
                method + " calls " + call + ": the graph would depend on when and where it is asked",
                "make it a parameter of the record");
    }

    static Diagnostic unordered(Class<?> type, String method, String call) {
        return Diagnostic.warning(
                "TSK034",
                at(type),
                method + " calls " + call + ", whose order differs between JVMs",
                "use a List, or a set that keeps its order");
    }

    /// @param place the class and member that has the constant
    /// @param what is in it
    static Diagnostic ofOneEnvironment(Class<?> type, String place, String what) {
        return Diagnostic.warning(
                "TSK065",
                at(type),
                place + " names " + what + ": in another environment it is another one",
                "write ${partition}, ${region} and ${account} in ARNs of uses(), in arguments of calls and in"
                        + " run.resolved(…); let a Region or an account in a key be a component of the record");
    }

    static Diagnostic items(Class<?> type, String problem) {
        return error(
                "TSK036",
                type,
                problem,
                "let itemClass() name a record that implements Task, is in no graph, and requires only what the"
                        + " expanding task requires");
    }

    static Diagnostic option(Class<?> root, String parameter) {
        return Diagnostic.warning(
                "TSK075",
                at(root),
                "the parameter " + parameter + " is called like the option --" + parameter
                        + " of baton run or baton start, which takes what is given as --" + parameter,
                "give it as " + OptionNames.given(parameter) + "=VALUE, or call the component something else");
    }

    static Diagnostic bucket(Class<?> type, String bucket, String problem) {
        return error(
                "TSK076",
                type,
                "S3 refuses a bucket called " + bucket + ", for the name " + problem
                        + "; on a laptop a bucket has its logical name",
                "call the logical bucket something else, such as lake");
    }

    static Diagnostic otherShape(Task task, int required, int compiled) {
        return error(
                "RUN010",
                task.getClass(),
                name(task) + " requires " + tasks(required) + ", compiled were " + compiled,
                "let requires() name the same tasks for all parameters, and deploy again");
    }

    static Diagnostic missingTask(Task task, String node) {
        return error(
                "RUN010",
                task.getClass(),
                name(task) + " requires nothing that is " + node + ", which was compiled",
                "let requires() name the same tasks for all parameters, and deploy again");
    }

    static Diagnostic twoTasks(String node, Task one, Task other) {
        return error(
                "RUN010",
                one.getClass(),
                node + " is both " + name(one) + " and " + name(other),
                "let requires() name the same tasks for all parameters, and deploy again");
    }

    static Diagnostic bothAre(String one, String other, Task task) {
        return error(
                "RUN011",
                task.getClass(),
                one + " and " + other + " are both " + name(task),
                "refuse these parameters in the constructor of the root, or require the task once");
    }

    static Diagnostic item(Task expanding, Task item, String problem) {
        return error(
                "RUN012",
                expanding.getClass(),
                "the item " + name(item) + " of " + name(expanding) + " " + problem,
                "let expand() make only items of itemClass() that print and require what the expanding task requires");
    }

    static Diagnostic identityUnread(Task task, String uri) {
        return error(
                "RUN045",
                task.getClass(),
                "identities() names " + uri + ", which uses() does not read",
                "add Access.read(\"" + uri.substring(0, uri.lastIndexOf('/') + 1) + "\") to uses()");
    }

    static Diagnostic noSuchTask(String pipeline, String name, Collection<String> names) {
        return Diagnostic.error(
                "RUN043",
                Location.named(pipeline),
                "has no task \"" + name + "\" to force; it has " + String.join(", ", names),
                NearestName.to(name, names, names.size())
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("name a class or a node, with a final + what follows it too, or all"));
    }

    static Diagnostic uploadForced(String pipeline, String name) {
        return Diagnostic.error(
                "RUN044",
                Location.named(pipeline),
                "cannot be forced to make " + name + ": that is an upload or another pipeline's output",
                "force what reads it with " + name + "+");
    }

    /// A task as messages name it: `YearRaw[2024]`.
    static String name(Task task) {
        var type = task.getClass();
        if (!type.isRecord()) {
            return type.getSimpleName();
        }
        var parameters = Parameters.of(type);
        return parameters.all().stream()
                .map(parameter -> {
                    var value = parameters.value(
                            task, parameters.index(parameter.name()).orElseThrow());
                    return parameter.type().printed(value).orElseGet(() -> String.valueOf(value));
                })
                .collect(Collectors.joining(", ", type.getSimpleName() + "[", "]"));
    }

    private static String tasks(int count) {
        return count == 1 ? "1 task" : count + " tasks";
    }

    private static String shown(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static Diagnostic error(String code, Class<?> type, String message, String remedy) {
        return Diagnostic.error(code, at(type), message, remedy);
    }

    static Location at(Class<?> type) {
        return Location.named(type.getSimpleName());
    }
}
