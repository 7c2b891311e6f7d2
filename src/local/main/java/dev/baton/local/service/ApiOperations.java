package dev.baton.local.service;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.identity.Authorizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations of a service, by name: what the protocols share.
final class ApiOperations<H> {
    private final Map<String, ApiOperation<H>> byName = new HashMap<>();
    private final Authorizer authorizer;
    private final Runnable keeping;
    private final String service;
    private final String invalid;
    /// Read when the first request comes: most services are never called.
    private @Nullable RequestMembers members;

    private @Nullable RequestModel model;

    /// @param keeping keeps what an operation has changed
    /// @param invalid the code of what breaks a constraint
    ApiOperations(
            String service, Authorizer authorizer, List<ApiOperation<H>> operations, Runnable keeping, String invalid) {
        this.service = service;
        this.invalid = invalid;
        this.authorizer = authorizer;
        this.keeping = keeping;
        for (var operation : operations) {
            if (byName.put(operation.name(), operation.of(service)) != null) {
                throw new IllegalArgumentException(service + " has two operations " + operation.name());
            }
        }
    }

    List<ApiOperation<H>> all() {
        return List.copyOf(byName.values());
    }

    @Nullable
    ApiOperation<H> find(String name) {
        return byName.get(name);
    }

    RequestModel model() {
        var read = model;
        if (read == null) {
            read = RequestModel.of(service);
            model = read;
        }
        return read;
    }

    private RequestMembers members() {
        var read = members;
        if (read == null) {
            read = RequestMembers.of(service);
            members = read;
        }
        return read;
    }

    /// @throws dev.baton.local.http.AwsError `NotImplemented` where a member would be passed over, and what the
    /// service answers where one breaks a constraint of the API
    void check(ApiOperation<H> operation, Map<String, ? extends @Nullable Object> input) {
        members().check(operation.name(), input);
        RequestCheck.check(model(), operation.name(), input, invalid);
    }

    ApiCall call(ApiOperation<H> operation, AwsRequest request) {
        return new ApiCall(operation.rights(), request, authorizer);
    }

    /// What was answered outlives the process.
    void done(ApiOperation<H> operation) {
        if (operation.changes()) {
            keeping.run();
        }
    }
}
