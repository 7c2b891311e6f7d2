package dev.baton.asl;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.Definition;
import dev.baton.asl.internal.DefinitionRule;
import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each `NAME.asl.json` has a `NAME.findings` that says all that is found about it. A new rule's test is two such
/// files and no Java; `-Dbaton.rewrite=true` writes the second ones anew, to be read before they are committed. A
/// name that ends in `.express` is of an EXPRESS state machine.
class FindingsTest {
    private static final Path FOLDER = Path.of("test/resources/findings");
    private static final boolean REWRITE = Boolean.getBoolean("baton.rewrite");

    @TestFactory
    Stream<DynamicTest> everything_that_is_wrong_is_found() throws IOException {
        return definitions().stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    var expected = FOLDER.resolve(name(file) + ".findings");
                    var found = found(file);
                    if (REWRITE) {
                        Files.writeString(expected, found);
                    }
                    assertThat(found).isEqualTo(Files.readString(expected));
                }));
    }

    @Test
    void every_rule_is_shown_by_an_example() throws IOException {
        var shown = new TreeSet<String>();
        for (var file : definitions()) {
            definition(file).diagnostics().forEach(diagnostic -> shown.add(diagnostic.code()));
        }
        // Its example would have a megabyte; DefinitionSizeTest shows it.
        shown.add(DefinitionRule.SIZE.code());
        assertThat(shown).isEqualTo(codes());
    }

    @Test
    void every_rule_has_a_page_and_every_page_a_rule() throws IOException {
        for (var rule : DefinitionRule.values()) {
            assertThat(Explanations.of(rule.code()))
                    .as(rule.code())
                    .hasValueSatisfying(page -> assertThat(page)
                            .startsWith("# " + rule.code() + " ")
                            .contains("## To mend")
                            .contains(rule.awsCode()));
        }
        try (var pages = Files.list(Path.of("main/resources", Explanations.FOLDER))) {
            var paged = new TreeSet<String>();
            pages.forEach(page -> paged.add(page.getFileName().toString().replace(".md", "")));
            assertThat(paged).isEqualTo(codes());
        }
    }

    private static TreeSet<String> codes() {
        return Stream.of(DefinitionRule.values()).map(DefinitionRule::code).collect(toCollection(TreeSet::new));
    }

    private static List<Path> definitions() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".asl.json"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".asl.json", "");
    }

    private static Definition definition(Path file) throws IOException {
        var type = name(file).endsWith(".express") ? StateMachineType.EXPRESS : StateMachineType.STANDARD;
        return Asl.parse(file.getFileName().toString(), Files.readString(file), type);
    }

    private static String found(Path file) throws IOException {
        return definition(file).findings().stream()
                .map(finding -> finding.diagnostic() + "\n  AWS: "
                        + finding.aws().code() + " at " + finding.aws().location() + ": "
                        + finding.aws().message().replace("\n", "⏎") + "\n")
                .collect(joining("\n"));
    }
}
