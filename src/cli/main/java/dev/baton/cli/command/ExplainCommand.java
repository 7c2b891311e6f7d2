package dev.baton.cli.command;

import dev.baton.diagnostic.Explanations;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton explain CODE`: the page of a finding's code.
@Command(name = "explain", description = "Prints the cause and the remedy of a finding's code.")
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CODE", description = "the code that a finding bears, such as TSK007")
    private String code = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var page = Explanations.of(code.toUpperCase(Locale.ROOT));
        if (page.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .printf("baton: no finding has the code %s; codes look like TSK007 or ASL012%n", code);
            return CommandLine.ExitCode.SOFTWARE;
        }
        spec.commandLine().getOut().print(page.get());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
