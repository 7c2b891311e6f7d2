package dev.baton.cli.command;

import dev.baton.cli.proposal.Proposal;
import dev.baton.cli.serve.CommandCalls;
import dev.baton.cli.serve.NarrowedCall;
import dev.baton.cli.serve.ReadServer;
import dev.baton.cli.serve.ReadSessions;
import dev.baton.json.Json;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `baton serve --mcp`: tools that read, for agents.
@Command(
        name = "serve",
        description = {
            "Serves tools that read pipelines and their runs to an agent, by the Model Context Protocol on standard"
                    + " input and output, until the agent closes it.",
            "AWS is asked with a session that is narrowed to reading: a user's by sts:GetFederationToken, and with --role"
                    + " that role's."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Set<String> PLACE = Set.of("--env", "--endpoint", "--profile", "--region", "--jar");

    @Option(names = "--mcp", required = true, description = "the Model Context Protocol")
    private boolean mcp;

    @Option(names = "--role", paramLabel = "ARN", description = "the role to read as")
    private @Nullable String role;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private @Nullable NarrowedCall narrowed;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    /// How other commands are called.
    public void calling(NarrowedCall call) {
        narrowed = call;
    }

    /// Serves other streams than those of the process.
    public void streams(InputStream input, OutputStream output) {
        in = input;
        out = output;
    }

    @Override
    public Integer call() throws IOException {
        var said = System.out;
        // What code of pipelines prints must not come between the messages.
        System.setOut(System.err);
        try (var sessions = new ReadSessions(role)) {
            new ReadServer(commands(sessions), own(), version(), LONGEST)
                    .serve(
                            in == null ? new FileInputStream(FileDescriptor.in) : in,
                            out == null ? new FileOutputStream(FileDescriptor.out) : out);
            return CommandLine.ExitCode.OK;
        } finally {
            System.setOut(said);
        }
    }

    private String version() {
        return String.join(" ", spec.root().version());
    }

    private CommandCalls commands(ReadSessions sessions) {
        var call = Objects.requireNonNull(narrowed);
        return new CommandCalls() {
            @Override
            public int call(List<String> words, PrintWriter answer, PrintWriter err) {
                var all = Stream.concat(words.stream(), place(options(words.getFirst())).stream());
                return call.call(all.toArray(String[]::new), answer, err, sessions::narrow);
            }

            @Override
            public Set<String> options(String tool) {
                var command = spec.root().subcommands().get(tool);
                return command == null
                        ? Set.of()
                        : command.getCommandSpec().optionsMap().keySet();
            }
        };
    }

    /// What the call of this command says of the place, as far as another command takes it.
    private List<String> place(Set<String> taken) {
        var words = new ArrayList<String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            if (PLACE.contains(option.longestName()) && taken.contains(option.longestName())) {
                option.originalStringValues().forEach(value -> words.add(option.longestName() + "=" + value));
            }
        }
        return words;
    }

    private ReadServer.OwnTools own() {
        return new ReadServer.OwnTools() {
            @Override
            public String pipelines() {
                return pipelines.all().stream()
                        .map(pipeline -> {
                            var json = new LinkedHashMap<String, @Nullable Object>();
                            json.put("pipeline", pipeline.name());
                            json.put("root", pipeline.root().getSimpleName());
                            return Json.print(json);
                        })
                        .collect(Collectors.joining("\n"));
            }

            @Override
            public String definition(String pipeline) {
                return pipelines.compiled(pipeline).machine().definition().toJson();
            }

            @Override
            public String verdict(Map<String, String> files) throws IOException {
                var verdict = CheckCommand.verdict(Proposal.of(files), CheckCommand.policy(null), pipelines);
                return Json.print(verdict.toJson());
            }
        };
    }
}
