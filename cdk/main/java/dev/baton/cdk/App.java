package dev.baton.cdk;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.artefact.ArtefactLoader;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.PipelineSearch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Synthesises the stacks of an environment: CloudFormation templates and what they need, in a folder that `cdk deploy
/// --app FOLDER` and `cdk diff --app FOLDER` take. Pipelines are found on the class path and in the jars given.
public final class App {
    private App() {}

    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /// @return the exit code: 0, 1 when something is wrong with pipelines or environment, 2 when with the arguments
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        AppOptions options;
        try {
            options = AppOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(AppOptions.USAGE);
            return 2;
        } catch (DiagnosticException e) {
            e.diagnostics().forEach(err::println);
            return 1;
        }
        try {
            synthesise(options, out);
            return 0;
        } catch (DiagnosticException e) {
            e.diagnostics().forEach(err::println);
        } catch (IOException e) {
            err.println("cannot read " + e.getMessage());
        }
        return 1;
    }

    private static void synthesise(AppOptions options, PrintStream out) throws IOException {
        var file = options.environments();
        var environment =
                Environments.parse(file.toString(), Files.readString(file)).named(options.environment());
        var output = options.output();
        var code = FunctionAsset.staged(options.jars(), output.resolveSibling(output.getFileName() + ".code"));
        try (var loader = loader(code)) {
            var pipelines = pipelines(loader, environment.options());
            NodeRuntime.require();
            synthesise(options, environment, code, pipelines, out);
        }
    }

    /// Those of the jars, and of the class path of an app of one's own.
    private static List<CompiledPipeline> pipelines(ArtefactLoader loader, CompilerOptions options) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return PipelineSearch.in(List.of(App.class.getClassLoader(), loader)).stream()
                    .map(pipeline -> Compiler.compile(pipeline, options))
                    .toList();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void synthesise(
            AppOptions options,
            Environment environment,
            FunctionAsset code,
            List<CompiledPipeline> pipelines,
            PrintStream out) {
        var output = options.output();
        var app = BatonApp.in(output);
        BatonApp.add(app, environment, pipelines, code, options.revision(), options.retired());
        for (var stack : app.synth().getStacks()) {
            out.println(stack.getStackName());
        }
        var containers = environment.containers();
        if (containers != null
                && pipelines.stream().anyMatch(p -> !p.containers().isEmpty())) {
            out.println("image " + environment.prefix().repository() + containers.version(code.hash()));
        }
    }

    /// A class loader for what lies staged, so that a jar which is built anew meanwhile is not read half.
    private static ArtefactLoader loader(FunctionAsset code) throws IOException {
        try (var staged = Files.list(code.folder().resolve("lib"))) {
            var jars = new ArrayList<Path>();
            Path deployed = null;
            for (var jar : staged.sorted().toList()) {
                if (deployed == null && isBaton(jar)) {
                    deployed = jar;
                } else {
                    jars.add(jar);
                }
            }
            return new ArtefactLoader(jars, deployed, App.class.getClassLoader());
        }
    }

    /// The jar with Baton's handlers, which authors have no reason to pack.
    private static boolean isBaton(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("dev/baton/lambda/TaskFunction.class") != null;
        } catch (ZipException e) {
            throw new IOException(jar.getFileName() + ", which is not a jar: " + e.getMessage(), e);
        }
    }
}
