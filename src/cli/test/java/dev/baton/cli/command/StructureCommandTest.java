package dev.baton.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructureCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_grid_whose_forks_nest_deeper_than_they_may_takes_just_its_critical_path() throws IOException {
        var width = 20;
        var tasks = new ArrayList<String>();
        for (var place = 0; place < width * 40; place++) {
            var required = new ArrayList<Integer>();
            if (place >= width) {
                required.add(place - width);
            }
            if (place % width > 0) {
                required.add(place - 1);
            }
            tasks.add("[\"t%05d\", \"k%d\", %d, %s]".formatted(place, place % 7, 1 + 37 * place % 100, required));
        }
        var call = Call.of("structure", file("grid.json", tasks));

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.out()).containsPattern("(?m)^grid +800 +1540 .* 1\\.000 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "unknown"})
    void tasks_of_one_kind_that_take_differently_long_are_one_map_and_each_has_its_own_time(String durations)
            throws IOException {
        // Folded in both cases: the second time with two tasks an item, and an await inside.
        var alone = new ArrayList<>(List.of("[\"p\", \"prepare\", 5, []]"));
        var pairs = new ArrayList<>(alone);
        for (var n = 0; n < 50; n++) {
            alone.add("[\"w%02d\", \"work\", %d, [0]]".formatted(n, 10 + 997 * n));
            pairs.add("[\"a%02d\", \"first\", %d, [0]]".formatted(n, 10 + 997 * n));
            pairs.add("[\"b%02d\", \"second\", %d, [%d]]".formatted(n, 50_000 - 997 * n, pairs.size() - 1));
        }
        var call = Call.of("structure", "--durations", durations, file("alone.json", alone), file("pairs.json", pairs));

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.out())
                .containsPattern("(?m)^alone +51 .* 1\\.000 +0 +0 +1 ")
                .containsPattern("(?m)^pairs +101 .* 1\\.000 +0 +0 +1 ");
    }

    @Test
    void a_graph_that_fails_is_told_with_its_file_and_the_others_go_on() throws IOException {
        var good = file("good.json", List.of("[\"a\", \"k\", 1, []]", "[\"b\", \"k\", 1, [0]]"));
        var cyclic = file("cyclic.json", List.of("[\"a\", \"k\", 1, [1]]", "[\"b\", \"k\", 1, [0]]"));
        var broken = Files.writeString(folder.resolve("broken.json"), "{").toString();
        var gone = folder.resolve("gone.json").toString();
        // Longer than Step Functions waits.
        var endless = file("endless.json", List.of("[\"a\", \"k\", 90000000, []]"));

        var call = Call.of("structure", cyclic, broken, endless, good, gone, folder.toString(), good);

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err())
                .contains(
                        "error CMP020 at " + cyclic,
                        "error CMP020 at " + broken,
                        "error ASL010 at " + endless,
                        "error CLI002 at " + gone,
                        "error CLI002 at " + folder);
        assertThat(call.lines()).filteredOn(line -> line.startsWith("good ")).hasSize(2);
    }

    private String file(String name, List<String> tasks) throws IOException {
        var title = name.replace(".json", "");
        var text =
                tasks.stream().collect(Collectors.joining(",\n", "{\"name\": \"" + title + "\", \"tasks\": [", "]}"));
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
