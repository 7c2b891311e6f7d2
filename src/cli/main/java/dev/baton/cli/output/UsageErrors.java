package dev.baton.cli.output;

import dev.baton.graph.OptionNames;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Errors of usage, what is said to a call whose words are off: which word, what was perhaps meant, and how the command
/// is called. What else there is to it, `--help` tells; a page of it would push the message off the screen.
public final class UsageErrors {
    private UsageErrors() {}

    public static int refuse(ParameterException failure, String[] words) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println(told(failure));
        if (failure instanceof OverwrittenOptionException twice && takesParameters(command)) {
            var name = ((OptionSpec) twice.getOverwritten()).longestName().substring(2);
            err.println("Where it is the pipeline's, a parameter of that name is given as " + OptionNames.given(name)
                    + "=VALUE.");
        }
        UnmatchedArgumentException.printSuggestions(failure, err);
        if (words.length == 0) {
            command.usage(err);
        } else {
            var help = command.getHelp();
            err.print(help.synopsisHeading());
            err.print(help.synopsis(help.synopsisHeadingLength()));
            err.println(command.getCommandSpec().qualifiedName() + " --help tells the rest.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static boolean takesParameters(CommandLine command) {
        return List.of("run", "start").contains(command.getCommandName());
    }

    private static String told(ParameterException failure) {
        var command = failure.getCommandLine();
        return failure instanceof UnmatchedArgumentException unmatched
                        && command.getParent() == null
                        && !unmatched.isUnknownOption()
                ? "There is no command '" + unmatched.getUnmatched().getFirst() + "'; there are "
                        + String.join(", ", command.getSubcommands().keySet())
                : failure instanceof MissingParameterException
                                && !command.getSubcommands().isEmpty()
                        ? "Missing required subcommand"
                        : String.valueOf(failure.getMessage());
    }
}
