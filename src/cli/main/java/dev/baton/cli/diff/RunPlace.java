package dev.baton.cli.diff;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.name.Arn;
import dev.baton.run.Pin;
import dev.baton.run.RunReference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/// The place where runs are looked for: an endpoint, or what `baton run` keeps on this machine.
///
/// @param isLaptop whether it is this machine, where functions are not kept, and buckets have their logical names
public record RunPlace(Endpoint endpoint, boolean isLaptop, AutoCloseable opened) implements AutoCloseable {

    /// @param endpoint closed with this
    public static RunPlace of(Endpoint endpoint) {
        return new RunPlace(endpoint, false, endpoint);
    }

    /// This machine, as `baton run` left it; with nothing on it where `baton run` was never called. Executions that are
    /// kept there wait.
    public static RunPlace laptop() {
        var data = Files.isDirectory(ProjectFolder.data()) ? ProjectFolder.data() : null;
        var cloud = new LocalCloud(LocalCloud.start(0, data), LaptopFunctions.JVM);
        return new RunPlace(cloud.endpoint(), true, cloud);
    }

    /// The pipeline of a name, if it is there.
    Optional<DeployedPipeline> pipeline(String name) {
        if (!isLaptop) {
            return DeployedPipeline.find(endpoint, name);
        }
        var machineName = endpoint.prefix().of(name);
        var buckets = new LinkedHashMap<String, String>();
        endpoint.s3().listBuckets().buckets().forEach(bucket -> buckets.put(bucket.name(), bucket.name()));
        return endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .filter(machine -> machine.name().equals(machineName))
                .findFirst()
                .map(StateMachineListItem::stateMachineArn)
                .map(arn ->
                        new DeployedPipeline(name, arn, arn, machineName + "-start", LocalCloud.STATE_BUCKET, buckets));
    }

    /// The runs that have left something behind.
    Stream<RunReference> runs(DeployedPipeline there) {
        return endpoint
                .s3()
                .listObjectsV2Paginator(
                        request -> request.bucket(there.stateBucket()).prefix("runs/" + there.pipeline() + "/"))
                .contents()
                .stream()
                .filter(object -> object.key().endsWith("/pin.json"))
                .map(object -> Pin.parse(endpoint.s3()
                                .getObjectAsBytes(request ->
                                        request.bucket(there.stateBucket()).key(object.key()))
                                .asByteArray())
                        .run());
    }

    /// The pipeline that a state machine is of, if it is one's.
    Optional<DeployedPipeline> pipelineOf(String machineArn) {
        if (!isLaptop) {
            return DeployedPipeline.ofMachine(endpoint, machineArn);
        }
        var prefix = endpoint.prefix().names();
        var name = Arn.last(machineArn);
        return name.startsWith(prefix) ? pipeline(name.substring(prefix.length())) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the place of the runs could not be closed", e);
        }
    }
}
