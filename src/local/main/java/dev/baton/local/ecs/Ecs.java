package dev.baton.local.ecs;

import dev.baton.local.http.Protocol;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/// ECS: clusters, task definitions, and tasks of one container on Fargate.
///
/// Services, capacity providers, container instances and volumes are not here.
/// See the [API reference](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html).
public final class Ecs {
    private final ContainerLauncher containers;
    private final EcsTasks tasks;
    private final Service service;

    /// @param logs what containers print
    /// @param options for the JVM of a container in a process of its own
    public Ecs(Foundation foundation, Logs logs, List<String> options) {
        this.containers = new ContainerLauncher(foundation, logs, options);
        var account = foundation.account();
        var clusters = new Clusters(account);
        var definitions = new TaskDefinitions(account);
        this.tasks = new EcsTasks(account, foundation.scheduler()::now, clusters, definitions, containers);
        this.service = new JsonService(
                "ecs",
                Protocol.JSON_1_1,
                "AmazonEC2ContainerServiceV20141113",
                foundation.authorizer(),
                ApiOperation.all(clusters.all(), definitions.all(), tasks.all()),
                () -> {},
                () -> {
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
