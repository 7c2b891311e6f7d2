package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people are asked to approve. Whoever decides sends its [#hash] back: nobody approves what they have not seen.
///
/// @param pipeline the pipeline's name
/// @param task the simple name of the task's class
/// @param node the node's id
/// @param run its id
/// @param execution the ARN of the one whose state waits
/// @param starter who started the run
/// @param by the team that is asked
/// @param quorum how many different people have to approve
/// @param why it is needed
/// @param askedAt when it was asked
/// @param expiresAt from when it counts as refused
/// @param facts to which it is bound
public record ApprovalRequest(
        String pipeline,
        String task,
        String node,
        String run,
        String execution,
        Requester starter,
        String by,
        int quorum,
        String why,
        Instant askedAt,
        Instant expiresAt,
        ApprovalFacts facts) {

    /// SHA-256 in hexadecimal of all of it.
    public String hash() {
        return Sha256.hex(Json.print(toJson()));
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline);
        json.put("task", task);
        json.put("node", node);
        json.put("run", run);
        json.put("execution", execution);
        json.put("starter", starter.toJson());
        json.put("by", by);
        json.put("quorum", (long) quorum);
        json.put("why", why);
        json.put("askedAt", askedAt.toString());
        json.put("expiresAt", expiresAt.toString());
        json.put("facts", facts.toJson());
        return json;
    }

    static ApprovalRequest of(StrictFields fields) {
        return new ApprovalRequest(
                fields.string("pipeline"),
                fields.string("task"),
                fields.string("node"),
                fields.string("run"),
                fields.string("execution"),
                Requester.of(fields.object("starter")),
                fields.string("by"),
                Math.toIntExact(fields.integer("quorum")),
                fields.string("why"),
                fields.instant("askedAt"),
                fields.instant("expiresAt"),
                ApprovalFacts.of(fields.object("facts")));
    }
}
