package dev.baton.local.states.mock;

import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.service.Shape;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The form of a mocked result: that of the answer of the operation which the task calls.
///
/// The result of a `.sync` integration is the answer of the operation that is polled; what completes a callback is no
/// answer of the service; HTTP tasks, API Gateway, `eks:call` and `eks:runJob` are not validated. See *Mocking service
/// integrations* of the [developer
/// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
public final class MockAnswer {
    /// Services whose optimised integrations bear another name than their models.
    private static final Map<String, String> MODELS = Map.of(
            "states", "sfn",
            "events", "eventbridge",
            "elasticmapreduce", "emr",
            "emr-containers", "emrcontainers",
            "emr-serverless", "emrserverless",
            "bedrock:invokeModel", "bedrockruntime");

    private static final Set<String> NOT_VALIDATED =
            Set.of("http:invoke", "apigateway:invoke", "eks:call", "eks:runJob");

    /// Results in which JSON stands where the service answers bytes.
    private static final Map<String, String> JSON_MEMBERS =
            Map.of("lambda:invoke", "Payload", "bedrock:invokeModel", "Body");

    private static final Map<String, String> POLLED = Map.ofEntries(
            Map.entry("athena:startQueryExecution", "getQueryExecution"),
            Map.entry("batch:submitJob", "describeJobs"),
            Map.entry("bedrock:createModelCustomizationJob", "getModelCustomizationJob"),
            Map.entry("codebuild:startBuild", "batchGetBuilds"),
            Map.entry("codebuild:startBuildBatch", "batchGetBuildBatches"),
            Map.entry("codebuild:retryBuildBatch", "batchGetBuildBatches"),
            Map.entry("databrew:startJobRun", "describeJobRun"),
            Map.entry("ecs:runTask", "describeTasks"),
            Map.entry("eks:createCluster", "describeCluster"),
            Map.entry("eks:createFargateProfile", "describeFargateProfile"),
            Map.entry("eks:createNodegroup", "describeNodegroup"),
            Map.entry("elasticmapreduce:addStep", "describeStep"),
            Map.entry("elasticmapreduce:createCluster", "describeCluster"),
            Map.entry("elasticmapreduce:terminateCluster", "describeCluster"),
            Map.entry("emr-containers:deleteVirtualCluster", "describeVirtualCluster"),
            Map.entry("emr-containers:startJobRun", "describeJobRun"),
            Map.entry("emr-serverless:cancelJobRun", "getJobRun"),
            Map.entry("emr-serverless:createApplication", "getApplication"),
            Map.entry("emr-serverless:startApplication", "getApplication"),
            Map.entry("emr-serverless:startJobRun", "getJobRun"),
            Map.entry("emr-serverless:stopApplication", "getApplication"),
            Map.entry("glue:startJobRun", "getJobRun"),
            Map.entry("mediaconvert:createJob", "getJob"),
            Map.entry("sagemaker:createHyperParameterTuningJob", "describeHyperParameterTuningJob"),
            Map.entry("sagemaker:createLabelingJob", "describeLabelingJob"),
            Map.entry("sagemaker:createProcessingJob", "describeProcessingJob"),
            Map.entry("sagemaker:createTrainingJob", "describeTrainingJob"),
            Map.entry("sagemaker:createTransformJob", "describeTransformJob"),
            Map.entry("states:startExecution", "describeExecution"));

    private MockAnswer() {}

    /// @param strict whether required members must be there
    /// @throws dev.baton.local.http.AwsError `ValidationException` where the mock is not what the service could answer
    public static void check(String resource, @Nullable Object value, boolean strict) {
        if (!(TaskResource.parse(resource) instanceof TaskResource.Integration integration)
                || integration.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
            return;
        }
        var name = integration.service() + ":" + integration.action();
        var shape = NOT_VALIDATED.contains(name) ? null : shape(integration, name);
        if (shape != null) {
            new MockShapes(strict).check(shape, without(JSON_MEMBERS.get(name), value));
        }
    }

    private static @Nullable Shape shape(TaskResource.Integration integration, String name) {
        var isSync = integration.pattern() != IntegrationPattern.REQUEST_RESPONSE;
        var operation = isSync ? POLLED.get(name) : integration.action();
        var service = integration.isSdk()
                ? integration.service().substring("aws-sdk:".length())
                : MODELS.getOrDefault(name, MODELS.getOrDefault(integration.service(), integration.service()));
        return operation == null
                ? null
                : ServiceModel.of(service)
                        .flatMap(model -> model.operation(operation))
                        .map(ServiceModel.Operation::output)
                        .orElse(null);
    }

    private static @Nullable Object without(@Nullable String member, @Nullable Object value) {
        if (member == null || !(value instanceof Map<?, ?> object)) {
            return value;
        }
        var rest = new LinkedHashMap<Object, @Nullable Object>(object);
        rest.remove(member);
        return rest;
    }
}
