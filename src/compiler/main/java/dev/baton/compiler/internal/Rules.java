package dev.baton.compiler.internal;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.reference.PolicyReview;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.TaskGraph;
import dev.baton.json.Json;
import dev.baton.name.Arn;
import dev.baton.task.Access;
import dev.baton.task.service.ServiceCall;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of the compiler: what the compiler refuses.
public final class Rules {
    private Rules() {}

    /// The findings about a pipeline before it is compiled.
    public static List<Diagnostic> of(TaskGraph graph, List<TaskClass> classes) {
        var findings = new ArrayList<Diagnostic>();
        classes.forEach(type -> ofClass(graph, type, findings));
        // Calls name buckets too.
        if (findings.stream().noneMatch(finding -> finding.code().equals("CMP005"))) {
            buckets(graph, findings);
        }
        return findings;
    }

    private static void ofClass(TaskGraph graph, TaskClass type, List<Diagnostic> findings) {
        var place = graph.pipeline().name() + "/" + type.type().getSimpleName();
        if (type.onFargate() && type.expands()) {
            findings.add(CompilerFindings.expandsOnFargate(place));
        }
        if (type.byService()) {
            ofCalls(graph, place, type, findings);
        }
        type.uses().forEach(access -> {
            switch (access) {
                case Access.Actions actions -> {
                    var before = findings.size();
                    ofActions(place, actions.actions(), actions.resources(), findings);
                    if (findings.size() == before) {
                        findings.addAll(PolicyReview.of(place, asPolicy(actions), true));
                    }
                }
                case Access.TableItems items -> {
                    ofActions(
                            place,
                            items.operations().stream()
                                    .map(op -> "dynamodb:" + op)
                                    .toList(),
                            List.of(),
                            findings);
                    TableWrites.of(items).ifPresent(writes -> findings.addAll(writes.findings(place, graph)));
                }
                case Access.WriteObjects objects -> ofWrites(graph, place, objects.prefix(), findings);
                case Access.ReplaceObjects objects -> ofWrites(graph, place, objects.prefix(), findings);
                case Access.ReadObjects objects -> {}
                case Access.ListObjects objects -> {}
                case Access.Secret secret -> {}
            }
        });
    }

    private static void ofCalls(TaskGraph graph, String place, TaskClass type, List<Diagnostic> findings) {
        if (type.onFargate() || type.expands() || !type.expanding().isEmpty()) {
            findings.add(CompilerFindings.call(
                    place, "a task whose work a service does runs in no container and does not expand"));
            return;
        }
        List<ServiceCall> calls;
        try {
            calls = type.calls();
        } catch (RuntimeException | Error e) {
            findings.add(CompilerFindings.call(place, "call() failed: " + e));
            return;
        }
        var first = calls.getFirst();
        TableWrites.of(first).ifPresent(writes -> findings.addAll(writes.findings(place, graph)));
        for (var call : calls) {
            if (call.getClass() != first.getClass()
                    || !call.rights().equals(first.rights())
                    || !call.reads().equals(first.reads())
                    || !call.deployed().equals(first.deployed())
                    || !call.arguments().keySet().equals(first.arguments().keySet())) {
                findings.add(CompilerFindings.call(
                        place, "what is called depends on the parameters: " + first + ", but also " + call));
                return;
            }
        }
    }

    private static void ofActions(
            String place, List<String> actions, List<String> resources, List<Diagnostic> findings) {
        for (var action : actions) {
            if (action.indexOf('*') >= 0 || action.indexOf('?') >= 0 || action.indexOf(':') < 0) {
                findings.add(CompilerFindings.wildcard(place, action));
            } else if (action.regionMatches(true, 0, "iam:", 0, 4) || action.regionMatches(true, 0, "sts:", 0, 4)) {
                findings.add(CompilerFindings.identity(place, action));
            }
        }
        for (var resource : resources) {
            var arn = Arn.find(resource);
            if (arn == null || arn.service().contains("*") || arn.resource().startsWith("*")) {
                findings.add(CompilerFindings.wildcard(place, resource));
            }
        }
    }

    private static void ofWrites(TaskGraph graph, String place, String prefix, List<Diagnostic> findings) {
        var owners = new LinkedHashMap<String, Diagnostic>();
        for (var node : graph.nodes()) {
            ofWrites(place, prefix, node.taskClass(), node.template(), node.constants(), owners);
            node.items()
                    .ifPresent(items -> ofWrites(place, prefix, items.itemClass(), items.template(), Map.of(), owners));
        }
        findings.addAll(owners.values());
    }

    private static void ofWrites(
            String place,
            String prefix,
            Class<?> owner,
            Template template,
            Map<String, String> constants,
            Map<String, Diagnostic> found) {
        var begin = "s3://" + template.bucket() + "/" + template.prefix(constants);
        if (begin.startsWith(prefix) || prefix.startsWith(begin)) {
            var name = owner.getSimpleName();
            found.putIfAbsent(name, CompilerFindings.writesInput(place, prefix, name, template.text()));
        }
    }

    private static void buckets(TaskGraph graph, List<Diagnostic> findings) {
        var taken = new TreeMap<String, String>();
        taken.put(ResourceNames.bucketPlaceholder("state"), "state (which Baton keeps for itself)");
        for (var bucket : TaskClass.buckets(graph)) {
            var placeholder = ResourceNames.bucketPlaceholder(bucket);
            var other = taken.putIfAbsent(placeholder, bucket);
            if (other != null) {
                findings.add(CompilerFindings.placeholder(graph.pipeline().name(), bucket, other, placeholder));
            }
        }
    }

    /// The logical buckets that an access names.
    public static Stream<String> buckets(Access access) {
        var prefix = switch (access) {
            case Access.ReadObjects objects -> objects.prefix();
            case Access.ListObjects objects -> objects.prefix();
            case Access.WriteObjects objects -> objects.prefix();
            case Access.ReplaceObjects objects -> objects.prefix();
            case Access.Secret secret -> "";
            case Access.TableItems items -> "";
            case Access.Actions actions -> "";
        };
        return prefix.isEmpty() ? Stream.empty() : Stream.of(prefix.split("/", 4)[2]);
    }

    private static Map<String, @Nullable Object> asPolicy(Access.Actions actions) {
        return Map.of(
                "Statement", Map.of("Effect", "Allow", "Action", actions.actions(), "Resource", actions.resources()));
    }

    /// State machines that Step Functions would not take, or not run to their end.
    public static List<Diagnostic> ofMachines(TaskGraph graph, List<CompiledMachine> machines) {
        return machines.stream()
                .filter(machine -> !machine.proof().holds())
                .map(machine -> CompilerFindings.limits(
                        machine.name(), Json.print(machine.proof().toJson())))
                .toList();
    }
}
