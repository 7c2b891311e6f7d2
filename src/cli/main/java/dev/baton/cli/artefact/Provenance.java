package dev.baton.cli.artefact;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.revision.Repository;
import dev.baton.revision.RepositorySearch;
import dev.baton.revision.RevisionJson;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// The provenance of a pipeline: from which revision of which sources its jar was built.
/// The folder in which `baton` is called does not matter.
///
/// It is the jar's [Stamp]. Else it is what the manifest says: `Baton-Revision`, the id that Git or Mercurial gave it,
/// `Baton-Branch`, `Baton-Dirty` (`false` where all was committed; not to know is not to be clean), and `Baton-System`
/// (`git`, which it is where nothing is said, or `hg`). Else it is the state of the working copy in which the jar lies,
/// where it lies in a folder that builds make, `target` or `build`. Else it is [SourceRevision#UNKNOWN].
///
/// @param artefact the jar or folder of classes
/// @param problems why the revision is not known, where something is in the way; none of it stops anything
public record Provenance(Path artefact, SourceRevision revision, List<Diagnostic> problems) {
    private static final Set<String> BUILT = Set.of("target", "build");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{7,64}");

    /// Of the pipeline that a root task belongs to.
    public static Provenance of(Class<?> root) {
        return of(FunctionPackage.source(root));
    }

    public static Provenance of(CompiledPipeline pipeline) {
        return of(pipeline.graph().pipeline().root());
    }

    /// The one revision of all pipelines; [SourceRevision#UNKNOWN] where they were built from several.
    public static SourceRevision together(Collection<Pipeline> pipelines) {
        var all = new HashSet<SourceRevision>();
        byArtefact(pipelines).values().forEach(provenance -> all.add(provenance.revision()));
        return all.size() == 1 ? all.iterator().next() : SourceRevision.UNKNOWN;
    }

    /// Many pipelines of one artefact are asked about once: a repository takes its time.
    private static Map<Path, Provenance> byArtefact(Collection<Pipeline> pipelines) {
        var all = new LinkedHashMap<Path, Provenance>();
        pipelines.forEach(pipeline -> all.computeIfAbsent(FunctionPackage.source(pipeline.root()), Provenance::of));
        return all;
    }

    public static Provenance of(Path artefact) {
        // A command works with a copy of what it was given.
        var origin = PrivateJars.origin(artefact);
        var place =
                (Files.isDirectory(origin) ? origin : artefact).toAbsolutePath().normalize();
        try {
            var revision = Stamp.of(place)
                    .map(stamp -> SourceRevision.of(RevisionJson.of(stamp)))
                    .or(() -> said(place))
                    .or(() -> checkedOut(origin.toAbsolutePath().normalize(), built(place)))
                    .orElse(SourceRevision.UNKNOWN);
            return new Provenance(origin, revision, List.of());
        } catch (DiagnosticException e) {
            return new Provenance(origin, SourceRevision.UNKNOWN, e.diagnostics());
        }
    }

    /// Refuses what an environment does not take that takes only what was built from committed sources.
    ///
    /// @return why revisions are not known, as warnings
    /// @throws DiagnosticException ENV020, with those warnings
    public static List<Diagnostic> check(Environment environment, Collection<Pipeline> pipelines) {
        var byArtefact = byArtefact(pipelines);
        var findings = new Diagnostics();
        byArtefact.values().stream()
                .flatMap(provenance -> provenance.problems().stream())
                .map(found -> Diagnostic.warning(found.code(), found.location(), found.message(), found.remedy()))
                .distinct()
                .forEach(findings::add);
        for (var pipeline : pipelines) {
            var provenance = Objects.requireNonNull(byArtefact.get(FunctionPackage.source(pipeline.root())));
            var revision = provenance.revision();
            if (environment.clean() && (revision.id().isEmpty() || revision.dirty())) {
                findings.add(Environment.notClean(
                        environment.name(),
                        pipeline.name(),
                        ProjectFolder.shown(provenance.artefact()),
                        revision.id().isEmpty() ? "of no known revision" : "of " + revision));
            }
        }
        findings.throwIfErrors();
        return findings.all();
    }

    private static Optional<SourceRevision> said(Path artefact) {
        if (!Files.isRegularFile(artefact)) {
            return Optional.empty();
        }
        try (var jar = new JarFile(artefact.toFile(), false)) {
            var manifest = jar.getManifest();
            return manifest == null ? Optional.empty() : said(manifest.getMainAttributes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<SourceRevision> said(Attributes attributes) {
        var said = attributes.getValue("Baton-Revision");
        if (said == null) {
            return Optional.empty();
        }
        var id = said.strip().toLowerCase(Locale.ROOT);
        // A build that had nothing to put there says so too: it is not asked for what lies around.
        return Optional.of(
                ID.matcher(id).matches()
                        ? new SourceRevision(
                                "hg".equals(attributes.getValue("Baton-System")) ? "hg" : "git",
                                id,
                                Optional.ofNullable(attributes.getValue("Baton-Branch"))
                                        .orElse("")
                                        .strip(),
                                !"false"
                                        .equalsIgnoreCase(String.valueOf(attributes.getValue("Baton-Dirty"))
                                                .strip()))
                        : SourceRevision.UNKNOWN);
    }

    private static Optional<SourceRevision> checkedOut(Path artefact, Instant built) {
        for (var at = artefact; at != null; at = at.getParent()) {
            var name = at.getFileName();
            var project = at.getParent();
            if (name != null && project != null && BUILT.contains(name.toString())) {
                return RepositorySearch.around(project)
                        .flatMap(Repository::workingCopy)
                        // What was committed later is not in it.
                        .map(copy -> new SourceRevision(
                                copy.system(),
                                copy.id(),
                                copy.branch(),
                                copy.dirty()
                                        || built.getEpochSecond() < copy.time().getEpochSecond()));
            }
        }
        return Optional.empty();
    }

    /// A folder of classes is what the compiler last made of it, file by file.
    private static Instant built(Path artefact) {
        try {
            return Files.isRegularFile(artefact)
                    ? Files.getLastModifiedTime(artefact).toInstant()
                    : Instant.MAX;
        } catch (IOException e) {
            return Instant.MIN;
        }
    }
}
