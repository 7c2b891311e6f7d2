package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Pagination;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The API of event source mappings: `/2015-03-31/event-source-mappings`.
record EventSourceActions(Lambda lambda, EventSourceMappings mappings) {
    private static final String ALL = "/2015-03-31/event-source-mappings";
    private static final String ONE = ALL + "/{UUID}";
    private static final Pagination PAGES = new Pagination(
            "MaxItems", "Marker", "NextMarker", 100, () -> EventSourceMapping.invalid("Invalid marker."));

    List<ApiOperation<RestRoute>> all() {
        return List.of(
                ApiOperation.changing("CreateEventSourceMapping", RestRoute.of("POST", ALL, this::create)),
                ApiOperation.reading("ListEventSourceMappings", RestRoute.of("GET", ALL, this::list)),
                ApiOperation.reading("GetEventSourceMapping", RestRoute.of("GET", ONE, (input, call) -> {
                    var mapping = mapping(input, call);
                    return answer(200, mapping, state(mapping));
                })),
                ApiOperation.changing("UpdateEventSourceMapping", RestRoute.of("PUT", ONE, this::update)),
                ApiOperation.changing("DeleteEventSourceMapping", RestRoute.of("DELETE", ONE, (input, call) -> {
                    var mapping = mapping(input, call);
                    mappings.remove(mapping);
                    return answer(202, mapping, "Deleting");
                })));
    }

    private AwsResponse answer(int status, EventSourceMapping mapping, String state) {
        return RestService.answer(status, mapping.describe(lambda.account(), state));
    }

    private static String state(EventSourceMapping mapping) {
        return mapping.enabled() ? "Enabled" : "Disabled";
    }

    private static RequestContext keys(String functionArn) {
        return RequestContext.builder().put("lambda:FunctionArn", functionArn).build();
    }

    private String function(String given) {
        return FunctionReference.parse(given, null).arn(lambda.account());
    }

    private AwsResponse create(ApiInput input, ApiCall call) {
        var function = function(input.require("FunctionName"));
        call.require("*", keys(function));
        var source = input.text("EventSourceArn", "");
        if (!source.matches("arn:[a-z-]+:sqs:.*")) {
            throw EventSourceMapping.invalid("The embedded AWS reads queues alone; EventSourceArn is of none.");
        }
        var mapping = EventSourceMapping.created(UUID.randomUUID().toString(), function, source, input, lambda.now());
        check(mapping);
        for (var other : mappings.all()) {
            if (other.queueArn().equals(source) && other.functionArn().equals(function)) {
                throw new AwsError(
                        409,
                        "ResourceConflictException",
                        "An event source mapping with SQS arn (\" " + source + " \") and function (\" "
                                + mapping.function().name()
                                + " \") already exists. Please update or delete the existing mapping with UUID "
                                + other.id());
            }
        }
        mappings.put(mapping);
        return answer(202, mapping, "Creating");
    }

    /// What Lambda looks at first: the function, whether its role may read the queue, and whether the queue would give
    /// a message again while the function works on it.
    private void check(EventSourceMapping mapping) {
        var version = lambda.find(mapping.function());
        var queues = mappings.queues();
        var role = lambda.role(mapping.function());
        for (var action : List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")) {
            try {
                queues.require(role, "sqs:" + action, mapping.queueArn());
            } catch (AwsError e) {
                throw EventSourceMapping.invalid("Error occurred while " + action + ". SQS Error Code: "
                        + "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: " + e.message());
            } catch (ServiceRefusal e) {
                throw EventSourceMapping.invalid(
                        "The provided execution role does not have permissions to call " + action + " on SQS");
            }
        }
        var timeout = version.function().timeout();
        var visibility = queues.visibility(mapping.queueArn());
        if (visibility.compareTo(timeout) < 0) {
            throw EventSourceMapping.invalid("Queue visibility timeout: " + visibility.toSeconds()
                    + " seconds is less than Function timeout: " + timeout.toSeconds() + " seconds");
        }
    }

    private EventSourceMapping mapping(ApiInput input, ApiCall call) {
        var id = input.require("UUID");
        var mapping = mappings.find(id);
        call.require(
                EventSourceMapping.arn(lambda.account(), id),
                mapping == null ? RequestContext.EMPTY : keys(mapping.functionArn()));
        if (mapping == null) {
            throw new AwsError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
        }
        return mapping;
    }

    private AwsResponse update(ApiInput input, ApiCall call) {
        var before = mapping(input, call);
        var named = input.text("FunctionName");
        var function = named == null ? before.functionArn() : function(named);
        var after = before.changed(function, input, lambda.now());
        check(after);
        mappings.put(after);
        return answer(
                202,
                after,
                before.enabled() == after.enabled() ? "Updating" : after.enabled() ? "Enabling" : "Disabling");
    }

    private AwsResponse list(ApiInput input, ApiCall call) {
        call.require("*");
        var source = input.text("EventSourceArn");
        var named = input.text("FunctionName");
        var function = named == null ? null : function(named);
        var found = mappings.all().stream()
                .filter(mapping -> isWanted(source, mapping.queueArn()))
                .filter(mapping -> isWanted(function, mapping.functionArn()))
                .toList();
        return RestService.answer(
                200,
                PAGES.answer(
                        input,
                        "EventSourceMappings",
                        found,
                        EventSourceMapping::id,
                        mapping -> mapping.describe(lambda.account(), state(mapping))));
    }

    private static boolean isWanted(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }
}
