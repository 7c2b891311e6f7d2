package dev.baton.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.PinnedObject;
import dev.baton.run.RevisionCheck;
import dev.baton.run.SourceRevision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Who has approved the code that something was made by.
class LineageChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private final List<Diagnostic> told = new ArrayList<>();

    private static LineageNode.Made made(String name, String revision) {
        return new LineageNode.Made(new Derivation(
                "shop." + name,
                Map.of(),
                "shop",
                "shop-1.20261130T060000000Z",
                "arn:aws:states:eu-central-1:000000000000:execution:baton-shop:shop-1",
                new PinnedObject("s3://lake/" + name, "v1", null, 1),
                List.of(),
                "c0de",
                new SourceRevision(revision.isEmpty() ? "none" : "hg", revision, "", false),
                "arn:aws:sts::000000000000:assumed-role/baton-shop-" + name + "/session",
                NOW,
                true));
    }

    private static LineageGraph graph(LineageNode.Made... made) {
        var nodes = new LinkedHashMap<DatasetVersion, LineageNode>();
        for (var node : made) {
            nodes.put(node.dataset(), node);
        }
        return new LineageGraph(Direction.UP, List.copyOf(nodes.keySet()), nodes, new LinkedHashMap<>(), false);
    }

    private List<RevisionCheck> checks(String system, String id) {
        asked.add(system + " " + id);
        return id.equals("4f2a91c")
                ? List.of(
                        new RevisionCheck("review", false, "bob", "user/bob", "", NOW, system, id),
                        new RevisionCheck("tests", true, "ada", "user/ada", "", NOW, system, id))
                : List.of();
    }

    @Test
    void the_checks_of_its_revision_are_told_of_what_was_made() {
        var graph = graph(made("a", "4f2a91c"), made("b", "4f2a91c"), made("c", "81bd0e7"), made("d", ""));
        var checks = LineageChecks.of(graph, this::checks, told::add);

        assertThat(asked).as("once each, and none of no revision").containsExactly("hg 4f2a91c", "hg 81bd0e7");
        assertThat(told).isEmpty();
        var text = new StringWriter();
        LineageText.print(graph, checks, new PrintWriter(text, true));
        assertThat(text.toString().lines().filter(line -> line.contains("checked: ")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith("checked: review failed by bob, tests passed by ada"));
        var json = new StringWriter();
        LineageJson.print(graph, checks, new PrintWriter(json, true));
        assertThat(json.toString().lines().filter(line -> line.contains("\"checks\":[{")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"name\":\"tests\"", "\"by\":\"ada\""));
    }

    @Test
    void who_may_not_see_checks_is_told_all_else() {
        var checks = LineageChecks.of(
                graph(made("a", "4f2a91c"), made("b", "81bd0e7")),
                (system, id) -> {
                    throw S3Exception.builder()
                            .statusCode(403)
                            .message("Access Denied")
                            .build();
                },
                told::add);

        assertThat(checks).isEqualTo(LineageChecks.NONE);
        assertThat(told).singleElement().asString().contains("CLI079", "Access Denied");
    }
}
