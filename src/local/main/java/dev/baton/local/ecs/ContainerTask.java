package dev.baton.local.ecs;

import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import dev.baton.name.Arn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A task: one run of a task definition's container, from `PROVISIONING` to `STOPPED`.
final class ContainerTask {
    private final String id;
    private final String arn;
    private final String clusterArn;
    private final TaskDefinition definition;
    private final ApiInput request;
    private final @Nullable String role;
    private final InstantSource clock;
    private final String containerId = UUID.randomUUID().toString();
    private final String interfaceId = UUID.randomUUID().toString();
    private final Instant created;
    private final CompletableFuture<ContainerTask> stopped = new CompletableFuture<>();
    private String status = "PROVISIONING";
    private int version = 1;
    private @Nullable Instant started;
    private @Nullable Instant stopping;
    private @Nullable Instant ended;
    private @Nullable String stopCode;
    private @Nullable String stoppedReason;
    private @Nullable String containerReason;
    private @Nullable Integer exitCode;
    private @Nullable Runnable kill;

    /// @param arn `arn:…:task/CLUSTER/ID`
    /// @param request what `RunTask` was asked for
    /// @param role whose credentials the container gets
    ContainerTask(
            String arn,
            String clusterArn,
            TaskDefinition definition,
            ApiInput request,
            @Nullable String role,
            InstantSource clock) {
        this.id = arn.substring(arn.lastIndexOf('/') + 1);
        this.arn = arn;
        this.clusterArn = clusterArn;
        this.definition = definition;
        this.request = request;
        this.role = role;
        this.clock = clock;
        this.created = clock.instant();
    }

    String id() {
        return id;
    }

    String arn() {
        return arn;
    }

    String clusterArn() {
        return clusterArn;
    }

    TaskDefinition definition() {
        return definition;
    }

    @Nullable
    String role() {
        return role;
    }

    /// Completed when the task has stopped.
    CompletableFuture<ContainerTask> stopped() {
        return stopped;
    }

    private ApiInput override() {
        return request.object("overrides").objects("containerOverrides").stream()
                .filter(each -> definition.containerName().equals(each.text("name")))
                .findFirst()
                .orElse(new ApiInput(Map.of()));
    }

    /// What `RunTask` was asked for.
    ApiInput request() {
        return request;
    }

    /// The container's variables: those of its definition, and over them those of the request.
    Map<String, String> variables() {
        var variables = new LinkedHashMap<>(definition.container().pairs("environment", "name", "value"));
        variables.putAll(override().pairs("environment", "name", "value"));
        return variables;
    }

    /// What the container runs.
    List<String> command() {
        var command = override().texts("command");
        if (command.isEmpty()) {
            return definition.command();
        }
        var all = new ArrayList<>(definition.container().texts("entryPoint"));
        all.addAll(command);
        return all;
    }

    synchronized void pending() {
        move("PENDING");
    }

    /// @param kill ends the container at once
    /// @return whether it may run; not when it was stopped before
    synchronized boolean running(Runnable kill) {
        if (stopping != null) {
            return false;
        }
        this.kill = kill;
        started = clock.instant();
        move("RUNNING");
        return true;
    }

    /// The container never came to run.
    void failedToStart(String reason) {
        synchronized (this) {
            stopCode = "TaskFailedToStart";
            stoppedReason = reason;
            containerReason = reason;
        }
        end();
    }

    /// The container ended.
    void exited(int code) {
        synchronized (this) {
            exitCode = code;
            if (stopCode == null) {
                stopCode = "EssentialContainerExited";
                stoppedReason = "Essential container in task exited";
            }
        }
        end();
    }

    /// Somebody wants it to end.
    void stop(String reason) {
        Runnable running;
        synchronized (this) {
            if (stopping != null || ended != null) {
                return;
            }
            stopping = clock.instant();
            stopCode = "UserInitiated";
            stoppedReason = reason;
            running = kill;
            move("STOPPING");
        }
        if (running == null) {
            end();
        } else {
            running.run();
        }
    }

    private void end() {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = clock.instant();
            if (stopping == null) {
                stopping = ended;
            }
            move("STOPPED");
        }
        stopped.complete(this);
    }

    private void move(String to) {
        status = to;
        version++;
    }

    /// As the API shows it.
    synchronized Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("attachments", List.of(networkInterface()));
        json.put("availabilityZone", zone());
        json.put("clusterArn", clusterArn);
        if (started != null) {
            json.put("connectivity", "CONNECTED");
            json.put("connectivityAt", JsonAnswer.seconds(started));
        }
        json.put("containers", List.of(container()));
        json.put("cpu", definition.given().text("cpu", "0"));
        json.put("createdAt", JsonAnswer.seconds(created));
        json.put("desiredStatus", stopping == null ? "RUNNING" : "STOPPED");
        json.put("enableExecuteCommand", false);
        time(json, "executionStoppedAt", ended);
        json.put("group", request.text("group", "family:" + definition.family()));
        json.put("lastStatus", status);
        json.put("launchType", request.text("launchType", "FARGATE"));
        json.put("memory", definition.given().text("memory", "0"));
        json.put("overrides", overrides());
        json.put("platformVersion", "1.4.0");
        json.put("platformFamily", "Linux");
        if (started != null) {
            json.put("pullStartedAt", JsonAnswer.seconds(created));
            json.put("pullStoppedAt", JsonAnswer.seconds(started));
        }
        time(json, "startedAt", started);
        text(json, "startedBy", request.text("startedBy"));
        text(json, "stopCode", stopCode);
        time(json, "stoppedAt", ended);
        text(json, "stoppedReason", stoppedReason);
        time(json, "stoppingAt", stopping);
        json.put("tags", List.of());
        json.put("taskArn", arn);
        json.put("taskDefinitionArn", definition.arn());
        json.put("version", (long) version);
        return json;
    }

    private Map<String, @Nullable Object> overrides() {
        var overrides = new LinkedHashMap<String, @Nullable Object>();
        var containers = request.object("overrides").objects("containerOverrides");
        overrides.put(
                "containerOverrides", containers.stream().map(ApiInput::members).toList());
        overrides.put("inferenceAcceleratorOverrides", List.of());
        return overrides;
    }

    private Map<String, @Nullable Object> networkInterface() {
        var subnets = request.object("networkConfiguration")
                .object("awsvpcConfiguration")
                .texts("subnets");
        var attachment = new LinkedHashMap<String, @Nullable Object>();
        attachment.put("id", interfaceId);
        attachment.put("type", "ElasticNetworkInterface");
        attachment.put(
                "status", status.equals("STOPPED") ? "DELETED" : status.equals("RUNNING") ? "ATTACHED" : "PRECREATED");
        attachment.put(
                "details",
                subnets.isEmpty() ? List.of() : List.of(Map.of("name", "subnetId", "value", subnets.getFirst())));
        return attachment;
    }

    private Map<String, @Nullable Object> container() {
        var container = new LinkedHashMap<String, @Nullable Object>();
        container.put("containerArn", arn.replace(":task/", ":container/") + "/" + containerId);
        container.put("cpu", "0");
        if (exitCode != null) {
            container.put("exitCode", exitCode.longValue());
        }
        container.put("healthStatus", "UNKNOWN");
        container.put("image", definition.image());
        container.put(
                "lastStatus",
                status.equals("STOPPING") ? "RUNNING" : status.equals("PROVISIONING") ? "PENDING" : status);
        container.put("name", definition.containerName());
        container.put("networkInterfaces", List.of());
        text(container, "reason", containerReason);
        container.put("taskArn", arn);
        return container;
    }

    private String zone() {
        return Arn.parse(arn).region() + "a";
    }

    private static void text(Map<String, @Nullable Object> json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void time(Map<String, @Nullable Object> json, String name, @Nullable Instant moment) {
        if (moment != null) {
            json.put(name, JsonAnswer.seconds(moment));
        }
    }
}
