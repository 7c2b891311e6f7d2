package dev.baton.cli;

import dev.baton.cli.command.AccessCommand;
import dev.baton.cli.command.AffectedCommand;
import dev.baton.cli.command.ApprovalsCommand;
import dev.baton.cli.command.ApproveCommand;
import dev.baton.cli.command.AuditCommand;
import dev.baton.cli.command.CheckCommand;
import dev.baton.cli.command.CheckRevisionCommand;
import dev.baton.cli.command.DeployCommand;
import dev.baton.cli.command.DiffCommand;
import dev.baton.cli.command.DiffRunsCommand;
import dev.baton.cli.command.DriftCommand;
import dev.baton.cli.command.EndpointChoice;
import dev.baton.cli.command.ExplainCommand;
import dev.baton.cli.command.GcCommand;
import dev.baton.cli.command.GraphCommand;
import dev.baton.cli.command.HistoryCommand;
import dev.baton.cli.command.HookCommand;
import dev.baton.cli.command.LineageCommand;
import dev.baton.cli.command.LocalCommand;
import dev.baton.cli.command.LogsCommand;
import dev.baton.cli.command.OpenLineageCommand;
import dev.baton.cli.command.PipelineChoice;
import dev.baton.cli.command.PlanCommand;
import dev.baton.cli.command.PolicyCommand;
import dev.baton.cli.command.RedriveCommand;
import dev.baton.cli.command.RejectCommand;
import dev.baton.cli.command.ReplayCommand;
import dev.baton.cli.command.RunCommand;
import dev.baton.cli.command.SchemaCommand;
import dev.baton.cli.command.ServeCommand;
import dev.baton.cli.command.StartCommand;
import dev.baton.cli.command.StatusCommand;
import dev.baton.cli.command.StopCommand;
import dev.baton.cli.command.StructureCommand;
import dev.baton.cli.command.SweepCommand;
import dev.baton.cli.command.SynthCommand;
import dev.baton.cli.command.WhoAmICommand;
import dev.baton.cli.command.WhyCommand;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.output.AwsFailure;
import dev.baton.cli.output.FileFailure;
import dev.baton.cli.output.FirstWord;
import dev.baton.cli.output.LogFile;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.output.UsageErrors;
import dev.baton.diagnostic.DiagnosticException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ScopeType;
import software.amazon.awssdk.core.exception.SdkException;

/// The `baton` command. It ends with 0 when all went well, 1 when something was found or failed, 2 when the words of
/// the call are off.
@Command(
        name = "baton",
        description = "A graph of Java tasks, handed to AWS Step Functions.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            LocalCommand.class,
            DeployCommand.class,
            DiffCommand.class,
            DriftCommand.class,
            GcCommand.class,
            PlanCommand.class,
            WhyCommand.class,
            LineageCommand.class,
            OpenLineageCommand.class,
            DiffRunsCommand.class,
            StartCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            LogsCommand.class,
            ApprovalsCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            RedriveCommand.class,
            StopCommand.class,
            SweepCommand.class,
            SynthCommand.class,
            AffectedCommand.class,
            AccessCommand.class,
            WhoAmICommand.class,
            AuditCommand.class,
            CheckCommand.class,
            PolicyCommand.class,
            CheckRevisionCommand.class,
            HookCommand.class,
            GraphCommand.class,
            StructureCommand.class,
            ReplayCommand.class,
            SchemaCommand.class,
            ServeCommand.class,
            ExplainCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton run weather                 runs the example on this machine",
            "  baton local --port 4570           serves an embedded AWS until stopped",
            "  baton synth weather               writes definition, policies and triggers",
            "  baton access weather              what each task may do",
            "  baton check definition.asl.json   finds what Step Functions would refuse",
            "  baton explain TSK007              cause and remedy of a finding"
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = BatonVersion.class)
public final class Baton {
    private static final Logger LOG = Logger.getLogger("dev.baton.cli");

    Baton() {}

    public static void main(String[] args) {
        FirstWord.say(args);
        var code = CommandLine.ExitCode.SOFTWARE;
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        LogFile.install(ProjectFolder.log(), err, System.getenv("BATON_TRACE") != null);
        // Other modules name the file where they say that something is in the log.
        System.setProperty("baton.log", ProjectFolder.shown(ProjectFolder.log()));
        try {
            code = run(args, new PrintWriter(System.out, true, StandardCharsets.UTF_8), err);
        } finally {
            // Also after an error of the JVM: what serves must not keep the process alive.
            System.exit(code);
        }
    }

    /// Runs the command and gives its exit code.
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, out, err, null);
    }

    /// @param narrowing of each endpoint that is opened; null where nothing is narrowed
    static int run(String[] args, PrintWriter out, PrintWriter err, @Nullable UnaryOperator<Endpoint> narrowing) {
        var command = new CommandLine(new Baton());
        if (narrowing != null) {
            EndpointChoice.narrow(command, narrowing);
        }
        return run(command, args, out, err);
    }

    /// Runs the command that serves, on other streams than those of the process.
    static int serving(InputStream in, OutputStream out, PrintWriter err, String... args) {
        var command = new CommandLine(new Baton());
        serve(command).streams(in, out);
        return run(command, args, err, err);
    }

    private static ServeCommand serve(CommandLine command) {
        return Objects.requireNonNull(command.getSubcommands().get("serve")).getCommand();
    }

    private static int run(CommandLine command, String[] args, PrintWriter out, PrintWriter err) {
        serve(command).calling(Baton::run);
        // Commands inherit --help, and with it the examples, which are those of the whole.
        command.getSubcommands()
                .values()
                .forEach(sub ->
                        sub.getCommandSpec().usageMessage().footerHeading("").footer(new String[0]));
        command.setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(UsageErrors::refuse)
                .setExecutionExceptionHandler((failure, failed, parsed) -> explain(failure, err));
        try {
            return command.execute(args);
        } catch (Error e) {
            // Exceptions alone come to the handler.
            return explain(e, err);
        } finally {
            command.getSubcommands().values().forEach(Baton::close);
        }
    }

    /// What a command has of jars is its own copy.
    private static void close(CommandLine command) {
        for (var mixin : command.getMixins().values()) {
            if (mixin instanceof PipelineChoice pipelines) {
                pipelines.close();
            }
        }
    }

    /// A failure as people read it; its stack only for those who set BATON_TRACE.
    private static int explain(Throwable failure, PrintWriter err) {
        if (failure instanceof DiagnosticException found) {
            found.diagnostics().forEach(err::println);
        } else if (failure instanceof SdkException sdk) {
            err.println(AwsFailure.of(sdk));
        } else {
            FileFailure.of(failure).ifPresentOrElse(err::println, () -> {
                err.println(Ansi.AUTO.string("baton: " + told(failure)));
                LOG.log(Level.INFO, "the command failed", failure);
                err.println("This should have been a finding with a code. Where it comes from is in the log, "
                        + ProjectFolder.shown(ProjectFolder.log()));
            });
        }
        if (System.getenv("BATON_TRACE") != null) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String told(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
