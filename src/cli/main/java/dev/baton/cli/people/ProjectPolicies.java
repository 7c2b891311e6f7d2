package dev.baton.cli.people;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Environments;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.TaskGraph;
import dev.baton.policy.GovernedPipeline;
import dev.baton.policy.PolicyChecks;
import dev.baton.policy.PolicyVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policies about people of a project: a file beside its environments.
///
/// @param name of the file, for people
/// @param text in Cedar
public record ProjectPolicies(String name, String text) {
    /// The file's path in a project.
    public static final Path FILE = Path.of("cdk", "policies.cedar");

    /// The file that was named, and else the project's.
    ///
    /// @throws DiagnosticException CLI111 when there is none
    public static ProjectPolicies read(@Nullable Path given) throws IOException {
        return find(given).orElseThrow(() -> new DiagnosticException(PeopleFindings.noFile(FILE.toString())));
    }

    /// The file that was named, and else the project's, if it has one.
    public static Optional<ProjectPolicies> find(@Nullable Path given) throws IOException {
        var file = given == null ? ProjectFolder.folder().resolve(FILE) : given;
        return given == null && !Files.exists(file)
                ? Optional.empty()
                : Optional.of(new ProjectPolicies(ProjectFolder.shown(file), InputFiles.text(file)));
    }

    /// What policies may name in this project.
    ///
    /// @param graphs of all its pipelines
    public static PolicyVocabulary vocabulary(Collection<TaskGraph> graphs) throws IOException {
        var environments = new TreeMap<String, Optional<String>>();
        var teams = new TreeSet<String>();
        var file = ProjectFolder.folder().resolve(Environments.FILE);
        if (Files.exists(file)) {
            var all = Environments.parse(ProjectFolder.shown(file), InputFiles.text(file));
            for (var environment : all.byName().values()) {
                environments.put(environment.name(), Optional.ofNullable(environment.owner()));
                environment.identities().roleTeams().values().forEach(teams::addAll);
                environment
                        .identities()
                        .providers()
                        .values()
                        .forEach(provider -> teams.addAll(provider.teamNames().values()));
            }
        }
        var pipelines = graphs.stream()
                .map(graph -> GovernedPipeline.of(graph, "", Optional.empty()))
                .toList();
        return new PolicyVocabulary(environments, pipelines, teams);
    }

    /// What is wrong with them.
    public List<Diagnostic> findings(PolicyVocabulary known) {
        return PolicyChecks.of(name, text, known);
    }
}
