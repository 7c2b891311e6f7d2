package dev.baton.cli.command;

import dev.baton.cli.affected.AffectedPipeline;
import dev.baton.cli.affected.AffectedReport;
import dev.baton.cli.affected.CodeSide;
import dev.baton.cli.affected.RemadeOutputs;
import dev.baton.cli.affected.RevisionBuild;
import dev.baton.cli.lineage.RecordPlace;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.revision.Repository;
import dev.baton.revision.RepositorySearch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton affected REV [REV]`: what a changeset touches.
@Command(
        name = "affected",
        description = {
            "Tells which tasks of which pipelines differ between two revisions, by which classes, and which outputs"
                    + " would be made again.",
            "Builds both in folders of their own, which runs what their sources say; with one revision, the other"
                    + " side is the working copy."
        },
        customSynopsis = {
            "baton affected REV [REV] [--build COMMAND] [--jar FILE]...",
            "              [--no-records] [--env ENV] [--json]",
            "       baton affected --before FILE... --after FILE..."
        })
public final class AffectedCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REV",
            arity = "0..2",
            description = "an id, or a branch or tag that Git or Mercurial lists; the older first")
    private List<String> revisions = new ArrayList<>();

    @Option(
            names = "--before",
            paramLabel = "FILE",
            description = "the older code as it was built: a jar, a folder of jars or of classes; several times for"
                    + " what it needs")
    private List<Path> before = new ArrayList<>();

    @Option(names = "--after", paramLabel = "FILE", description = "the newer code as it was built")
    private List<Path> after = new ArrayList<>();

    @Option(
            names = "--build",
            paramLabel = "COMMAND",
            description = "how a revision is built, words with blanks between; what mvnw, pom.xml, gradlew or"
                    + " build.gradle show if nothing is said")
    private String build = "";

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "where the build puts the jar, within the project, and those that it needs; the jars with"
                    + " pipelines in target or build, and lib beside them, if nothing is said")
    private List<String> jars = new ArrayList<>();

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "the longest that one build may take; ${DEFAULT-VALUE} if nothing is said")
    private int seconds;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "the project's folder, in a repository of Git or Mercurial")
    private @Nullable Path project;

    @Option(names = "--no-records", description = "ask nobody which outputs would be made again")
    private boolean noRecords;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        check();
        try (var older = older();
                var newer = newer()) {
            var pipelines = AffectedPipeline.between(older, newer);
            var report = new AffectedReport(
                    older.name(), newer.name(), pipelines, noRecords ? Map.of() : outputs(pipelines));
            if (json) {
                report.printJson(spec.commandLine().getOut());
            } else {
                report.print(spec.commandLine().getOut());
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private void check() {
        var sides = revisions.size() + (before.isEmpty() ? 0 : 1) + (after.isEmpty() ? 0 : 1);
        if (sides == 0 || sides > 2 || (revisions.isEmpty() && before.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give one revision or two, or what was built with --before and --after: what is older, and what"
                            + " is newer");
        }
        if (seconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--within is a number of seconds from 1 on, but was " + seconds);
        }
    }

    private CodeSide older() throws IOException {
        return before.isEmpty() ? CodeSide.of(repository(), revisions.getFirst(), builds()) : CodeSide.given(before);
    }

    private CodeSide newer() throws IOException {
        if (!after.isEmpty()) {
            return CodeSide.given(after);
        }
        var named = before.isEmpty() ? 1 : 0;
        return revisions.size() > named
                ? CodeSide.of(repository(), revisions.get(named), builds())
                : CodeSide.workingCopy(repository(), builds());
    }

    private Path project() {
        return project == null
                ? ProjectFolder.folder()
                : project.toAbsolutePath().normalize();
    }

    private RevisionBuild builds() {
        return new RevisionBuild(
                build.isBlank() ? List.of() : List.of(build.strip().split("\\s+")),
                jars,
                project(),
                Duration.ofSeconds(seconds));
    }

    private Repository repository() {
        return RepositorySearch.require(project());
    }

    /// What is recorded of pipelines, where they are.
    private Map<String, RemadeOutputs> outputs(List<AffectedPipeline> pipelines) throws IOException {
        var outputs = new HashMap<String, RemadeOutputs>();
        if (choice.isNowhere()) {
            if (!pipelines.isEmpty()) {
                try (var place = RecordPlace.laptop()) {
                    pipelines.forEach(
                            pipeline -> outputs.put(pipeline.name(), RemadeOutputs.of(pipeline, place.archive())));
                }
            }
            return outputs;
        }
        for (var pipeline : pipelines) {
            try (var place = RecordPlace.deployed(pipeline.name(), choice.open())) {
                outputs.put(pipeline.name(), RemadeOutputs.of(pipeline, place.archive()));
            } catch (DiagnosticException e) {
                if (e.diagnostics().stream().noneMatch(found -> found.code().equals("CLI013"))) {
                    throw e;
                }
                // A pipeline that is not there yet has made nothing.
            }
        }
        return outputs;
    }
}
