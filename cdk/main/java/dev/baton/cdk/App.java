package dev.baton.cdk;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Containers;
import dev.baton.compiler.environment.Environments;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Synthesises the stacks of an environment: CloudFormation templates and what they need, in a folder that `cdk deploy
/// --app FOLDER` and `cdk diff --app FOLDER` take. Pipelines are found on the class path and in the jars given.
public final class App {
    private App() {}

    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /// @return the exit code: 0, 1 when something is wrong with pipelines or environment, 2 when with the arguments
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(Options.USAGE);
            return 2;
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

    private static void synthesise(Options options, PrintStream out) throws IOException {
        var file = options.environments();
        var environment =
                Environments.parse(file.toString(), Files.readString(file)).named(options.environment());
        var pipelines = Pipeline.found(loader(options.jars())).stream()
                .map(Compiler::compile)
                .toList();
        NodeRuntime.require();
        var output = options.output();
        var code = FunctionCode.staged(options.jars(), output.resolveSibling(output.getFileName() + ".code"));
        var app = BatonApp.in(output);
        BatonApp.add(app, environment, pipelines, code, options.revision(), options.retired());
        for (var stack : app.synth().getStacks()) {
            out.println(stack.getStackName());
        }
        var containers = environment.containers();
        if (containers != null && pipelines.stream().anyMatch(p -> !p.containers().isEmpty())) {
            out.println("image " + Containers.REPOSITORY + containers.version(code.hash()));
        }
    }

    private static ClassLoader loader(List<Path> jars) {
        var urls = jars.stream().map(App::url).toArray(URL[]::new);
        return new URLClassLoader(urls, App.class.getClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
