package dev.baton.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The edges of the index, held against a search that is obvious, on graphs of chance whose numbers end alike.
class IndexEdgesTest {
    private static final int GRAPHS = 200;
    private static final int DATASETS = 60;

    /// Of four numbers each that differ in their first digits alone.
    private static DatasetId id(int dataset) {
        return new DatasetId(dataset / 3, ((long) (dataset % 4) << 40) | dataset / 4);
    }

    private static IndexLine line(int output, List<Integer> inputs) {
        return new IndexLine(
                "key",
                "version",
                "etag",
                id(output),
                inputs.stream().map(IndexEdgesTest::id).toList(),
                "");
    }

    @Test
    void what_is_below_an_object_is_what_a_plain_search_finds() {
        for (var seed = 0; seed < GRAPHS; seed++) {
            var chance = new Random(seed);
            var lines = new ArrayList<IndexLine>();
            var edges = new IndexEdges();
            for (var i = 0; i < 1 + chance.nextInt(DATASETS); i++) {
                var inputs = chance.ints(chance.nextInt(3), 0, DATASETS).boxed().toList();
                var line = line(chance.nextInt(DATASETS), inputs);
                lines.add(line);
                assertThat(edges.add(line)).isEqualTo(i);
            }
            for (var uri = 0; uri < DATASETS / 3; uri++) {
                assertThat(edges.below(uri).stream().boxed().collect(Collectors.toSet()))
                        .as("seed " + seed + ", object " + uri)
                        .isEqualTo(below(uri, lines));
            }
        }
    }

    private static Set<Integer> below(long uri, List<IndexLine> lines) {
        var found = new HashSet<Integer>();
        var before = -1;
        while (found.size() != before) {
            before = found.size();
            for (var i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                var of = found.stream().map(lines::get).map(IndexLine::output).toList();
                if (line.output().uri() == uri
                        || line.inputs().stream().anyMatch(input -> input.uri() == uri || of.contains(input))
                        || of.contains(line.output())) {
                    found.add(i);
                }
            }
        }
        return found;
    }
}
