package dev.baton.cli.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// On recorded graphs, in a folder with their README: `-Dbaton.workloads=DIR`.
@EnabledIfSystemProperty(named = "baton.workloads", matches = ".+")
class WorkloadsTest {
    private static final Path FOLDER = Path.of(System.getProperty("baton.workloads", "."));

    @Test
    void nothing_known_of_durations_each_is_as_fast_as_its_critical_path_in_few_transitions() throws IOException {
        var softly = new SoftAssertions();
        var reports = reports(Parallelism.FULL, false);
        fewTransitions(reports, softly);
        for (var report : reports) {
            softly.assertThat(report.makespanRatio()).as(report.name()).isCloseTo(1, within(0.0005));
            softly.assertThat(report.holds()).as(report.line()).isTrue();
            if (report.name().startsWith("viralrecon")) {
                softly.assertThat(report.awaits()).isLessThanOrEqualTo(41);
            }
        }
        softly.assertAll();
    }

    @Test
    void durations_known_each_is_as_fast_as_its_critical_path_in_few_transitions() throws IOException {
        var softly = new SoftAssertions();
        var reports = reports(Parallelism.FULL, true);
        fewTransitions(reports, softly);
        for (var report : reports) {
            softly.assertThat(report.makespanRatio()).as(report.name()).isCloseTo(1, within(0.0005));
            softly.assertThat(report.holds()).as(report.line()).isTrue();
        }
        softly.assertAll();
    }

    private static void fewTransitions(List<StructureReport> reports, SoftAssertions softly) {
        for (var report : reports) {
            softly.assertThat(report.transitionsPerTask()).as(report.line()).isLessThanOrEqualTo(1.5);
        }
        softly.assertThat(reports.stream()
                        .mapToDouble(StructureReport::transitionsPerTask)
                        .average()
                        .orElse(0))
                .as("transitions per task, in the mean")
                .isLessThanOrEqualTo(1.2);
    }

    @Test
    void without_awaits_barriers_are_no_worse_than_the_best_known() throws IOException {
        var cuts = cuts();
        assertThat(cuts).isNotEmpty();
        var softly = new SoftAssertions();
        for (var report : reports(Parallelism.NATIVE, true)) {
            softly.assertThat(report.awaits()).isZero();
            softly.assertThat(report.holds()).as(report.line()).isTrue();
            cuts.forEach((name, best) -> {
                if (matches(report.name(), name)) {
                    softly.assertThat(report.makespanRatio()).as(report.name()).isLessThanOrEqualTo(best + 0.002);
                }
            });
        }
        softly.assertAll();
    }

    /// `montage-2mass-015d` stands for `montage-chameleon-2mass-015d-001`.
    private static boolean matches(String file, String name) {
        var rest = file;
        for (var word : name.split("-")) {
            var at = rest.indexOf(word);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + word.length());
        }
        return true;
    }

    /// The *cuts* column of the README's table.
    private static Map<String, Double> cuts() throws IOException {
        var cuts = new HashMap<String, Double>();
        for (var line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            var cells = line.split("\\|");
            if (cells.length == 7 && cells[5].strip().matches("\\d+\\.\\d+")) {
                cuts.put(cells[1].strip(), Double.valueOf(cells[5].strip()));
            }
        }
        return cuts;
    }

    private static List<StructureReport> reports(Parallelism parallelism, boolean known) throws IOException {
        var reports = new ArrayList<StructureReport>();
        System.out.println(StructureReport.heading());
        try (var files = Files.list(FOLDER)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                var workload = Workload.parse(file.toString(), Files.readAllBytes(file));
                var report = StructureReport.of(workload, parallelism, known);
                System.out.println(report.line());
                reports.add(report);
            }
        }
        return reports;
    }
}
