package dev.baton.run;

/// What a state that waits for an approval tells the approval function. By whom it is approved, the function knows itself:
/// that stands there for whoever reads a history.
///
/// @param node the id of the node that is to be approved
/// @param execution the ARN of the execution whose state waits
/// @param token the task token, a secret
/// @param run whose node it is
public record ApprovalInvocation(String node, String execution, String token, RunReference run) {
    /// The member by which such an invocation is told from what people ask.
    public static final String FIELD = "approval";

    /// @throws dev.baton.task.InvalidInput when this is not what such a state sends
    public static ApprovalInvocation of(StrictFields fields) {
        var asked = fields.only(FIELD, "run").object(FIELD).only("node", "by", "execution", "token");
        return new ApprovalInvocation(
                asked.string("node"),
                asked.string("execution"),
                asked.string("token"),
                RunReference.of(fields.object("run")));
    }

    /// Without the token.
    @Override
    public String toString() {
        return "ApprovalInvocation[" + node + " in " + execution + "]";
    }
}
