package dev.baton.local.ecs;

import dev.baton.local.http.Account;
import dev.baton.local.http.JsonAction;
import dev.baton.local.http.JsonService;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.Service;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.logs.Logs;
import dev.baton.local.sts.RoleSessions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// ECS: clusters, task definitions, and tasks of one container on Fargate.
///
/// Services, capacity providers, container instances and volumes are not here.
/// See the [API reference](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html).
public final class Ecs {
    /// What begins `X-Amz-Target`.
    public static final String TARGET = "AmazonEC2ContainerServiceV20141113";

    private final ContainerLauncher containers;
    private final EcsTasks tasks;
    private final Service service;

    /// @param endpoint where this AWS answers, once it does
    /// @param logs what containers print
    /// @param options for the JVM of a container in a process of its own
    public Ecs(
            Account account,
            Authorizer authorizer,
            RoleSessions sessions,
            Supplier<@Nullable String> endpoint,
            InstantSource clock,
            Logs logs,
            List<String> options) {
        this.containers = new ContainerLauncher(account, authorizer, sessions, endpoint, clock, logs, options);
        var clusters = new Clusters(account, authorizer);
        var definitions = new TaskDefinitions(account, authorizer);
        this.tasks = new EcsTasks(account, authorizer, clock, clusters, definitions, containers);
        var actions = new HashMap<String, JsonAction>();
        actions.putAll(clusters.all());
        actions.putAll(definitions.all());
        actions.putAll(tasks.all());
        this.service = new JsonService("ecs", Protocol.JSON_1_1, TARGET, actions, () -> {
            tasks.close();
            containers.close();
        });
    }

    /// Pushes an image; one of the same name is replaced.
    ///
    /// @param image as task definitions name it
    public void image(String image, ContainerCode code) {
        containers.put(image, code);
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// When a task has stopped.
    ///
    /// @throws java.util.NoSuchElementException where there is no such task
    public CompletableFuture<?> stopped(String taskArn) {
        var task = tasks.find(taskArn);
        if (task == null) {
            throw new NoSuchElementException(taskArn);
        }
        return task.stopped();
    }
}
