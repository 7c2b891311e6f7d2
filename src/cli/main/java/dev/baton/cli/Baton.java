package dev.baton.cli;

import dev.baton.diagnostic.DiagnosticException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
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
            StartCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            RedriveCommand.class,
            StopCommand.class,
            SweepCommand.class,
            SynthCommand.class,
            AccessCommand.class,
            CheckCommand.class,
            GraphCommand.class,
            StructureCommand.class,
            ReplayCommand.class,
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
    Baton() {}

    public static void main(String[] args) {
        FirstWord.say(args);
        var code = CommandLine.ExitCode.SOFTWARE;
        // What goes wrong is told by the commands; the functions' own log is for those who look into them.
        Logger.getLogger("").setLevel(System.getenv("BATON_TRACE") == null ? Level.OFF : Level.INFO);
        try {
            code = run(
                    args,
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        } finally {
            // Also after an error of the JVM: what serves must not keep the process alive.
            System.exit(code);
        }
    }

    /// Runs the command and gives its exit code.
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        var command = new CommandLine(new Baton());
        // Commands inherit --help, and with it the examples, which are those of the whole.
        command.getSubcommands()
                .values()
                .forEach(sub ->
                        sub.getCommandSpec().usageMessage().footerHeading("").footer(new String[0]));
        return command.setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Words::refuse)
                .setExecutionExceptionHandler(Baton::explain)
                .execute(args);
    }

    /// A failure as people read it; its stack only for those who set BATON_TRACE.
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        var err = command.getErr();
        if (failure instanceof DiagnosticException found) {
            found.diagnostics().forEach(err::println);
        } else if (failure instanceof SdkException sdk) {
            err.println(AwsFailure.of(sdk));
        } else {
            FileFailure.of(failure).ifPresentOrElse(err::println, () -> {
                err.println(Ansi.AUTO.string("baton: " + told(failure)));
                err.println(
                        "This should have been a finding with a code. Set BATON_TRACE=1 to see where it comes from.");
            });
        }
        if (System.getenv("BATON_TRACE") != null) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String told(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
