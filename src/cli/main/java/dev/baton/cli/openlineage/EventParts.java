package dev.baton.cli.openlineage;

import dev.baton.cli.artefact.RevisionDetails;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.run.BucketNames;
import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import io.openlineage.client.OpenLineage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The parts of which events are made: jobs, runs and datasets with their facets.
final class EventParts {
    /// Who tells of it.
    static final URI PRODUCER = URI.create("urn:baton:cli");

    private static final String INTEGRATION = "BATON";
    private static final String VERSION = Optional.ofNullable(
                    EventParts.class.getPackage().getImplementationVersion())
            .orElse("sources");
    /// `git@github.com:org/repo.git`, as Git takes it for SSH.
    private static final Pattern SCP = Pattern.compile("([\\w.-]+@[\\w.-]+):(?!//)(.+)");

    private final OpenLineage model = new OpenLineage(PRODUCER);
    private final ProfileFacets profiles = new ProfileFacets(model);
    private final JobNames names;
    private final KnownTasks tasks;
    private final Map<String, BucketNames> buckets;
    private final Map<SourceRevision, Optional<URI>> remotes = new HashMap<>();

    /// @param buckets the real buckets of each pipeline
    EventParts(JobNames names, KnownTasks tasks, Map<String, BucketNames> buckets) {
        this.names = names;
        this.tasks = tasks;
        this.buckets = Map.copyOf(buckets);
    }

    KnownTasks tasks() {
        return tasks;
    }

    /// An event, without datasets.
    OpenLineage.RunEventBuilder event(
            OpenLineage.RunEvent.EventType type, Instant at, OpenLineage.Run run, OpenLineage.Job job) {
        return model.newRunEventBuilder()
                .eventType(type)
                .eventTime(time(at))
                .run(run)
                .job(job)
                .inputs(List.of())
                .outputs(List.of());
    }

    private static ZonedDateTime time(Instant at) {
        return at.atZone(ZoneOffset.UTC);
    }

    /// The job that a pipeline is.
    OpenLineage.Job pipeline(String execution, String pipeline) {
        return job(execution, pipeline, model.newJobFacetsBuilder(), "PIPELINE");
    }

    /// The job that a task is of which nothing is known but its name.
    OpenLineage.Job unknown(String execution, String name) {
        return job(execution, name, model.newJobFacetsBuilder(), "TASK");
    }

    /// The job that a task's class is.
    ///
    /// @param type its full name
    OpenLineage.Job task(String execution, String pipeline, String type) {
        return job(execution, JobNames.task(pipeline, type), declared(type), "TASK");
    }

    /// The same, with where the sources are of the code that ran.
    OpenLineage.Job task(CompletionRecord record) {
        var facets = declared(record.task());
        var revision = record.revision();
        remote(record)
                .ifPresent(remote -> facets.sourceCodeLocation(model.newSourceCodeLocationJobFacetBuilder()
                        .type(revision.system())
                        .url(remote)
                        .repoUrl(remote.toString())
                        .version(revision.id())
                        .branch(revision.branch().isEmpty() ? null : revision.branch())
                        .build()));
        return job(record.execution(), JobNames.task(record.pipeline(), record.task()), facets, "TASK");
    }

    private OpenLineage.Job job(String execution, String name, OpenLineage.JobFacetsBuilder facets, String type) {
        return model.newJobBuilder()
                .namespace(names.namespace(execution))
                .name(name)
                .facets(facets.jobType(model.newJobTypeJobFacet("BATCH", INTEGRATION, type, null))
                        .build())
                .build();
    }

    private OpenLineage.JobFacetsBuilder declared(String type) {
        var facets = model.newJobFacetsBuilder();
        tasks.declared(type).ifPresent(declared -> {
            if (!declared.intent().isEmpty()) {
                facets.documentation(model.newDocumentationJobFacet(declared.intent(), "text/plain"));
            }
            declared.owner()
                    .ifPresent(owner -> facets.ownership(model.newOwnershipJobFacet(
                            List.of(model.newOwnershipJobFacetOwners("team:" + owner, "MAINTAINER")))));
        });
        return facets;
    }

    /// Where the sources were cloned from: a record does not say it, but the stamp of the same revision here does.
    private Optional<URI> remote(CompletionRecord record) {
        return remotes.computeIfAbsent(
                record.revision(),
                revision -> tasks.type(record.task())
                        .flatMap(type -> RevisionDetails.of(revision, type, ProjectFolder.folder()))
                        .flatMap(known -> uri(known.remote())));
    }

    static Optional<URI> uri(String remote) {
        var scp = SCP.matcher(remote);
        try {
            var uri = new URI(scp.matches() ? "ssh://" + scp.group(1) + "/" + scp.group(2) : remote);
            return uri.isAbsolute() ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// The run of a pipeline.
    OpenLineage.Run pipelineRun(UUID id, Map<String, String> tags, Optional<String> error) {
        return run(id, tags, error, model.newRunFacetsBuilder());
    }

    /// The run of one attempt, within that of a pipeline.
    OpenLineage.Run attemptRun(
            UUID id, OpenLineage.Job pipeline, UUID pipelineRun, Map<String, String> tags, Optional<String> error) {
        return run(
                id,
                tags,
                error,
                model.newRunFacetsBuilder()
                        .parent(model.newParentRunFacet(
                                model.newParentRunFacetRun(pipelineRun, null),
                                model.newParentRunFacetJob(pipeline.getNamespace(), pipeline.getName(), null),
                                model.newParentRunFacetRoot(
                                        model.newRootRun(pipelineRun, null),
                                        model.newRootJob(pipeline.getNamespace(), pipeline.getName(), null)))));
    }

    private OpenLineage.Run run(
            UUID id, Map<String, String> tags, Optional<String> error, OpenLineage.RunFacetsBuilder facets) {
        var listed = new ArrayList<OpenLineage.TagsRunFacetFields>();
        tags.forEach((key, value) -> listed.add(model.newTagsRunFacetFields(key, value, INTEGRATION)));
        error.ifPresent(message -> facets.errorMessage(model.newErrorMessageRunFacet(message, "JAVA", null)));
        return model.newRunBuilder()
                .runId(id)
                .facets(facets.tags(model.newTagsRunFacet(listed))
                        .processing_engine(model.newProcessingEngineRunFacet(VERSION, "Baton", null))
                        .build())
                .build();
    }

    /// A version that was read.
    OpenLineage.InputDataset input(String pipeline, PinnedObject object) {
        var address = address(pipeline, object.uri());
        return model.newInputDatasetBuilder()
                .namespace(namespace(address))
                .name(address.key())
                .facets(dataset(address, object).build())
                .build();
    }

    /// The version that was made.
    OpenLineage.OutputDataset output(CompletionRecord record) {
        var address = address(record.pipeline(), record.output().uri());
        var facets = dataset(address, record.output());
        var profile = record.profile();
        if (profile != null) {
            profiles.add(profile, facets);
        }
        return model.newOutputDatasetBuilder()
                .namespace(namespace(address))
                .name(address.key())
                .facets(facets.build())
                .outputFacets(profile == null ? null : profiles.written(profile))
                .build();
    }

    private OpenLineage.DatasetFacetsBuilder dataset(BucketNames.Address address, PinnedObject object) {
        var namespace = namespace(address);
        var facets = model.newDatasetFacetsBuilder()
                .version(model.newDatasetVersionDatasetFacet(object.version()))
                .dataSource(model.newDatasourceDatasetFacet(namespace, URI.create(namespace)));
        var logical = bucket(object.uri());
        if (!logical.equals(address.bucket())) {
            facets.symlinks(model.newSymlinksDatasetFacet(
                    List.of(model.newSymlinksDatasetFacetIdentifiers("s3://" + logical, address.key(), "LOCATION"))));
        }
        return facets;
    }

    /// As OpenLineage names S3: https://openlineage.io/docs/spec/naming#s3
    private static String namespace(BucketNames.Address address) {
        return "s3://" + address.bucket();
    }

    /// The real bucket, or the logical one where the environment has no such bucket any more.
    private BucketNames.Address address(String pipeline, String uri) {
        var known = buckets.get(pipeline);
        try {
            if (known != null) {
                return known.locate(uri);
            }
        } catch (IllegalStateException e) {
            // A record outlives its environment's buckets.
        }
        var bucket = bucket(uri);
        return new BucketNames.Address(uri, bucket, uri.substring("s3://".length() + bucket.length() + 1));
    }

    private static String bucket(String uri) {
        var start = "s3://".length();
        return uri.substring(start, uri.indexOf('/', start));
    }
}
