package dev.baton.cdk.account;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Xml;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.QueryAction;
import dev.baton.local.service.QueryService;
import dev.baton.local.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// As much of CloudFormation as CDK's command asks of it, making resources on the embedded AWS that it is a service of.
///
/// A change set is carried out in the call that executes it, by the account's administrator, and is not taken back when
/// it fails.
final class CloudFormation {
    private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    private static final long LOOK_MILLIS = 200;
    /// CloudFormation's own bound for a template in the request.
    private static final int BODY = 51_200;

    private final Account account;
    private final Map<String, Deployed> stacks = new LinkedHashMap<>();
    private @Nullable Endpoint there;
    private @Nullable Resources resources;

    private static final class Deployed {
        private final Stack stack;
        private String status = "REVIEW_IN_PROGRESS";
        private String reason = "";
        private boolean isProtected;
        private @Nullable Wish wish;

        Deployed(Stack stack) {
            this.stack = stack;
        }
    }

    /// A change set.
    private record Wish(
            String name, String template, Map<String, String> parameters, boolean isCreation, boolean isEmpty) {}

    CloudFormation(Account account) {
        this.account = account;
    }

    /// The embedded AWS that the stacks are made on, once it has started.
    void on(EmbeddedAws aws) {
        var key = aws.administrator();
        var endpoint = new Endpoint(aws.endpoint(), account.region(), key.accessKeyId(), key.secretAccessKey());
        there = endpoint;
        resources = new Resources(endpoint, account, this::imported);
    }

    /// The names of the buckets that are there.
    List<String> buckets() {
        return there().s3().listBuckets().buckets().stream().map(Bucket::name).toList();
    }

    /// The name of the one execution of a state machine, once it has ended.
    String ended(String machine, Duration patience) throws InterruptedException {
        var states = there().states();
        var arn = account.arn("states", "stateMachine:" + machine);
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            var executions = states.listExecutions(r -> r.stateMachineArn(arn)).executions();
            if (executions.size() == 1 && executions.getFirst().status() != ExecutionStatus.RUNNING) {
                return executions.getFirst().name();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + executions);
            }
            // The API has nothing to wait on: who follows an execution asks again.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Endpoint there() {
        return Objects.requireNonNull(there, "it has not started");
    }

    /// Names of the stacks that are there.
    synchronized Set<String> stacks() {
        return Set.copyOf(stacks.keySet());
    }

    Service service() {
        var actions = new LinkedHashMap<String, QueryAction>();
        actions.put("DescribeStacks", (input, call, xml) -> describe(input, xml));
        actions.put(
                "GetTemplate",
                (input, call, xml) ->
                        xml.element("TemplateBody", named(input).stack.template()));
        actions.put("CreateChangeSet", (input, call, xml) -> wish(input, xml));
        actions.put("DescribeChangeSet", (input, call, xml) -> wished(input, xml));
        actions.put("DeleteChangeSet", (input, call, xml) -> named(input).wish = null);
        actions.put("ExecuteChangeSet", (input, call, xml) -> execute(named(input)));
        actions.put("DescribeStackEvents", (input, call, xml) -> events(named(input), xml, "StackEvents"));
        actions.put("DescribeEvents", (input, call, xml) -> events(named(input), xml, "OperationEvents"));
        actions.put("ListStackResources", (input, call, xml) -> resources(named(input), xml));
        actions.put("UpdateTerminationProtection", (input, call, xml) -> {
            named(input).isProtected = Boolean.parseBoolean(input.require("EnableTerminationProtection"));
            xml.element("StackId", named(input).stack.id());
        });
        actions.put("DeleteStack", (input, call, xml) -> delete(named(input)));
        actions.replaceAll((name, action) -> (input, call, xml) -> {
            synchronized (this) {
                try {
                    action.handle(input, call, xml);
                } catch (AwsError e) {
                    throw e;
                } catch (RuntimeException e) {
                    throw new AwsError(400, "ValidationError", e.toString());
                }
            }
        });
        var operations = actions.entrySet().stream()
                .map(each -> ApiOperation.reading(each.getKey(), each.getValue()))
                .toList();
        return new QueryService("cloudformation", NAMESPACE, Authorizer.unenforced(), operations, Set.of());
    }

    private String imported(String export) {
        return stacks.values().stream()
                .map(deployed -> deployed.stack.exports().get(export))
                .filter(value -> value != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No export named " + export + " found."));
    }

    private Deployed named(ApiInput input) {
        return there(input.require("StackName"));
    }

    private Deployed there(String nameOrId) {
        var name = nameOrId.startsWith("arn:") ? nameOrId.split("/")[1] : nameOrId;
        var stack = stacks.get(name);
        if (stack == null) {
            throw new AwsError(400, "ValidationError", "Stack with id " + nameOrId + " does not exist");
        }
        return stack;
    }

    private void describe(ApiInput input, Xml xml) {
        var chosen = input.text("StackName") == null ? List.copyOf(stacks.values()) : List.of(named(input));
        xml.open("Stacks");
        for (var deployed : chosen) {
            xml.open("member")
                    .element("StackName", deployed.stack.name())
                    .element("StackId", deployed.stack.id())
                    .element("CreationTime", Instant.now().toString())
                    .element("EnableTerminationProtection", deployed.isProtected)
                    .element("StackStatus", deployed.status)
                    .element("StackStatusReason", deployed.reason)
                    .open("Outputs");
            deployed.stack
                    .outputs()
                    .forEach((name, value) -> xml.open("member")
                            .element("OutputKey", name)
                            .element("OutputValue", value)
                            .close());
            xml.close().close();
        }
        xml.close();
    }

    private void wish(ApiInput input, Xml xml) {
        var name = input.require("StackName");
        var body = input.text("TemplateBody");
        if (body != null && body.length() > BODY) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must"
                            + " have length less than or equal to " + BODY);
        }
        var made = Objects.requireNonNull(resources);
        var template = body == null ? made.template(input.require("TemplateURL")) : body;
        var parameters = new LinkedHashMap<String, String>();
        input.objects("Parameters")
                .forEach(parameter ->
                        parameters.put(parameter.require("ParameterKey"), parameter.require("ParameterValue")));
        var isCreation = "CREATE".equals(input.text("ChangeSetType"));
        if (isCreation) {
            stacks.putIfAbsent(name, new Deployed(new Stack(name, account, made, this::imported)));
        }
        var deployed = there(name);
        var isEmpty = deployed.stack.template().equals(template);
        deployed.wish = new Wish(input.require("ChangeSetName"), template, parameters, isCreation, isEmpty);
        xml.element("Id", id(deployed)).element("StackId", deployed.stack.id());
    }

    private String id(Deployed deployed) {
        return account.arn("cloudformation", "changeSet/" + deployed.stack.name() + "/1");
    }

    private void wished(ApiInput input, Xml xml) {
        var deployed = named(input);
        var wish = deployed.wish;
        if (wish == null) {
            throw new AwsError(
                    404, "ChangeSetNotFound", "ChangeSet [" + input.text("ChangeSetName") + "] does not exist");
        }
        xml.element("ChangeSetName", wish.name())
                .element("ChangeSetId", id(deployed))
                .element("StackName", deployed.stack.name())
                .element("StackId", deployed.stack.id())
                .element("Status", wish.isEmpty() ? "FAILED" : "CREATE_COMPLETE")
                .element("ExecutionStatus", wish.isEmpty() ? "UNAVAILABLE" : "AVAILABLE")
                .elementIf("StatusReason", wish.isEmpty() ? "The submitted information didn't contain changes." : null)
                .open("Changes");
        Template.parse(wish.template())
                .resources()
                .forEach((logical, resource) -> xml.open("member")
                        .element("Type", "Resource")
                        .open("ResourceChange")
                        .element("Action", deployed.stack.made().containsKey(logical) ? "Modify" : "Add")
                        .element("LogicalResourceId", logical)
                        .element("ResourceType", Template.text(resource.get("Type")))
                        .close()
                        .close());
        xml.close();
    }

    private static void execute(Deployed deployed) {
        var wish = deployed.wish;
        if (wish == null) {
            throw new AwsError(404, "ChangeSetNotFound", "there is none");
        }
        var kind = wish.isCreation() ? "CREATE" : "UPDATE";
        try {
            deployed.stack.deploy(wish.template(), wish.parameters());
            deployed.status = kind + "_COMPLETE";
            deployed.reason = "";
        } catch (RuntimeException e) {
            deployed.status = wish.isCreation() ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
            deployed.reason = String.valueOf(e.getMessage());
        }
        deployed.wish = null;
    }

    private static void events(Deployed deployed, Xml xml, String element) {
        xml.open(element)
                .open("member")
                .element("EventId", deployed.stack.name() + "-" + System.nanoTime())
                .element("StackId", deployed.stack.id())
                .element("StackName", deployed.stack.name())
                .element("LogicalResourceId", deployed.stack.name())
                .element("PhysicalResourceId", deployed.stack.id())
                .element("ResourceType", "AWS::CloudFormation::Stack")
                .element("Timestamp", Instant.now().toString())
                .element("ResourceStatus", deployed.status)
                .element("ResourceStatusReason", deployed.reason)
                .close()
                .close();
    }

    private static void resources(Deployed deployed, Xml xml) {
        xml.open("StackResourceSummaries");
        deployed.stack
                .made()
                .forEach((logical, resource) -> xml.open("member")
                        .element("LogicalResourceId", logical)
                        .element("PhysicalResourceId", resource.id())
                        .element("ResourceType", resource.type())
                        .element("LastUpdatedTimestamp", Instant.now().toString())
                        .element("ResourceStatus", "CREATE_COMPLETE")
                        .close());
        xml.close();
    }

    private void delete(Deployed deployed) {
        var name = deployed.stack.name();
        if (deployed.isProtected) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "Stack [" + name + "] cannot be deleted while TerminationProtection is enabled");
        }
        try {
            deployed.stack.delete();
            stacks.remove(name);
        } catch (RuntimeException e) {
            deployed.status = "DELETE_FAILED";
            deployed.reason = String.valueOf(e.getMessage());
        }
    }
}
