package dev.baton.local.sqs;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The entries of a batch, each of which may fail by itself.
record MessageBatch(List<ApiInput> entries) {
    private static final int MOST = 10;

    /// @param entry what the API calls one of them, for the message that there is none
    static MessageBatch of(ApiInput input, String entry) {
        var entries = input.objects("Entries");
        if (entries.isEmpty()) {
            throw SqsErrors.emptyBatch(entry);
        }
        if (entries.size() > MOST) {
            throw SqsErrors.tooManyEntries(entries.size());
        }
        var ids = new HashSet<String>();
        for (var each : entries) {
            var id = each.text("Id", "");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw SqsErrors.invalidEntryId();
            }
            if (!ids.add(id)) {
                throw SqsErrors.idsNotDistinct(id);
            }
        }
        return new MessageBatch(entries);
    }

    /// The answer: what became of each.
    Map<String, @Nullable Object> each(Function<ApiInput, Map<String, @Nullable Object>> action) {
        var successful = new ArrayList<@Nullable Object>();
        var failed = new ArrayList<@Nullable Object>();
        for (var entry : entries) {
            var id = entry.require("Id");
            try {
                var answer = new JsonAnswer().put("Id", id);
                action.apply(entry).forEach(answer::put);
                successful.add(answer.map());
            } catch (AwsError e) {
                failed.add(JsonAnswer.of(
                        "Id", id, "SenderFault", true, "Code", SqsErrors.code(e), "Message", e.message()));
            }
        }
        return new JsonAnswer()
                .put("Successful", successful)
                .putIf("Failed", failed.isEmpty() ? null : failed)
                .map();
    }
}
