package dev.baton.lambda.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.Unregistered;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyResource;
import dev.baton.run.ApprovalInvocation;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.Requester;
import dev.baton.run.StrictFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The function that keeps what waits for an approval, and takes the decisions of people about it.
///
/// | who | asks | gets |
/// |---|---|---|
/// | a state | `{"approval": {"node", "by", "execution", "token"}, "run"}` | its token is answered when it is decided |
/// | a person | `{"identity", "approvals": {"execution"?}}` | `{"approvals": […]}`: what waits, or all of an execution |
/// | a person | `{"identity", "decision": {"execution", "task", "hash", "approved", "reason"}}` | `{"approval": …}` |
///
/// Whoever is refused gets `{"refused": {"code", "message", "remedy"}}`. States call a version of the function, people
/// its name: nobody but the state machine has the right to call a version, so nobody else makes up a request.
public final class ApprovalFunction implements RequestStreamHandler {
    private static final int PARTS_OF_A_VERSION = 8;

    private final InvocationHandler handling;
    private final PeopleServices services;
    private final ApprovalDesk desk;

    /// In Lambda: configured by the process's environment.
    public ApprovalFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public ApprovalFunction(Map<String, String> environment) {
        this(PeopleServices.of(environment));
    }

    ApprovalFunction(PeopleServices services) {
        this.services = services;
        this.handling = new InvocationHandler(services.environment().shownRevision());
        this.desk = new ApprovalDesk(services);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        var version = context == null || context.getInvokedFunctionArn().split(":").length == PARTS_OF_A_VERSION;
        handling.answer(in, out, event -> answer(event, version));
    }

    private Map<String, @Nullable Object> answer(byte[] event, boolean version) {
        InvocationHandler.about("pipeline", services.environment().pipeline());
        var request = PeopleRequest.parse("the approval function's event", event);
        var asked = request.asked();
        try {
            if (asked.has(ApprovalInvocation.FIELD)) {
                if (!version) {
                    throw ApprovalRefusal.unheard(services.environment().pipeline());
                }
                return register(ApprovalInvocation.of(asked));
            }
            var requester = services.requester(request);
            return asked.has("decision")
                    ? Map.of("approval", desk.decide(requester, verdict(asked)).toJson())
                    : list(requester, asked);
        } catch (ApprovalRefusal refusal) {
            return refused(refusal);
        }
    }

    private Map<String, @Nullable Object> register(ApprovalInvocation invocation) {
        InvocationHandler.about("run", invocation.run().run());
        InvocationHandler.about("task", invocation.node());
        try {
            desk.ask(invocation);
            return Map.of();
        } catch (RuntimeException e) {
            throw new Unregistered(e);
        }
    }

    private static ApprovalDesk.Verdict verdict(StrictFields asked) {
        var decision =
                asked.only("decision").object("decision").only("execution", "task", "hash", "approved", "reason");
        return new ApprovalDesk.Verdict(
                decision.string("execution"),
                decision.string("task"),
                decision.string("hash"),
                decision.bool("approved"),
                decision.string("reason"));
    }

    /// What somebody may see of a task: whoever may read it, or decide about it.
    private Map<String, @Nullable Object> list(Requester requester, StrictFields asked) {
        var wanted = asked.only("approvals").object("approvals").only("execution");
        var all = desk.list(wanted.maybeString("execution").orElse(null));
        var seen = all.stream()
                .map(approval -> approval.request().task())
                .distinct()
                .filter(task -> may(requester, PolicyAction.READ, task) || may(requester, PolicyAction.APPROVE, task))
                .toList();
        List<Map<String, @Nullable Object>> shown = all.stream()
                .filter(approval -> seen.contains(approval.request().task()))
                .map(ApprovalRecord::toJson)
                .toList();
        return Map.of("approvals", shown);
    }

    private boolean may(Requester requester, PolicyAction action, String task) {
        return services.ask(
                        requester,
                        action,
                        new PolicyResource.OfTask(services.environment().pipeline(), task),
                        Map.of())
                .allowed();
    }

    private static Map<String, @Nullable Object> refused(ApprovalRefusal refusal) {
        var finding = refusal.finding();
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("code", finding.code());
        told.put("where", finding.location().toString());
        told.put("message", finding.message());
        told.put("remedy", finding.remedy());
        return Map.of("refused", told);
    }
}
