package dev.baton.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import dev.baton.local.http.Protocol;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What follows from the data of an operation.
class ApiOperationTest {
    private final List<String> said = new ArrayList<>();
    private final Authorizer authorizer = access -> {
        said.add("may " + access.action());
        return Authorizer.unenforced().decide(access);
    };
    private final JsonService service = new JsonService(
            "things",
            Protocol.JSON_1_1,
            "Things",
            authorizer,
            List.of(
                    ApiOperation.reading("GetThing", this::asking),
                    ApiOperation.changing("PutThing", this::asking, "things:WriteThing", "iam:PassRole"),
                    ApiOperation.changing("LoseThing", (input, call) -> {
                        throw Violation.missing("Name").error();
                    }),
                    ApiOperation.reading("TakeThing", (input, call) -> {
                        call.require("things:GetThing", "*", RequestContext.EMPTY);
                        return Map.of();
                    })),
            () -> said.add("kept"),
            () -> said.add("closed"));

    private Map<String, Object> asking(ApiInput input, ApiCall call) {
        call.require("arn:of:" + input.require("Name"));
        said.add("done");
        return Map.of();
    }

    private void call(String operation) throws IOException {
        service.handle(new AwsRequest(
                "POST",
                "/",
                "",
                Headers.of("X-Amz-Target", service.target(operation)),
                AwsRequest.Body.of("{\"Name\":\"n\"}".getBytes(StandardCharsets.UTF_8)),
                new AwsRequest.Signed(Caller.service("things.amazonaws.com", "us-east-1"), "", "us-east-1", false, 0),
                "id",
                "127.0.0.1",
                Instant.EPOCH));
    }

    @Test
    void what_it_changed_is_kept_before_it_is_answered_and_what_it_read_is_not() throws IOException {
        call("PutThing");
        call("GetThing");
        assertThat(said).containsExactly("may things:WriteThing", "done", "kept", "may things:GetThing", "done");
    }

    @Test
    void nothing_is_kept_of_what_was_refused() {
        assertThatThrownBy(() -> call("LoseThing"))
                .isInstanceOf(AwsError.class)
                .hasMessage("1 validation error detected: Value null at 'name' failed to satisfy constraint:"
                        + " Member must not be null");
        assertThat(said).isEmpty();
    }

    @Test
    void a_right_that_it_does_not_name_is_not_asked_for() {
        assertThatThrownBy(() -> call("TakeThing")).hasMessageContaining("things:GetThing is none of");
        assertThat(said).isEmpty();
    }
}
