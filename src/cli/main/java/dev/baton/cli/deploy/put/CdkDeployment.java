package dev.baton.cli.deploy.put;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import dev.baton.run.SourceRevision;
import dev.baton.task.Pipeline;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deploys to an account as CDK does: the project's CDK app writes the templates, CDK's command has CloudFormation put
/// them there.
///
/// @param home the project's folder
/// @param told where the two say how it goes
/// @param profile of the AWS configuration files; the default chain where absent
/// @param path the folders in which programs are, as `PATH` has them
public record CdkDeployment(
        Path home,
        PrintWriter told,
        SourceRevision revision,
        @Nullable String profile,
        String path) {
    /// The release of CDK's command that is known to fit. npm's 3.0.0 is a mistaken publication.
    public static final String CLI = "aws-cdk@2.1148.1";

    private static final String BUILD = "build it: mvn -DskipTests -pl cdk -am package";
    /// The folder of the templates, in the project's.
    private static final String OUTPUT = "cdk.out";

    private static final String APP = "dev.baton.cdk.App";
    /// A line of the app that names a stack.
    private static final String STACK = "%s(Foundation|Storage)(-[a-z0-9-]+)?|%s[a-z0-9-]+";

    /// @param names what the names of the environment begin with
    /// @param all every pipeline of the environment: they share buckets, whose policies name them all
    /// @param chosen the names of those that are deployed
    /// @param foundation whether what an administrator deploys is brought up to date first: the key, the buckets, the
    ///     permissions boundaries, the roles that deploy
    /// @throws DiagnosticException CLI022 when something is not installed, CLI023 when one of the two failed
    /// @param retired by pipeline, what executions still need of what it has no more
    public void deploy(
            String environment,
            Prefix names,
            List<Pipeline> all,
            List<String> chosen,
            boolean foundation,
            Map<String, RetainedResources> retired)
            throws IOException, InterruptedException {
        var command = command();
        var output = home.resolve(OUTPUT);
        var written = templates(environment, all, retired);
        command.addAll(List.of("deploy", "--app", output.toString(), "--exclusively", "--require-approval", "never"));
        if (profile != null) {
            command.addAll(List.of("--profile", profile));
        }
        var stacks = Pattern.compile(STACK.formatted(names.capital(), names.names()));
        // What the app has before the name of a pipeline in that of its stack. Those that an administrator deploys
        // begin with a capital.
        var ofPipeline = names.of("");
        var foundationOfPipeline = names.foundation("");
        written.stream()
                .filter(line -> stacks.matcher(line).matches())
                .filter(stack -> stack.startsWith(ofPipeline) || foundation)
                .filter(stack -> isOf(chosen, ofPipeline, stack) && isOf(chosen, foundationOfPipeline, stack))
                .forEach(command::add);
        run("cdk deploy", command);
    }

    /// Whether a stack is that of one of some pipelines, or of no single one.
    private static boolean isOf(List<String> pipelines, String prefix, String stack) {
        return !stack.startsWith(prefix) || pipelines.contains(stack.substring(prefix.length()));
    }

    /// Has the app write the templates, and deploys nothing.
    ///
    /// @param retired by pipeline, what executions still need of what it has no more
    /// @return what it said: names of stacks
    /// @throws DiagnosticException CLI022 when something is not installed, CLI023 when it failed
    public List<String> templates(String environment, List<Pipeline> all, Map<String, RetainedResources> retired)
            throws IOException, InterruptedException {
        var words = app(environment, all, home.resolve(OUTPUT));
        var file = Files.createTempFile("retired", ".json");
        try {
            Files.writeString(file, RetainedResources.print(retired));
            words.addAll(List.of("--retired", file.toString()));
            return run("the CDK app", words);
        } finally {
            Files.delete(file);
        }
    }

    private List<String> app(String environment, List<Pipeline> pipelines, Path output) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jars = new LinkedHashSet<Path>();
        pipelines.forEach(pipeline -> FunctionPackage.sources(pipeline.root()).forEach(jars::add));
        var people = FunctionPackage.peopleJar();
        if (people != null) {
            jars.add(people);
        }
        var words = new ArrayList<>(List.of(java, "-cp", classPath(), APP, "--environment", environment));
        words.addAll(
                List.of("--environments", home.resolve("cdk/environments.json").toString()));
        jars.forEach(jar -> words.addAll(List.of("--jar", jar.toString())));
        words.addAll(List.of("--output", output.toString(), "--revision", Json.print(revision.toJson())));
        return words;
    }

    private String classPath() throws IOException {
        var target = home.resolve("cdk").resolve("target");
        var path = new ArrayList<String>();
        for (var folder : List.of(target, target.resolve("lib"))) {
            if (Files.isDirectory(folder)) {
                try (var inside = Files.list(folder)) {
                    inside.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(file -> path.add(file.toString()));
                }
            }
        }
        if (path.isEmpty()) {
            throw missing("the CDK app is not built: there is no jar in " + target, BUILD);
        }
        // It is built apart, because it brings CDK along: it must not be of another day than what it deploys.
        var compiler = FunctionPackage.source(CompiledPipeline.class);
        var its = target.resolve("lib").resolve(compiler.getFileName());
        if (Files.isRegularFile(compiler) && Files.isRegularFile(its) && Files.mismatch(compiler, its) >= 0) {
            throw missing("the CDK app was built from other sources than this command", BUILD);
        }
        return String.join(File.pathSeparator, path);
    }

    /// CDK's command: the project's own, one on the PATH, or through `npx`, which fetches it.
    private List<String> command() {
        if (onPath("node") == null) {
            throw missing("there is no Node.js on the PATH, in which CDK runs", "install Node.js 22 or newer");
        }
        var own = home.resolve("node_modules/.bin/cdk");
        if (Files.isExecutable(own)) {
            return new ArrayList<>(List.of(own.toString()));
        }
        var installed = onPath("cdk");
        if (installed != null) {
            return new ArrayList<>(List.of(installed.toString()));
        }
        var npx = onPath("npx");
        if (npx == null) {
            throw missing(
                    "there is neither cdk nor npx on the PATH", "install CDK's command: npm install --global " + CLI);
        }
        return new ArrayList<>(List.of(npx.toString(), "--yes", CLI));
    }

    private @Nullable Path onPath(String program) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /// @return what it said
    private List<String> run(String name, List<String> words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().peek(told::println).forEach(said::add);
        }
        var code = process.waitFor();
        if (code != 0) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI023",
                    Location.named(name),
                    "ended with " + code,
                    "mend what it says above; what was deployed before is as it was"));
        }
        return said;
    }

    private static DiagnosticException missing(String message, String remedy) {
        return new DiagnosticException(Diagnostic.error("CLI022", Location.named("baton deploy"), message, remedy));
    }
}
