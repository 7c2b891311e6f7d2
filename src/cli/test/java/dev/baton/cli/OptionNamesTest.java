package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.OptionNames;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionNamesTest {

    @Test
    void what_the_compiler_knows_are_the_options_of_the_commands_that_take_parameters() {
        var commands = new CommandLine(new Baton()).getSubcommands();
        var names = new TreeSet<String>();
        for (var command : new String[] {"run", "start"}) {
            for (var option : commands.get(command).getCommandSpec().options()) {
                Stream.of(option.names())
                        .filter(name ->
                                name.startsWith("--") && !name.substring(2).contains("-"))
                        // Given to a parameter of that name, where the root has one.
                        .filter(name -> !name.equals("--from") && !name.equals("--to"))
                        .forEach(name -> names.add(name.substring(2)));
            }
        }
        assertThat(new TreeSet<>(OptionNames.all())).isEqualTo(names);
        assertThat(OptionNames.given("data")).isEqualTo("--param.data");
        assertThat(OptionNames.given("year")).isEqualTo("--year");
    }
}
