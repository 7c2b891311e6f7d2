package dev.baton.lambda;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.task.ContainerAnswers;
import dev.baton.run.ContainerAnswer;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one attempt at a task in a container, from the same jar as [TaskFunction] and in the same way: what outlasts a
/// function's 15 minutes or outgrows its memory.
///
/// What it is to do stands in its environment, references only, and what came of it in the state bucket
/// ([ContainerAnswer]). It exits with 0 where no further attempt could come to anything else, and with 1 otherwise.
///
/// | variable | is |
/// |---|---|
/// | `BATON_NODE` | the node's id |
/// | `BATON_ITEM` | the item's parameters, as JSON, where the node expands |
/// | `BATON_RUN` | the run, as JSON |
/// | `BATON_EXECUTION` | the ARN of the execution |
/// | `BATON_ATTEMPT` | counted from 0 |
/// | `BATON_TIMEOUT_SECONDS` | how long the attempt may take |
public final class TaskContainer implements IntSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(TaskContainer.class);
    private static final int FAILED = 1;

    private final FunctionEnvironment environment;
    private final ServiceClients clients;
    private final InstantSource time;

    /// @param environment the container's variables, `AWS_…` and `BATON_…`
    public TaskContainer(Map<String, String> environment) {
        this(new FunctionEnvironment(environment), InstantSource.system());
    }

    private TaskContainer(FunctionEnvironment environment, InstantSource time) {
        this.environment = environment;
        this.clients = new ServiceClients(environment);
        this.time = time;
    }

    /// The container's entry point.
    public static void main(String[] arguments) throws InterruptedException {
        var container = new TaskContainer(System.getenv());
        System.exit(container.within(container.timeout()));
    }

    private Duration timeout() {
        return Duration.ofSeconds(Long.parseLong(environment.need("BATON_TIMEOUT_SECONDS")));
    }

    private int within(Duration timeout) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(
                            this::getAsInt, work -> Thread.ofPlatform().start(work))
                    .get(timeout.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.error("the attempt timed out after {} seconds", timeout.toSeconds());
            return FAILED;
        } catch (ExecutionException e) {
            LOG.atError().setCause(e.getCause()).log("the container failed");
            return FAILED;
        }
    }

    /// Does what the environment says.
    ///
    /// @return the exit code
    @Override
    public int getAsInt() {
        var event = event();
        var invocation = TaskInvocation.parse(event);
        var answers = new ContainerAnswers(environment, clients);
        try {
            var out = new ByteArrayOutputStream();
            new TaskFunction(environment, clients, time).handleRequest(new ByteArrayInputStream(event), out, null);
            answers.leave(invocation, new ContainerAnswer.Completed(TaskResult.parse(out.toByteArray())));
            return 0;
        } catch (Exception e) {
            // What a task throws comes as itself, also where no method declares it.
            return failed(answers, invocation, e);
        }
    }

    /// The failure is in the log already.
    private static int failed(ContainerAnswers answers, TaskInvocation invocation, Exception failure) {
        var answer = ContainerAnswer.of(failure);
        answer.ifPresent(found -> answers.leave(invocation, found));
        return answer.isPresent() ? 0 : FAILED;
    }

    private byte[] event() {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("node", environment.need("BATON_NODE"));
        event.put("run", Json.parse(environment.need("BATON_RUN")));
        event.put("execution", environment.need("BATON_EXECUTION"));
        event.put("attempt", Long.parseLong(environment.need("BATON_ATTEMPT")));
        var item = environment.find("BATON_ITEM");
        if (item != null) {
            event.put("part", TaskInvocation.Part.ITEM.name());
            event.put("item", Json.parse(item));
        }
        return Json.bytes(event);
    }
}
