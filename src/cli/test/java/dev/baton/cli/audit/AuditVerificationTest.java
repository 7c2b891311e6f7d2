package dev.baton.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.name.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Whatever somebody does to an export of 10,000 lines is found, and told where.
class AuditVerificationTest {
    private static final int LINES = 10_000;
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final int SOME = 4_711;

    private static final List<String> WHOLE = export();

    private static List<String> export() {
        var out = new ByteArrayOutputStream();
        try (var lines = new SortedLines(100_000)) {
            for (var i = LINES - 1; i >= 0; i--) {
                lines.add(new EvidenceLine(
                        FROM.plusMillis(i),
                        i % 2 == 0 ? AuditKind.TRANSITION : AuditKind.SESSION,
                        "id-" + i,
                        Map.of("state", "S" + i)));
            }
            var chain = new HashChain(out);
            chain.begin(Map.of(
                    "from",
                    EvidenceLine.shown(FROM),
                    "to",
                    EvidenceLine.shown(FROM.plusSeconds(3_600)),
                    "version",
                    1L));
            lines.forEach(chain::add);
            chain.end();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return List.of(out.toString(StandardCharsets.UTF_8).split("\n"));
    }

    private static AuditVerification.Result judged(List<String> lines) {
        return judged(String.join("\n", lines) + "\n");
    }

    private static AuditVerification.Result judged(String text) {
        try {
            return AuditVerification.of("e.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Diagnostic> after(UnaryOperator<List<String>> tampering) {
        return judged(tampering.apply(new ArrayList<>(WHOLE))).findings();
    }

    private static List<String> told(List<Diagnostic> findings) {
        return findings.stream()
                .map(finding ->
                        finding.code() + " " + finding.location().toString().split(":")[1])
                .toList();
    }

    @Test
    void an_export_that_nobody_touched_has_no_findings() {
        var result = judged(WHOLE);
        assertThat(result.findings()).isEmpty();
        assertThat(result.head().lines()).isEqualTo(LINES);
        assertThat(WHOLE).hasSize(LINES + 2);
        assertThat(result.head().hash()).isEqualTo(Sha256.hex(WHOLE.get(LINES)));
    }

    @Test
    void an_edited_line_is_found_wherever_it_is() {
        for (var at : List.of(1, SOME, LINES)) {
            assertThat(told(after(lines -> {
                        lines.set(at, lines.get(at).replace("\"state\":\"S", "\"state\":\"T"));
                        return lines;
                    })))
                    .as("line " + at)
                    .containsExactly("CLI145 " + (at + 1));
        }
    }

    @Test
    void an_edited_line_whose_follower_was_mended_is_found_behind_it() {
        var findings = after(lines -> {
            var before = Sha256.hex(lines.get(SOME));
            lines.set(SOME, lines.get(SOME).replace("\"state\":\"S", "\"state\":\"T"));
            lines.set(SOME + 1, lines.get(SOME + 1).replace(before, Sha256.hex(lines.get(SOME))));
            return lines;
        });
        assertThat(told(findings)).containsExactly("CLI145 " + (SOME + 2));
    }

    @Test
    void an_edited_header_or_trailer_is_found() {
        assertThat(told(after(lines -> {
                    lines.set(0, lines.getFirst().replace("\"version\":1", "\"version\":2"));
                    return lines;
                })))
                .containsExactly("CLI145 1");
        assertThat(told(after(lines -> {
                    lines.set(LINES + 1, lines.getLast().replace("\"count\":10000", "\"count\":9999"));
                    return lines;
                })))
                .containsExactly("CLI148 " + (LINES + 2));
        assertThat(told(after(lines -> {
                    lines.set(LINES + 1, lines.getLast().replace("\"kind\"", "\"hidden\":1,\"kind\""));
                    return lines;
                })))
                .containsExactly("CLI145 " + (LINES + 2));
    }

    @Test
    void blanks_and_equal_names_are_no_way_around() {
        assertThat(told(after(lines -> {
                    lines.set(SOME, lines.get(SOME).replace("\"details\":{", "\"details\": {"));
                    return lines;
                })))
                .containsExactly("CLI145 " + (SOME + 1));
        assertThat(told(after(lines -> {
                    lines.set(SOME, lines.get(SOME).replace("\"details\":{", "\"details\":{\"state\":\"X\","));
                    return lines;
                })))
                .containsExactly("CLI145 " + (SOME + 1));
    }

    @Test
    void removed_lines_are_named() {
        var one = after(lines -> {
            lines.remove(SOME);
            return lines;
        });
        assertThat(told(one)).containsExactly("CLI146 " + (SOME + 1), "CLI148 " + (LINES + 1));
        assertThat(one.getFirst().message()).isEqualTo("the line 4711 is missing before this one");
        var many = after(lines -> {
            lines.subList(SOME, SOME + 10).clear();
            return lines;
        });
        assertThat(many.getFirst().message()).isEqualTo("the lines 4711 to 4720 are missing before this one");
    }

    @Test
    void an_added_line_is_found() {
        assertThat(told(after(lines -> {
                    lines.add(SOME + 1, lines.get(SOME));
                    return lines;
                })))
                .startsWith("CLI147 " + (SOME + 2));
        assertThat(told(after(lines -> {
                    lines.add(lines.get(SOME));
                    return lines;
                })))
                .containsExactly("CLI147 " + (LINES + 3));
        var chained = after(lines -> {
            lines.add(
                    SOME,
                    lines.get(SOME)
                            .replaceFirst(
                                    "\"previous\":\"[0-9a-f]+\"",
                                    "\"previous\":\"" + Sha256.hex(lines.get(SOME - 1)) + "\"")
                            .replace("\"state\":\"S", "\"state\":\"T"));
            return lines;
        });
        assertThat(told(chained)).startsWith("CLI147 " + (SOME + 2));
    }

    @Test
    void lines_in_another_order_are_found() {
        var findings = after(lines -> {
            var moved = lines.remove(SOME);
            lines.add(SOME + 100, moved);
            return lines;
        });
        assertThat(told(findings)).contains("CLI146 " + (SOME + 1), "CLI147 " + (SOME + 101));
    }

    @Test
    void a_cut_tail_is_found() {
        assertThat(told(judged(WHOLE.subList(0, SOME)).findings())).containsExactly("CLI148 " + SOME);
        var text = String.join("\n", WHOLE) + "\n";
        assertThat(told(judged(text.substring(0, text.length() / 2)).findings()))
                .singleElement()
                .asString()
                .startsWith("CLI148 ");
        assertThat(told(judged("").findings())).containsExactly("CLI149 1");
        assertThat(told(judged(WHOLE.subList(1, WHOLE.size())).findings())).contains("CLI149 1");
    }

    @Test
    void a_chain_that_was_written_anew_ends_otherwise_than_its_anchor() {
        var anchor = new ChainAnchor(judged(WHOLE).head(), judged(WHOLE).range(), Optional.empty(), Optional.empty());
        assertThat(AnchorCheck.of("e.jsonl", judged(WHOLE), "a.json", anchor)).isEmpty();
        var cut = new ArrayList<>(WHOLE.subList(0, SOME));
        var head = Sha256.hex(cut.getLast());
        cut.add("{\"count\":" + (SOME - 1) + ",\"head\":\"" + head + "\",\"kind\":\"trailer\",\"n\":" + SOME
                + ",\"previous\":\"" + head + "\"}");
        var forged = judged(cut);
        assertThat(forged.findings()).as("it fits together").isEmpty();
        assertThat(AnchorCheck.of("e.jsonl", forged, "a.json", anchor))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CLI150");
                    assertThat(finding.message()).contains("after 4710 lines", "after 10000");
                });
        assertThat(ChainAnchor.parse(anchor.print().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(anchor);
    }
}
