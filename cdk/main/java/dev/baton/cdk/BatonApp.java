package dev.baton.cdk;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Destination;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.ResourceTags;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.IStackSynthesizer;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/// The stacks of an environment: the foundation, with one more for each pipeline, and the storage, with the buckets,
/// which an administrator deploys; and one for each pipeline, which its deploy role does. None needs `cdk bootstrap`,
/// nor roles that it would make: whoever deploys does so with credentials of their own. The foundation has no assets
/// and goes in the request itself, those of the others to the bucket that it makes.
public final class BatonApp {
    private BatonApp() {}

    /// An app whose templates go to a folder. It asks nobody but this machine, and tells nobody about itself.
    public static App in(Path folder) {
        return new App(AppProps.builder()
                .outdir(folder.toAbsolutePath().toString())
                .analyticsReporting(false)
                // A stack that another one refers to cannot take away what it refers to.
                .context(Map.of("@aws-cdk/core:defaultCrossStackReferences", "strong"))
                .build());
    }

    /// Adds the stacks to an app.
    ///
    /// @param pipelines all of the environment
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings: the environment has no account (ENV007),
    ///     does not name a bucket (ENV004), caps what is not there (ENV009), runs containers without a network
    ///     (ENV010), has another prefix than the pipelines were compiled for (ENV028), or policies about people and not the
    ///     code of what asks them (ENV046), or they do not go together
    public static void add(
            Construct app,
            Environment environment,
            List<CompiledPipeline> pipelines,
            FunctionAsset code,
            SourceRevision revision) {
        add(app, environment, pipelines, code, revision, Map.of());
    }

    /// Adds the stacks to an app.
    ///
    /// @param pipelines all of the environment
    /// @param retired by the pipeline's name, what executions still need of what a pipeline has no more
    /// @throws dev.baton.diagnostic.DiagnosticException as the other
    public static void add(
            Construct app,
            Environment environment,
            List<CompiledPipeline> pipelines,
            FunctionAsset code,
            SourceRevision revision,
            Map<String, RetainedResources> retired) {
        var account = check(environment, pipelines, code);
        var names = environment.prefix();
        var everywhere = pipelines.stream().map(CompiledPipeline::name).sorted().toList();
        var shared = ResourceTags.shared(everywhere);

        var first = stack(
                app,
                true,
                names.foundation(),
                "What Baton needs before anything is deployed",
                account,
                new LegacyStackSynthesizer());
        first.setTerminationProtection(environment.retention().buckets());
        var bounded = pipelines.stream()
                .map(pipeline -> retired.getOrDefault(pipeline.name(), RetainedResources.NOTHING)
                        .in(pipeline))
                .toList();
        var ofPipelines = new LinkedHashMap<String, Stack>();
        for (var pipeline : pipelines) {
            var stack = stack(
                    app,
                    true,
                    names.foundation(pipeline.name()),
                    "What bounds the pipeline " + pipeline.name() + ", and who deploys it",
                    account,
                    new LegacyStackSynthesizer());
            stack.setTerminationProtection(environment.retention().buckets());
            ofPipelines.put(pipeline.name(), stack);
        }
        var foundation = new BatonFoundation(first, "Foundation", environment, bounded, ofPipelines);
        StackTags.on(first, shared, revision, code, environment);
        ofPipelines.forEach((pipeline, stack) -> StackTags.on(stack, pipeline, revision, code, environment));

        // CloudFormation takes no stack without resources.
        var second = makesBuckets(environment, pipelines)
                ? stack(
                        app,
                        false,
                        names.storage(),
                        "The buckets of Baton's pipelines",
                        account,
                        uploadingTo(names, account))
                : first;
        second.setTerminationProtection(environment.retention().buckets());
        var storage = new BatonStorage(second, "Storage", foundation);
        StackTags.on(second, shared, revision, code, environment);

        for (var pipeline : pipelines) {
            var stack = stack(
                    app,
                    false,
                    names.of(pipeline.name()),
                    pipeline.graph().root().intent(),
                    account,
                    uploadingTo(names, account));
            var kept = retired.getOrDefault(pipeline.name(), RetainedResources.NOTHING);
            new BatonPipeline(stack, "Pipeline", pipeline, storage, code, revision, kept);
            StackTags.on(stack, pipeline.name(), revision, code, environment);
        }
    }

    private static boolean makesBuckets(Environment environment, List<CompiledPipeline> pipelines) {
        return environment.audit() != null
                || pipelines.stream()
                        .flatMap(pipeline -> pipeline.buckets().stream())
                        .anyMatch(
                                bucket -> !environment.bucket(bucket.logical()).imported());
    }

    private static Destination.Account check(
            Environment environment, List<CompiledPipeline> pipelines, FunctionAsset code) {
        var findings = new Diagnostics();
        findings.addAll(environment.missing(pipelines.stream()
                .flatMap(pipeline -> pipeline.buckets().stream())
                .map(CompiledBucket::logical)
                .toList()));
        findings.addAll(environment.unknownTasks(pipelines.stream()
                .flatMap(pipeline -> pipeline.functions().stream())
                .map(CompiledFunction::taskClass)
                .flatMap(task -> task.stream().map(Class::getSimpleName))
                .toList()));
        findings.addAll(environment.unknownMaps(pipelines));
        findings.addAll(environment.sharedQueues(pipelines));
        findings.addAll(Compiler.checkTogether(
                pipelines.stream().map(CompiledPipeline::graph).toList()));
        findings.addAll(environment.otherPrefixes(pipelines));
        pipelines.forEach(pipeline ->
                BatonFoundation.withContainers(environment, pipeline).ifPresent(findings::add));
        environment.withoutFunctionsOfPeople(pipelines, code.governed() != null).ifPresent(findings::add);
        environment.withoutAccount().ifPresent(findings::add);
        findings.throwIfErrors();
        return (Destination.Account) environment.place();
    }

    /// @param compact whether the template has no blanks: one without assets is deployed in the request, which takes 50
    ///     KB
    private static Stack stack(
            Construct app,
            boolean compact,
            String name,
            String description,
            Destination.Account account,
            IStackSynthesizer synthesizer) {
        return Stack.Builder.create(app, name)
                .stackName(name)
                .description(description.length() <= 1024 ? description : description.substring(0, 1024))
                .env(software.amazon.awscdk.Environment.builder()
                        .account(account.id())
                        .region(account.region())
                        .build())
                .suppressTemplateIndentation(compact)
                .synthesizer(synthesizer)
                .build();
    }

    private static IStackSynthesizer uploadingTo(Prefix names, Destination.Account account) {
        return CliCredentialsStackSynthesizer.Builder.create()
                .fileAssetsBucketName(names.codeBucket(account.id(), account.region()))
                .build();
    }
}
