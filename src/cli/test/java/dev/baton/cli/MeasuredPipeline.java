package dev.baton.cli;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.logs.LogStream;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The example, run once, so that one of its tasks can be invoked again and again, each time to run in earnest.
public final class MeasuredPipeline implements AutoCloseable {
    /// The function of the first task.
    public static final String TASK = "baton-weather-CleanObservations";
    /// The function that starts runs.
    public static final String START = "baton-weather-start";

    private static final String OUTPUT = "clean/seattle/2012.csv";

    private final DeployedPipeline weather = new DeployedPipeline(Weather.PIPELINE);
    private final Map<String, byte[]> events = new ConcurrentHashMap<>();
    private final Map<String, GetFunctionConfigurationResponse> configured = new HashMap<>();

    public MeasuredPipeline() throws IOException, InterruptedException {
        weather.aws().lambda().observe(new InvocationObserver() {
            @Override
            public void started(Invocation invocation) {
                var text = new String(invocation.payload(), StandardCharsets.UTF_8);
                if (invocation.function().equals(TASK) && text.contains("seattle")) {
                    events.put(TASK, invocation.payload());
                } else if (invocation.function().equals(START) && text.contains("landing/seattle")) {
                    events.put(START, invocation.payload());
                }
            }
        });
        weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012));
        var started = weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012));
        var ended = weather.ended(started.getFirst().get("execution"));
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException(ended.error() + ": " + ended.cause());
        }
        for (var function : List.of(TASK, START)) {
            configured.put(
                    function, weather.endpoint().lambda().getFunctionConfiguration(r -> r.functionName(function)));
        }
    }

    /// The role that a function has.
    public String role(String function) {
        return configured.get(function).role();
    }

    /// A function's variables, fresh credentials of its role among them.
    public Map<String, String> environment(String function) {
        var aws = weather.aws();
        var credentials = aws.foundation()
                .sessions()
                .assumeAsService(
                        "lambda.amazonaws.com",
                        role(function),
                        function,
                        RequestContext.builder()
                                .put("aws:SourceArn", aws.account().arn("lambda", "function:" + function))
                                .put("aws:SourceAccount", aws.account().id())
                                .build());
        var environment = new HashMap<>(configured.get(function).environment().variables());
        environment.put("AWS_REGION", aws.account().region());
        environment.put("AWS_DEFAULT_REGION", aws.account().region());
        environment.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        environment.put("AWS_SESSION_TOKEN", String.valueOf(credentials.sessionToken()));
        environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function);
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
        return environment;
    }

    /// The event that has the task run: what it made before is not there any more.
    public byte[] taskEvent() {
        weather.endpoint().s3().deleteObject(request -> request.bucket("lake").key(OUTPUT));
        return events.get(TASK);
    }

    /// The event of an upload whose run is complete: the start function looks at all of it and starts nothing.
    public byte[] startEvent() {
        return events.get(START);
    }

    public Invocation invocation(String function, byte[] payload) {
        var arn = weather.aws().account().arn("lambda", "function:" + function);
        return new Invocation(
                UUID.randomUUID().toString(),
                function,
                "1",
                arn,
                Caller.ANONYMOUS,
                false,
                1,
                payload,
                Invocation.Origin.NONE);
    }

    public LogStream log(String function, String name) {
        return weather.aws().logs().stream("/aws/lambda/" + function, name);
    }

    @Override
    public void close() {
        weather.close();
    }
}
