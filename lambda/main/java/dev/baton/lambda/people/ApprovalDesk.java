package dev.baton.lambda.people;

import dev.baton.graph.Declarations.ApprovalTerms;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.GraphInstances;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyResource;
import dev.baton.run.ApprovalDecision;
import dev.baton.run.ApprovalInvocation;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.ApprovalRecord.Outcome;
import dev.baton.run.ApprovalRequest;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.Requester;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The approvals of a pipeline: asked for by states, decided by people.
///
/// A decision is first written and then told to the state that waits, and whoever looks next tells what was not told.
/// So the function may die anywhere.
final class ApprovalDesk {
    private static final int MOST_EXECUTIONS = 1_000;
    private static final int PAGE = 100;

    private final String pipeline;
    private final PeopleServices services;
    private final GraphInstances instances;
    private final ApprovedFacts facts;
    private final StoredApprovals approvals;
    private final ApprovalAnswers answers;
    private final ApprovalEvents events;

    ApprovalDesk(PeopleServices services) {
        var environment = services.environment();
        this.pipeline = environment.pipeline();
        this.services = services;
        this.instances = new GraphInstances(PipelineGraphs.graph(pipeline));
        this.facts = new ApprovedFacts(environment, instances, services.s3());
        this.approvals = new StoredApprovals(services.s3(), environment.stateBucket());
        this.answers = new ApprovalAnswers(services.clients().sfn());
        this.events = new ApprovalEvents(
                environment, services.clients().post(services.clients().own()));
    }

    /// A decision of somebody.
    ///
    /// @param execution the name of the root execution
    /// @param task the id of a node, or the simple name of its class where one of it waits
    /// @param hash of the request that whoever decides has seen
    record Verdict(String execution, String task, String hash, boolean approved, String reason) {}

    /// A state begins to wait. It is asked anew, unless the very same was approved in this run.
    void ask(ApprovalInvocation invocation) {
        var run = invocation.run();
        if (!run.pipeline().equals(pipeline)) {
            throw new InvalidInput(
                    "this function works for the pipeline " + pipeline + ", but was asked for " + run.pipeline());
        }
        var node = node(invocation.node());
        if (!facts.needed(run.parameters(), node)) {
            answers.goOn(invocation.token());
            return;
        }
        var place = place(run, node);
        approvals.keepToken(place, invocation.token());
        var request = request(invocation, node);
        var written = approvals.change(
                place,
                there -> there != null
                                && there.approved()
                                && there.request().facts().equals(request.facts())
                        ? there
                        : ApprovalRecord.asked(request));
        if (written.approval().approved()) {
            answers.goOn(invocation.token());
            return;
        }
        evidence(request.askedAt(), written.approval(), request.starter(), "requested", "");
        events.requested(request, command(request));
    }

    private ApprovalRequest request(ApprovalInvocation invocation, TaskNode node) {
        var run = invocation.run();
        var terms = terms(node);
        var now = now();
        return new ApprovalRequest(
                pipeline,
                node.taskClass().getSimpleName(),
                node.id(),
                run.run(),
                invocation.execution(),
                starter(run),
                terms.by(),
                terms.quorum(),
                terms.why(),
                now,
                now.plus(terms.within()),
                facts.ofRun(run, node));
    }

    private static ApprovalTerms terms(TaskNode node) {
        return node.declarations()
                .approval()
                .orElseThrow(() -> new InvalidInput("\"" + node.id()
                        + "\" needs no approval; the state machine and its functions are of different versions"));
    }

    private Instant now() {
        return services.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static String command(ApprovalRequest request) {
        return "baton approve " + execution(request.run()) + " \"" + request.node() + "\" --reason …";
    }

    private static String execution(String run) {
        return run.substring(0, run.lastIndexOf('.'));
    }

    private Requester starter(RunReference run) {
        var content = services.s3()
                .read(services.environment().stateBucket(), StateKeys.start(pipeline, execution(run.run())), null);
        return content == null
                ? Requester.NOBODY
                : StrictFields.parse("who started the execution", content.bytes())
                        .maybeObject("requester")
                        .map(Requester::of)
                        .orElse(Requester.NOBODY);
    }

    /// What waits, or waited, for an approval.
    ///
    /// @param execution the name of a root execution; null for all that run
    List<ApprovalRecord> list(@Nullable String execution) {
        var places = execution == null
                ? running()
                : approvals.ofExecution(pipeline, execution).stream().toList();
        return places.stream()
                .flatMap(place -> approvals.under(place).stream())
                .map(this::finished)
                .map(StoredApprovals.Seen::approval)
                .filter(approval -> execution != null || approval.end().isEmpty())
                .toList();
    }

    private List<String> running() {
        return services
                .clients()
                .sfn()
                .listExecutionsPaginator(request -> request.stateMachineArn(
                                services.environment().stateMachine())
                        .statusFilter(ExecutionStatus.RUNNING)
                        .maxResults(PAGE))
                .executions()
                .stream()
                .limit(MOST_EXECUTIONS)
                .map(execution ->
                        StateKeys.approvals(pipeline, RunReference.id(execution.name(), execution.startDate())))
                .toList();
    }

    /// Decides.
    ///
    /// @return the approval as it stands then
    /// @throws ApprovalRefusal when whoever asks may not, or there is nothing to decide
    ApprovalRecord decide(Requester requester, Verdict verdict) {
        if (verdict.reason().isBlank() || verdict.reason().length() > 500) {
            throw ApprovalRefusal.noReason(verdict.task());
        }
        var seen = finished(find(verdict));
        var request = seen.approval().request();
        refuse(requester, verdict.hash(), seen.approval());
        var answer = services.ask(
                requester,
                PolicyAction.APPROVE,
                new PolicyResource.OfTask(pipeline, request.task()),
                context(request, verdict));
        if (!answer.allowed()) {
            throw ApprovalRefusal.denied(request, requester.shown(), answer.reason());
        }
        var lack = lack(seen, verdict.approved());
        var at = now();
        var decision = new ApprovalDecision(requester, verdict.approved(), verdict.reason(), at, answer.hash());
        var written = approvals.change(seen.place(), there -> {
            var current = Objects.requireNonNull(there);
            refuse(requester, verdict.hash(), current);
            return lack == null ? current.with(decision) : current.ended(Outcome.VOID, lack, at);
        });
        if (lack == null) {
            evidence(at, written.approval(), requester, verdict.approved() ? "approved" : "rejected", verdict.reason());
        }
        return finished(written).approval();
    }

    private static Map<String, Object> context(ApprovalRequest request, Verdict verdict) {
        var context = new LinkedHashMap<String, Object>();
        context.put(
                "parameters",
                request.facts().parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .toList());
        context.put("reason", verdict.reason());
        context.put("revision", request.facts().revision());
        context.put("starter", request.starter().id());
        return context;
    }

    private static void refuse(Requester requester, String hash, ApprovalRecord approval) {
        var request = approval.request();
        approval.end().ifPresent(end -> {
            throw ApprovalRefusal.over(request, end);
        });
        if (!request.hash().equals(hash)) {
            throw ApprovalRefusal.unseen(request);
        }
        if (request.starter().kind() == Requester.Kind.UNKNOWN) {
            throw ApprovalRefusal.startedByNobody(request);
        }
        if (request.starter().id().equals(requester.id())) {
            throw ApprovalRefusal.own(request);
        }
        if (approval.decisions().stream().anyMatch(each -> each.requester().id().equals(requester.id()))) {
            throw ApprovalRefusal.second(request, requester.shown());
        }
    }

    /// Why a decision would be void, or null where it counts. A no counts whatever has changed.
    private @Nullable String lack(StoredApprovals.Seen seen, boolean approved) {
        var token = approvals.token(seen.place());
        if (token.isEmpty() || !answers.waits(token.get())) {
            return "its execution does not wait for it any more";
        }
        var asked = seen.approval().request();
        return approved
                ? asked.facts()
                        .changed(facts.now(asked.facts(), node(asked.node())))
                        .map(change -> "since it was asked, " + change)
                        .orElse(null)
                : null;
    }

    private StoredApprovals.Seen find(Verdict verdict) {
        var place = approvals
                .ofExecution(pipeline, verdict.execution())
                .orElseThrow(() -> ApprovalRefusal.nothing(verdict.execution(), verdict.task()));
        var all = approvals.under(place);
        for (var each : all) {
            if (each.approval().request().node().equals(verdict.task())) {
                return each;
            }
        }
        var ofClass = all.stream()
                .filter(each -> each.approval().request().task().equals(verdict.task()))
                .toList();
        var open =
                ofClass.stream().filter(each -> each.approval().end().isEmpty()).toList();
        var candidates = open.isEmpty() ? ofClass : open;
        if (candidates.size() > 1) {
            var nodes = new TreeSet<String>();
            candidates.forEach(each -> nodes.add(each.approval().request().node()));
            throw ApprovalRefusal.several(verdict.execution(), verdict.task(), nodes);
        }
        return candidates.stream()
                .findFirst()
                .orElseThrow(() -> ApprovalRefusal.nothing(verdict.execution(), verdict.task()));
    }

    /// Finishes what an earlier call, which died, has left: that time is over is written down, and who waits is told.
    private StoredApprovals.Seen finished(StoredApprovals.Seen seen) {
        var current = seen;
        var request = current.approval().request();
        if (current.approval().end().isEmpty() && !now().isBefore(request.expiresAt())) {
            current = approvals.change(current.place(), there -> {
                var approval = Objects.requireNonNull(there);
                return approval.end().isPresent()
                                || now().isBefore(approval.request().expiresAt())
                        ? approval
                        : approval.ended(
                                Outcome.EXPIRED,
                                "nobody of " + request.by() + " approved in time, which is a refusal",
                                approval.request().expiresAt());
            });
        }
        var approval = current.approval();
        var end = approval.end().orElse(null);
        if (end == null || approval.answered()) {
            return current;
        }
        evidence(
                end.at(),
                approval,
                approval.decisions().isEmpty()
                        ? Requester.NOBODY
                        : approval.decisions().getLast().requester(),
                "ended",
                end.why());
        approvals.token(current.place()).ifPresent(token -> answers.tell(token, end));
        return approvals.change(
                current.place(), there -> approval.equals(there) ? approval.told() : Objects.requireNonNull(there));
    }

    private void evidence(Instant at, ApprovalRecord approval, Requester who, String what, String reason) {
        var request = approval.request();
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("what", what);
        details.put("task", request.task());
        details.put("node", request.node());
        details.put("run", request.run());
        details.put("execution", request.execution());
        details.put("request", request.hash());
        details.put("by", request.by());
        details.put("quorum", (long) request.quorum());
        details.put("starter", request.starter().shown());
        details.put("outcome", approval.end().map(end -> end.outcome().word()).orElse("open"));
        details.put("reason", reason);
        services.evidence().add(new EvidenceEntry(at, EvidenceEntry.Kind.APPROVAL, pipeline, who, details));
    }

    private TaskNode node(String id) {
        return instances
                .graph()
                .node(id)
                .orElseThrow(() -> new InvalidInput("the pipeline " + pipeline + " has no node \"" + id
                        + "\"; the state machine and its functions are of different versions"));
    }

    private static String place(RunReference run, TaskNode node) {
        return StateKeys.approval(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }
}
