package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table of the engine's packages is whole, and each row knows only itself and those above it.
class EnginePackagesTest {
    private static final Path README = Path.of("../../src/engine/README.md");
    private static final String ROOT = "dev.baton.engine";
    private static final Pattern ROW = Pattern.compile("^\\| ((?:`[\\w.]+` ?)+)\\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private static List<Set<String>> rows() throws IOException {
        var rows = new ArrayList<Set<String>>();
        for (var row : ROW.matcher(Files.readString(README)).results().toList()) {
            var names = new TreeSet<String>();
            NAME.matcher(row.group(1))
                    .results()
                    .forEach(name -> names.add(name.group(1).equals(ROOT) ? ROOT : ROOT + "." + name.group(1)));
            rows.add(names);
        }
        return rows;
    }

    @Test
    void each_package_knows_only_those_above_it() throws IOException {
        var above = new TreeSet<String>();
        for (var row : rows()) {
            above.addAll(row);
            var known = new TreeSet<String>();
            for (var type : ArchitectureTest.BATON) {
                if (row.contains(type.getPackageName())) {
                    type.getDirectDependenciesFromSelf()
                            .forEach(use -> known.add(
                                    use.getTargetClass().getBaseComponentType().getPackageName()));
                }
            }
            known.removeIf(name -> !name.equals(ROOT) && !name.startsWith(ROOT + "."));
            assertThat(above).as("what %s may know", row).containsAll(known);
        }
        assertThat(above)
                .containsExactlyElementsOf(ArchitectureTest.BATON.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.equals(ROOT) || name.startsWith(ROOT + "."))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
