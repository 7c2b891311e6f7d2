package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.cli.deploy.read.SchedulerApi.Listed;
import java.util.List;
import java.util.regex.Pattern;

/// Schedules that a deployment has left behind that broke off before it wrote what it did: they have names as Baton
/// gives them and call a pipeline, and no manifest has them. What people made by hand has other names.
public final class LeftSchedules {
    private final Endpoint endpoint;
    private final Manifests manifests;

    /// @param stateBucket of the pipelines
    public LeftSchedules(Endpoint endpoint, String stateBucket) {
        this.endpoint = endpoint;
        this.manifests = new Manifests(endpoint, stateBucket);
    }

    /// Those of a pipeline; none while a deployment goes on, or where there never was one that ended.
    public List<Listed> of(String pipeline) {
        var manifest = manifests.find(pipeline);
        if (manifest.isEmpty() || manifests.unfinished(pipeline).isPresent()) {
            return List.of();
        }
        var known = manifest.get().snapshot().parts().keySet();
        var name = Pattern.compile(Pattern.quote(endpoint.prefix().of(pipeline)) + "-at-[0-9a-f]{8}");
        return endpoint.scheduler().all().stream()
                .filter(schedule -> name.matcher(schedule.name()).matches())
                .filter(schedule -> !known.contains(PipelineSnapshot.schedule(schedule.name())))
                .toList();
    }

    /// Takes them away.
    public void remove(List<Listed> left) {
        left.forEach(schedule -> endpoint.scheduler().delete(schedule.name()));
    }
}
