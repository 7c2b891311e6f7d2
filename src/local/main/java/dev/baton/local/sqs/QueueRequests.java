package dev.baton.local.sqs;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.sqs.Queues.AccountQueue;
import java.net.URI;

/// Finds the queue that a request names, and asks leave for it.
record QueueRequests(Queues queues) {

    /// The queue of `QueueUrl`, for the operation's own action.
    AccountQueue queue(ApiInput input, ApiCall call) {
        return queue(input, call, RequestContext.EMPTY);
    }

    /// @param keys beside those that every request has
    AccountQueue queue(ApiInput input, ApiCall call, RequestContext keys) {
        var url = input.text("QueueUrl", "");
        if (url.isEmpty()) {
            throw SqsErrors.missing("QueueUrl");
        }
        return named(name(url), call, call.right(), keys);
    }

    /// A queue by its name; one that is not there is told of only to those who might use it.
    AccountQueue named(String name, ApiCall call, String right, RequestContext keys) {
        var queue = queues.find(name);
        if (queue == null) {
            call.require(right, queues.arn(name), queues.account().id(), keys, null);
            throw SqsErrors.noQueue();
        }
        call.require(queues.access(call.caller(), right, queue, keys.or(call.context())));
        return queue;
    }

    /// A queue by its ARN.
    ///
    /// @param right one of those that the operation may ask for
    AccountQueue byArn(String arn, ApiCall call, String right) {
        var queue = queues.byArn(arn);
        if (queue == null) {
            call.require(right, arn, queues.account().id(), RequestContext.EMPTY, null);
            throw SqsErrors.notFound("The resource that you specified for the SourceArn parameter doesn't exist.");
        }
        call.require(queues.access(call.caller(), right, queue, call.context()));
        return queue;
    }

    /// The name in a URL, whatever host it has: `http://127.0.0.1:4566/000000000000/NAME`.
    private String name(String url) {
        try {
            var path = URI.create(url).getPath();
            var parts = path == null ? new String[0] : path.split("/");
            if (parts.length == 3 && parts[0].isEmpty()) {
                if (!parts[1].equals(queues.account().id())) {
                    throw SqsErrors.noQueue();
                }
                return parts[2];
            }
        } catch (IllegalArgumentException e) {
            // no URL
        }
        throw SqsErrors.invalidAddress(url);
    }
}
