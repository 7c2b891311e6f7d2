package dev.baton.cli;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is said to a call whose words are off: which word, what was perhaps meant, and how the command is called. What
/// else there is to it, `--help` tells; a page of it would push the message off the screen.
final class Words {
    private Words() {}

    static int refuse(ParameterException failure, String[] words) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println(told(failure));
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

    private static String told(ParameterException failure) {
        var command = failure.getCommandLine();
        return failure instanceof UnmatchedArgumentException unmatched
                        && command.getParent() == null
                        && !unmatched.isUnknownOption()
                ? "There is no command '" + unmatched.getUnmatched().getFirst() + "'; there are "
                        + String.join(", ", command.getSubcommands().keySet())
                : failure instanceof MissingParameterException && !command.getSubcommands().isEmpty()
                        ? "Missing required subcommand"
                        : String.valueOf(failure.getMessage());
    }
}
