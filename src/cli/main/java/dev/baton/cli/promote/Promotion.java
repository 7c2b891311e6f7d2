package dev.baton.cli.promote;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.read.DeploymentPlan;
import dev.baton.cli.deploy.read.DeploymentPreview;
import dev.baton.cli.deploy.read.Difference;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.follow.RunEvent;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.name.Sha256;
import dev.baton.run.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The promotion of pipelines: what runs in one environment is what is deployed to another one, to the byte.
///
/// Nothing is built. The package is fetched from where the functions run that are made of it, and its hash is that of
/// theirs. Compiled by this Baton for the environment that it comes from, it must be what is there, place by place:
/// then its definition, rights and settings are what runs there too. What is left to differ is an environment's own:
/// account, Region, prefix, names of buckets and keys, and what its entry in the environments' file says.
public final class Promotion {
    private final Endpoint endpoint;
    private final String environment;
    private final String stateBucket;
    private final Map<String, Manifest> manifests = new TreeMap<>();
    private final Map<String, FunctionPackage> packages = new TreeMap<>();

    /// @param endpoint that of the environment that is promoted from
    /// @param environment its name
    public Promotion(Endpoint endpoint, String environment, String stateBucket) {
        this.endpoint = endpoint;
        this.environment = environment;
        this.stateBucket = stateBucket;
    }

    /// Fetches the artefacts of pipelines, and unpacks what is their own.
    ///
    /// @param chosen names; all that were deployed there, where there is none
    /// @param folder for the jars
    /// @return the jars of each artefact
    /// @throws dev.baton.diagnostic.DiagnosticException CLI086 when one is not deployed there, CLI087 when its Baton is
    ///     another one, CLI088 when its package is gone
    public List<List<Path>> fetch(Collection<String> chosen, Path folder) throws IOException, InterruptedException {
        var known = new Manifests(endpoint, stateBucket);
        var names = chosen.isEmpty()
                ? known.all().stream().map(Manifest::pipeline).sorted().toList()
                : List.copyOf(chosen);
        if (names.isEmpty()) {
            throw PromotionFindings.notDeployed(environment, environment, "nothing is deployed there");
        }
        var artefacts = new LinkedHashMap<String, List<Path>>();
        for (var name : names) {
            if (known.unfinished(name).isPresent()) {
                throw PromotionFindings.notDeployed(environment, name, "a deployment has begun there and not ended");
            }
            var manifest = known.find(name)
                    .orElseThrow(() -> PromotionFindings.notDeployed(environment, name, "it was not deployed there"));
            var fetched = new DeployedPackage(endpoint, environment, manifest).fetch();
            var others = fetched.otherRuntime();
            if (!others.isEmpty()) {
                throw PromotionFindings.otherRuntime(environment, name, others);
            }
            manifests.put(name, manifest);
            packages.put(name, fetched);
            if (!artefacts.containsKey(fetched.hash())) {
                artefacts.put(
                        fetched.hash(),
                        fetched.unpackOwn(Files.createDirectories(folder.resolve(String.valueOf(artefacts.size())))));
            }
        }
        return List.copyOf(artefacts.values());
    }

    /// The pipelines that were fetched, by name.
    public Collection<String> pipelines() {
        return List.copyOf(manifests.keySet());
    }

    /// Refuses unless what was fetched, compiled here for the environment that it comes from, is what is there.
    ///
    /// @param compiled for that environment
    /// @param names of that environment
    /// @throws dev.baton.diagnostic.DiagnosticException CLI087 when it is not, CLI089 when it was edited by hand there
    public void requireSame(CompiledPipeline compiled, EnvironmentNames names) {
        var here = FunctionPackage.of(compiled.graph().pipeline().root());
        var there = fetched(compiled.name());
        if (!here.hash().equals(there.hash())) {
            throw PromotionFindings.differs(
                    environment,
                    compiled.name(),
                    List.of("its package would be " + here.hash() + ", and is " + there.hash()));
        }
        var plan = new DeploymentPlan(endpoint, here.runtimeHash(), names);
        var preview = DeploymentPreview.of(endpoint, stateBucket, compiled, plan);
        var edits = new ArrayList<String>();
        preview.left().forEach(edit -> edits.add(edit.resource() + ": " + edit.place()));
        var differences = new ArrayList<String>();
        for (var difference : preview.differences()) {
            (difference.edited() ? edits : differences).add(told(difference));
        }
        if (!edits.isEmpty()) {
            throw PromotionFindings.edited(environment, compiled.name(), edits);
        }
        if (!differences.isEmpty()) {
            throw PromotionFindings.differs(environment, compiled.name(), differences);
        }
    }

    private static String told(Difference difference) {
        return difference.kind().word() + " of " + difference.resource() + ": " + difference.says();
    }

    /// The event that tells of a promotion: what is equal, by its hash, and what is each environment's own.
    ///
    /// @param plain the pipeline compiled with the prefix of no environment: what stands in its definition is the same
    ///     in all of them
    /// @param to the names of the environment that it is deployed to
    /// @param prefix of that environment
    public RunEvent.Promoted event(CompiledPipeline plain, EnvironmentNames to, Prefix prefix) {
        var manifest = manifests.get(plain.name());
        var own = new LinkedHashMap<String, String>();
        differs(own, "account", endpoint.account(), to.account());
        differs(own, "Region", endpoint.region(), to.region());
        differs(own, "prefix", endpoint.prefix().word(), prefix.word());
        if (manifest != null) {
            new TreeMap<>(manifest.buckets())
                    .forEach((logical, real) -> differs(own, "bucket " + logical, real, to.bucket(logical)));
        }
        return new RunEvent.Promoted(
                plain.name(), environment, fetched(plain.name()).hash(), definition(plain), own);
    }

    private FunctionPackage fetched(String pipeline) {
        var there = packages.get(pipeline);
        if (there == null) {
            throw new IllegalStateException(pipeline + " was not fetched");
        }
        return there;
    }

    /// The SHA-256 of the definitions, with `${…}` for what is an environment's.
    private static String definition(CompiledPipeline plain) {
        var none = new Substitutions(Map.of());
        return Sha256.hex(plain.machines().stream()
                .map(machine -> machine.name() + "\n" + none.text(machine.definition()) + "\n")
                .collect(Collectors.joining()));
    }

    private static void differs(Map<String, String> own, String what, String from, String to) {
        if (!from.equals(to)) {
            own.put(what, from + " -> " + to);
        }
    }
}
